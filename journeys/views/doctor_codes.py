"""Show a summary on the doctor's own screen, by a code that opens it once."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careguide.http import HttpRequest, limited, render_page
from journeys.access import Access, JourneyRequest, Permission, public, requires
from journeys.actions.doctor_codes import end_codes, find_code, open_code, show_to_a_doctor
from journeys.models import Journey
from journeys.qr import draw
from journeys.summaries.build import next_appointment
from journeys.summaries.page import form_of, summary_of


@require_POST
@requires(Permission.SHARE)
def doctor_code_make(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Make a code for the summary that the address describes, as its page does."""
    choice = form_of(request.access, request.GET, next_appointment(request.access))
    if choice.errors:
        return redirect("journeys:summary", journey_id=journey.pk)
    code = show_to_a_doctor(journey=journey, by=request.user, choice=choice.address())
    address = urljoin(settings.SITE_URL, reverse("journeys:doctor_code", args=[code]))
    context = {"journey": journey, "code": code, "address": address, "drawing": draw(address)}
    return render_page(request, "journeys/doctor_code/made.html", context=context)


@require_POST
@requires(Permission.SHARE)
def doctor_code_end(request: JourneyRequest, journey: Journey) -> HttpResponse:
    end_codes(journey)
    messages.info(request, _("The code does not open anything any more."))
    return redirect("journeys:summary", journey_id=journey.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@public(reason="a doctor has no account here; the code opens one summary, once")
@limited("doctor_code")
def doctor_code(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so that a preview does not use the code up; pressing opens it.

    Codes that were used, ended, ran out or were made up look alike.
    """
    context = {"private_page": True}
    shown = open_code(token, _summary) if request.method == "POST" else None
    if shown is not None:
        context |= shown
        return render_page(request, "journeys/doctor_code/summary.html", context=context)
    if request.method == "POST" or find_code(token) is None:
        return render_page(request, "journeys/doctor_code/gone.html", context=context, status=404)
    return render_page(request, "journeys/doctor_code/open.html", context=context)


def _summary(access: Access, choice: str) -> dict[str, Any]:
    # The days are those of the patient; the site's own zone is back after this request.
    timezone.activate(access.user.zone)
    return summary_of(access, QueryDict(choice))
