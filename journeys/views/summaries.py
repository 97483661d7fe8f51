"""The visit summary on the screen, on paper and as a PDF: one template, one choice."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from careguide.http import INVALID_FORM, render_page
from content.index import content_index
from journeys.access import JourneyRequest, Permission, requires
from journeys.forms.summaries import MOST_NOTES, SummaryForm
from journeys.models import Area, Journey
from journeys.pdf import can_make_pdf, to_pdf
from journeys.summaries.build import AREAS, build, next_appointment, offered_parts, usual_since


def _context(request: JourneyRequest, journey: Journey) -> dict[str, Any]:
    access = request.access
    request.areas_shown = access.areas & AREAS
    appointment = next_appointment(access)
    notes = []
    if access.sees(Area.NOTES):
        notes = list(journey.notes.readable_by(request.user).newest_first()[:MOST_NOTES])
    form = SummaryForm(
        request.GET,
        since=usual_since(access, appointment),
        parts=offered_parts(access),
        notes=notes,
    )
    summary = build(access, appointment=appointment, **form.choice())
    index = content_index()
    stage = summary.stage
    return {
        "journey": journey,
        "access": access,
        "form": form,
        "summary": summary,
        "phase": index.name("phases", stage.phase) if stage and stage.phase else "",
        "appointment_kind": index.name("visit_kinds", appointment.kind) if appointment else "",
    }


@require_safe
@requires(Permission.VIEW)
def summary(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """What happened since the last visit; the address says since when and what is left out."""
    context = _context(request, journey) | {
        "pdf": can_make_pdf(),
        "choice": request.GET.urlencode(),
    }
    status = INVALID_FORM if context["form"].errors else 200
    return render_page(request, "journeys/summary/page.html", context=context, status=status)


@require_safe
@requires(Permission.VIEW)
def summary_pdf(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The same as a file. A choice that cannot be read goes back to the page, which says why."""
    if not can_make_pdf():
        raise Http404
    context = _context(request, journey)
    if context["form"].errors:
        page = reverse("journeys:summary", args=[journey.pk])
        return redirect(f"{page}?{request.GET.urlencode()}")
    html = render_to_string("journeys/summary/paper.html", context, request)
    response = HttpResponse(to_pdf(html), content_type="application/pdf")
    name = f"summary-{timezone.localdate():%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
