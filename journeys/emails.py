"""Every mail we send. No word in them speaks of health or of whom they are about."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from journeys.models import User


def send_invitation(*, to: str, token: str, by: User) -> None:
    """Mail the link of an invitation. `by` is named only by the name they chose."""
    context = {
        "site_name": settings.SITE_NAME,
        "url": urljoin(settings.SITE_URL, reverse("journeys:invitation", args=[token])),
        "name": by.name,
    }
    EmailMessage(
        subject=render_to_string("emails/invitation_subject.txt", context).strip(),
        body=render_to_string("emails/invitation_body.txt", context),
        to=[to],
    ).send()
