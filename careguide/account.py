"""How allauth behaves here: whose links, which mails, encrypted second-factor secrets."""

import logging
import time
from smtplib import SMTPException
from typing import Any, NoReturn
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.account.signals import authentication_step_completed, user_logged_in, user_signed_up
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.internal.flows import sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from careguide import field_keys
from careguide.devices import device_name
from careguide.mails import with_html

__all__ = [
    "AccountAdapter",
    "MFAAdapter",
    "end_other_sessions",
    "has_second_factor",
    "within_limit",
    "must_have_proved_it",
    "secure_admin_login",
    "tell_by_mail",
    "user_logged_in",
    "user_signed_up",
]


log = logging.getLogger("careguide.security")


class AccountAdapter(DefaultAccountAdapter):
    """Links in mails come from SITE_URL, never from a header that a stranger may forge."""

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        path = super().get_email_confirmation_url(None, emailconfirmation)
        return urljoin(settings.SITE_URL, path)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures in a browser the person uses apart from those of strangers."""
        # What knows browsers needs to know what signs people in.
        from careguide.known_browser import name_of  # noqa: PLC0415

        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{name_of(request, credentials.get('email', ''))}"

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMultiAlternatives:
        return with_html(super().render_mail(*args, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        context |= {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        super().send_mail(template_prefix, email, context)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Take as long as a sign-up that works: the time must not tell that there is an account."""
        make_password(get_random_string(16))
        super().send_account_already_exists_mail(email)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        """Tell what was done. It was done, whether or not the mail can be sent."""
        device = device_name(self.get_http_user_agent(self.request))
        context = {**(context or {}), "user_agent": device}
        try:
            super().send_notification_mail(template_prefix, user, context, email)
        except (OSError, SMTPException) as error:
            log.error("A notice about an account could not be sent: %s.", type(error).__name__)


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted at rest; allauth keeps them in clear by default."""

    def encrypt(self, text: str) -> str:
        return field_keys.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return field_keys.decrypt(encrypted_text.encode()).decode()


def has_second_factor(user: Any) -> bool:
    """Whether a signed-in account has set up a second step, so that it was asked for it."""
    return bool(user.is_authenticated and is_mfa_enabled(user))


def renew_session(
    sender: Any, request: HttpRequest, reauthenticated: bool = False, **_kwargs: Any
) -> None:
    """Give the session a new key when its person has shown once more that it is them."""
    if reauthenticated:
        before = request.session.session_key
        request.session.cycle_key()
        UserSession.objects.filter(session_key=before).update(
            session_key=request.session.session_key
        )


authentication_step_completed.connect(renew_session, dispatch_uid="careguide.renew-session")


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


def sessions_of(request: HttpRequest) -> list[UserSession]:
    """Return where the person is signed in now, oldest first, each with the name of its device."""
    rows = UserSession.objects.purge_and_list(request.user)
    for session in rows:
        session.device = device_name(session.user_agent)
    return sorted(rows, key=lambda session: session.created_at)


def end_session(request: HttpRequest, key: str) -> None:
    """Sign this account out on one device, named by the number in its list."""
    for session in sessions_of(request):
        if str(session.pk) == key:
            session.end()


def sign_out_everywhere(user: Any) -> None:
    """End every sign-in of this account."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def encrypt_second_factors_anew() -> int:
    """Write the secrets of all second factors with the newest key; return how many there are."""
    adapter = MFAAdapter()
    rows = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    for row in rows:
        for name in ("secret", "seed"):
            if name in row.data:
                row.data[name] = adapter.encrypt(adapter.decrypt(row.data[name]))
        row.save(update_fields=["data"])
    return len(rows)


def end_second_factor(user: Any) -> None:
    """Remove the app, the passkeys and the recovery codes of this account."""
    Authenticator.objects.filter(user=user).delete()


def change_address(user: Any, email: str) -> None:
    """Give the account this address, proved outside the site, instead of all others it has."""
    email = email.lower()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    user.email = email


def tell_by_mail(request: HttpRequest, user: Any, template: str) -> None:
    """Mail somebody what was done with their account, when, and from where."""
    get_adapter(request).send_notification_mail(template, user)


def within_limit(request: HttpRequest, use: str, key: str | None = None) -> bool:
    """Count one more use of something costly; False when it was used too often.

    `use` is a key of ACCOUNT_RATE_LIMITS; `key` is what those count that are counted by key. All
    workers share the counters, as those of sign-in.
    """
    app = "allauth.account"
    return bool(ratelimit.consume(request, app=app, action=use, key=key, limit_get=True))


def network_of(request: HttpRequest) -> str:
    """Return the visitor's address, or of an IPv6 address its network of /64."""
    return ratelimit.get_ip(request)


def answer_at_once(response: HttpResponse) -> NoReturn:
    """Answer with this from within a form of allauth."""
    raise ImmediateHttpResponse(response)
