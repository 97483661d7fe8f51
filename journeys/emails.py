"""Every mail we send. No word in them speaks of health or of whom they are about."""

import logging
import smtplib
import uuid
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from careguide.mails import with_html
from journeys.models import Reminder, ReminderChoice, User

logger = logging.getLogger("careguide.mail")
STOP_SALT = "careguide.stop-mail"


def send_invitation(*, to: str, token: str, by: User) -> None:
    """Mail the link of an invitation. `by` is named only by the name they chose."""
    context = {
        "site_name": settings.SITE_NAME,
        "url": urljoin(settings.SITE_URL, reverse("journeys:invitation", args=[token])),
        "name": by.name,
    }
    _message("invitation", to, context).send()


def send_going(user: User) -> None:
    """Say until when an account can be kept."""
    context = {
        "site_name": settings.SITE_NAME,
        "url": urljoin(settings.SITE_URL, reverse("journeys:home")),
        "on": user.delete_after.astimezone(user.zone),
    }
    with translation.override(user.speaks):
        _tell(user.email, "going", context)


def send_recovered(address: str) -> None:
    """Say that those who run the site changed how an account is opened."""
    context = {"site_name": settings.SITE_NAME, "support_email": settings.SUPPORT_EMAIL}
    _tell(address, "recovered", context)


def _message(name: str, address: str, context: dict[str, object]) -> EmailMultiAlternatives:
    """Return the mail of this name, in the language that is active."""
    mail = EmailMessage(
        subject=render_to_string(f"emails/{name}_subject.txt", context).strip(),
        body=render_to_string(f"emails/{name}_body.txt", context),
        to=[address],
    )
    return with_html(mail)


def _tell(address: str, name: str, context: dict[str, object]) -> None:
    """Send a notice whose cause stands whether or not the mail can go."""
    try:
        _message(name, address, context).send()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("A notice was not sent: %s", type(error).__name__)


def stop_token(journey_id: uuid.UUID, user_id: int) -> str:
    """Return the secret of the link that ends the mails of this person about this journey."""
    return signing.dumps([str(journey_id), user_id], salt=STOP_SALT)


def choice_behind(token: str) -> ReminderChoice | None:
    """Return whose mails this link ends, or None for a link that is not ours."""
    try:
        journey_id, user_id = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return ReminderChoice.objects.filter(journey_id=journey_id, user_id=user_id).first()


def send_reminder(reminder: Reminder, connection: BaseEmailBackend) -> None:
    """Mail a reminder that says nothing but that there is one. Repeats keep the message id."""
    token = stop_token(reminder.journey_id, reminder.user_id)
    stop = urljoin(settings.SITE_URL, reverse("journeys:stop_mail", args=[token]))
    context = {
        "site_name": settings.SITE_NAME,
        "url": urljoin(settings.SITE_URL, reverse("journeys:home")),
        "stop_url": stop,
    }
    with translation.override(reminder.user.speaks):
        message = _message("reminder", reminder.user.email, context)
    message.connection = connection
    message.extra_headers = {
        "Message-ID": f"<{reminder.pk}@{urlsplit(settings.SITE_URL).hostname}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    message.send()
