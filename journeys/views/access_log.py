"""Who looked at a journey, and who changed something."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from careguide.http import render_page
from journeys.access import JourneyRequest, Permission, requires
from journeys.models import Journey

SHOWN = 100


@require_safe
@requires(Permission.SHARE)
def access_log(request: JourneyRequest, journey: Journey) -> HttpResponse:
    events = journey.access_events.select_related("actor")[:SHOWN]
    context = {"journey": journey, "events": events}
    return render_page(request, "journeys/access_log/list.html", context=context)
