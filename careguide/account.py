"""How allauth behaves here: whose links, which mails, encrypted second-factor secrets."""

import base64
import time
from typing import Any
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.account.signals import user_logged_in, user_signed_up
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.internal.flows import sessions
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

__all__ = [
    "AccountAdapter",
    "MFAAdapter",
    "end_other_sessions",
    "field_keys",
    "has_second_factor",
    "may_send",
    "must_have_proved_it",
    "secure_admin_login",
    "user_logged_in",
    "user_signed_up",
]


class AccountAdapter(DefaultAccountAdapter):
    """Links in mails come from SITE_URL, never from a header that a stranger may forge."""

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        path = super().get_email_confirmation_url(None, emailconfirmation)
        return urljoin(settings.SITE_URL, path)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        context |= {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        super().send_mail(template_prefix, email, context)


def field_keys() -> MultiFernet:
    """Return what encrypts single values in the database: newest key first."""
    keys = settings.FIELD_KEYS
    if not keys:  # only while debugging: derived, so that a trial needs no set-up
        digest = salted_hmac("careguide.field-keys", "trial", algorithm="sha256").digest()
        keys = [base64.urlsafe_b64encode(digest).decode()]
    return MultiFernet([Fernet(key) for key in keys])


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted at rest; allauth keeps them in clear by default."""

    def encrypt(self, text: str) -> str:
        return field_keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return field_keys().decrypt(encrypted_text.encode()).decode()


def has_second_factor(user: Any) -> bool:
    """Whether a signed-in account has set up a second step, so that it was asked for it."""
    return bool(user.is_authenticated and is_mfa_enabled(user))


def must_have_proved_it(request: HttpRequest) -> None:
    """Pass only if the person signed in, or showed again that it is them, within ten minutes.

    Otherwise raises what sends them to do so and then goes on with this very request.
    """
    records = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in records), default=0)
    if time.time() - latest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        raise ReauthenticationRequired


def end_other_sessions(request: HttpRequest) -> None:
    """Sign this account out everywhere but here."""
    sessions.end_other_sessions(request, request.user)


def sign_out_everywhere(user: Any) -> None:
    """End every sign-in of this account."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def end_second_factor(user: Any) -> None:
    """Remove the app, the passkeys and the recovery codes of this account."""
    Authenticator.objects.filter(user=user).delete()


def change_address(user: Any, email: str) -> None:
    """Give the account this address, proved outside the site, instead of all others it has."""
    email = email.lower()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    user.email = email


def may_send(request: HttpRequest, form: str) -> bool:
    """Count one more use of an open form; False when this visitor used it too often.

    `form` is a key of ACCOUNT_RATE_LIMITS. All workers share the counters, as those of sign-in.
    """
    return ratelimit.consume(request, action=form)
