"""Appointments in a calendar program: one as a file, all of them by a secret address."""

import uuid
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, HttpRequest, render_page
from content.translations import speaking
from journeys.access import TO_POST, JourneyRequest, Permission, public, requires
from journeys.actions.calendar_feed import fetch, make_feed
from journeys.forms.calendar_feed import CalendarFeedForm
from journeys.ical import CONTENT_TYPE, calendar_of
from journeys.models import Area, Journey
from journeys.qr import draw

# How far back a feed goes.
LOOKS_BACK = timedelta(days=366)


@require_safe
@requires(Permission.VIEW, Area.APPOINTMENTS)
def appointment_file(
    request: JourneyRequest, journey: Journey, appointment_id: uuid.UUID
) -> HttpResponse:
    """One appointment to put into a calendar once. It says what its page says."""
    rows = journey.appointments.readable_by(request.user)
    appointment = get_object_or_404(rows, pk=appointment_id)
    response = HttpResponse(calendar_of([appointment], detailed=True), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(True, "appointment.ics")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW, Area.APPOINTMENTS, proof_for=TO_POST, is_ones_own=True)
def calendar_feed(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Everybody's own feeds of this journey; a new one is shown once, with its address."""
    form = CalendarFeedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        token = make_feed(request.access, **form.cleaned_data)
        path = reverse("journeys:calendar_feed_file", args=[token])
        address = urljoin(settings.SITE_URL, path)
        context = {
            "journey": journey,
            "address": address,
            "drawing": draw(address),
        }
        template = "journeys/calendar_feed/made.html"
        return render_page(request, template, context=context, status=HTTPStatus.CREATED)
    context = {"journey": journey, "form": form, "feeds": journey.calendar_feeds.of(request.user)}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/calendar_feed/list.html", context=context, status=status)


@require_POST
@requires(Permission.VIEW, Area.APPOINTMENTS)
def calendar_feed_end(
    request: JourneyRequest, journey: Journey, feed_id: uuid.UUID
) -> HttpResponse:
    get_object_or_404(journey.calendar_feeds.of(request.user), pk=feed_id).end()
    messages.success(request, _("Ended. This calendar gets nothing new from here."))
    return redirect("journeys:calendar_feed", journey_id=journey.pk)


@require_safe
@public(reason="calendar programs have no session; the address is a secret that its person can end")
def calendar_feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """All appointments the feed's person sees now. Ended, hidden and made-up ones look alike."""
    travelled_in_the_clear = settings.SECURE_SSL_REDIRECT and not request.is_secure()
    found = None if travelled_in_the_clear else fetch(token)
    if found is None:
        raise Http404
    feed, access = found
    rows = access.journey.appointments.readable_by(access.user)
    # A calendar program speaks the language of its maker, or none.
    with translation.override(access.user.speaks), speaking():
        body = calendar_of(
            rows.from_now(timezone.now() - LOOKS_BACK),
            detailed=feed.detailed,
            # A journey that rests reminds nobody.
            alarm_hours=feed.alarm_hours if access.journey.is_active else 0,
        )
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(True, "appointments.ics")
    return response
