"""Numbers of requests, headers of private pages, redirects for htmx, the reader's time zone."""

import secrets
import zoneinfo
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from careguide.http import error_answer

LARGEST_FILE = 11_000_000

GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
    )
) + ", publickey-credentials-get=(self), publickey-credentials-create=(self)"  # fmt: skip

# What may be found by a search engine: the guide and the landing page, nothing else.
INDEXABLE_VIEWS = {"landing", "content:guide_index", "content:section", "content:topic"}


class RequestNumberMiddleware:
    """Give each request a number that its error page and its line in the log share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(4)
        return self.get_response(request)


class BodyLimitMiddleware:
    """Refuse what is larger than any form of ours before a byte of it is read.

    Django counts fields but not files, which it would write to the disk.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Editors load their content files there.
        in_admin = request.path.startswith("/admin/")
        most = LARGEST_FILE if in_admin else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if int(request.META.get("CONTENT_LENGTH") or 0) > most:
            return error_answer(413)
        return self.get_response(request)


class PrivateResponseMiddleware:
    """Keep private answers out of every cache and every search engine."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        match = request.resolver_match
        view_name = match.view_name if match else ""
        signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
        if signed_in or view_name not in INDEXABLE_VIEWS:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if signed_in or not (match and match.app_name == "content"):
            response.headers["Cache-Control"] = "no-store, private"
        signed_out = view_name == "account_logout" and request.method == "POST"
        if signed_out and response.status_code < 400:
            # What was kept to open without a signal goes, too; not when another site asked for it.
            response.headers["Clear-Site-Data"] = '"storage"'
        patch_vary_headers(response, ["HX-Request"])
        return response


class HtmxRedirectMiddleware:
    """Send the whole page on, so that an expired session does not put the sign-in into a card.

    A form that leads back to the page it stands on is followed: it exchanges the content there. It
    stands before `LoginRequiredMiddleware`, whose redirects it must see.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        moved = response.status_code in (301, 302, 303, 307, 308)
        if moved and request.htmx and not _leads_back(request, response):
            response.headers["HX-Redirect"] = response.headers["Location"]
            del response.headers["Location"]
            response.status_code = 200
        return response


def _leads_back(request: HttpRequest, response: HttpResponse) -> bool:
    here = urlsplit(request.htmx.current_url_abs_path or "").path
    return bool(request.htmx.boosted) and urlsplit(response.headers["Location"]).path == here


class TimeZoneMiddleware:
    """Show times in the reader's own zone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "time_zone", "") or settings.TIME_ZONE
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return self.get_response(request)


class LanguageMiddleware:
    """Speak to a signed-in person in the language they chose; else the browser says."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
        return self.get_response(request)
