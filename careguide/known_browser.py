"""A browser in which a person signed in before is known again.

A stranger who guesses at their password uses up tries of unknown browsers, and cannot shut them
out of their own; and a sign-in from a browser that is not known is told to them by mail.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from careguide.account import tell_by_mail, user_logged_in
from careguide.idle import Device, device_of
from careguide.middleware import GetResponse

COOKIE = "__Host-known" if settings.HTTPS else "known"
SALT = "careguide.known-browser"
KNOWN_FOR = timedelta(days=180)
# The sign-in that ends a sign-up tells nobody anything new.
JUST_JOINED = timedelta(hours=1)


def _of(email: str) -> str:
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()


def name_of(request: HttpRequest, email: str) -> str:
    """Return the name of this browser if the person of this address signed in here, else ""."""
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return ""
    return said["name"] if said["of"] == _of(email) else ""


def greet(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Tell the person of a sign-in that is new to them; know this browser from now on."""
    joined_now = timezone.now() - user.date_joined < JUST_JOINED
    if not name_of(request, user.email) and not joined_now:
        tell_by_mail(request, user, "account/email/new_browser")
    # A shared device keeps no trace of who used it.
    request.becomes_known = device_of(request) is not Device.SHARED


user_logged_in.connect(greet, dispatch_uid="careguide.known-browser")


class KnownBrowserMiddleware:
    """Leave a cookie in the browser that somebody just signed in with."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "becomes_known", False):
            email = request.user.email
            name = name_of(request, email) or get_random_string(22)
            response.set_cookie(
                COOKIE,
                signing.dumps({"of": _of(email), "name": name}, salt=SALT),
                max_age=KNOWN_FOR,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return response
