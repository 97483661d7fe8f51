"""The landing page, the health check and the pages for when something went wrong."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from careguide.account import (
    end_other_sessions,
    end_session,
    must_have_proved_it,
    sessions_of,
)
from careguide.http import error_answer
from careguide.idle import OFFERED, Held, held_for, hold, throw_away

PLAIN = "text/plain; charset=utf-8"


@require_safe
@login_not_required
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("journeys:home")
    return TemplateResponse(request, "landing.html")


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 only when the database answers; says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("unavailable", status=503, content_type=PLAIN)
    return HttpResponse("ok", content_type=PLAIN)


@require_GET
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /accounts/", "Disallow: /journeys/", "Disallow: /admin/"]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the site on its home screen: a name that the operator chose."""
    icons = [("icon-192", "192x192", "any"), ("icon-512", "512x512", "any")]
    icons.append(("icon-maskable-512", "512x512", "maskable"))
    said = {
        "id": "/",
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME[:12],
        "start_url": "/home/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f6f1",
        "theme_color": "#f8f6f1",
        "icons": [
            {"src": static(f"img/{name}.png"), "sizes": sizes, "type": "image/png", "purpose": use}
            for name, sizes, use in icons
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json; charset=utf-8")


@require_POST
@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """From now on pages, and the mails of whoever is signed in, come in this language."""
    to, language = request.POST.get("next", ""), request.POST.get("language")
    here = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    response = redirect(to if here else "landing")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=timedelta(days=365),
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: being asked for is enough."""
    return HttpResponse(status=204)


@require_POST
def held_keep(request: HttpRequest) -> HttpResponse:
    """Hold a form that a page sends by itself, just before the sign-in ends: `path`, `fields`."""
    form = Held(request.POST.get("path", ""), QueryDict(request.POST.get("fields", "")))
    hold(request.user.pk, form)
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def session_list(request: HttpRequest) -> HttpResponse:
    """Where one is signed in. `end` names one device to sign out; without it all others are."""
    if request.method == "POST":
        must_have_proved_it(request)
        if key := request.POST.get("end"):
            end_session(request, key)
        else:
            end_other_sessions(request)
        messages.success(request, _("Signed out there."))
        return redirect("usersessions_list")
    context = {"sessions": sessions_of(request)}
    return TemplateResponse(request, "usersessions/usersession_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def held_form(request: HttpRequest) -> HttpResponse:
    """After signing in again: save what could not be sent, or throw it away."""
    held = held_for(request.user.pk)
    if held is None or request.method == "POST":
        throw_away(request)
        return redirect("journeys:home")
    request.session[OFFERED] = held.path
    context = {"path": held.path, "fields": list(held.fields.lists())}
    return TemplateResponse(request, "held_form.html", context)


def error_page(status: int) -> Callable[..., HttpResponse]:
    """Return the view of a refused request.

    Unlike Django's own it reads nothing of what was sent: that may be what could not be read.
    """

    def show(request: HttpRequest, exception: Exception) -> HttpResponse:
        return error_answer(status)

    return show


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed on our side. The number leads to its line in the log."""
    return error_answer(500, request_id=getattr(request, "number", ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
