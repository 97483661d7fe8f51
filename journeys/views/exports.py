"""Take everything along."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from careguide.http import limited, render_page
from journeys import audit
from journeys.access import TO_LOOK, TO_POST, JourneyRequest, Permission, requires
from journeys.exports.json_export import export_journey
from journeys.models import AccessEvent, Journey


@require_safe
@requires(Permission.EXPORT, proof_for=TO_LOOK)
def export(request: JourneyRequest, journey: Journey) -> HttpResponse:
    return render_page(request, "journeys/exports/page.html", context={"journey": journey})


@require_POST
@requires(Permission.EXPORT, proof_for=TO_POST)
@limited("download")
def export_json(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Download everything as one file. Nothing is kept on the server."""
    response = HttpResponse(export_journey(journey), content_type="application/json")
    audit.record_event(journey=journey, by=request.user, kind=AccessEvent.Kind.EXPORT)
    name = f"export-{timezone.localdate():%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
