"""The visit summary on the screen, on paper and as a PDF: one template, one choice."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from careguide.http import INVALID_FORM, limited, render_page
from journeys.access import JourneyRequest, Permission, requires
from journeys.models import Area, Journey
from journeys.pdf import can_make_pdf, to_pdf
from journeys.summaries.page import summary_of


@require_safe
@requires(Permission.VIEW)
def summary(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """What happened since the last visit; the address says since when and what is left out."""
    context = summary_of(request.access, request.GET) | {
        "pdf": can_make_pdf(),
        "choice": request.GET.urlencode(),
    }
    # Notes stand there to be chosen, too.
    offered = {Area.NOTES} if "note" in context["form"].fields else set()
    request.areas_shown = context["summary"].areas | offered
    status = INVALID_FORM if context["form"].errors else 200
    return render_page(request, "journeys/summary/page.html", context=context, status=status)


@require_safe
@limited("download")  # of whoever asks for it, also with the eyes of another
@requires(Permission.VIEW)
def summary_pdf(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The same as a file. A choice that cannot be read goes back to the page, which says why."""
    if not can_make_pdf():
        raise Http404
    context = summary_of(request.access, request.GET)
    if context["form"].errors:
        page = reverse("journeys:summary", args=[journey.pk])
        return redirect(f"{page}?{request.GET.urlencode()}")
    request.areas_shown = context["summary"].areas
    html = render_to_string("journeys/summary/paper.html", context, request)
    response = HttpResponse(to_pdf(html), content_type="application/pdf")
    name = f"summary-{timezone.localdate():%Y-%m-%d}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
