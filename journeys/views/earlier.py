"""What a record said before it was corrected."""

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from careguide.http import render_page
from journeys.access import JourneyRequest, Permission, raise_not_found, requires
from journeys.earlier import history_of
from journeys.models import Journey


@require_safe
@requires(Permission.VIEW)
def earlier(request: JourneyRequest, journey: Journey, record_id: uuid.UUID) -> HttpResponse:
    """The earlier states of one record of any kind, as far as this reader may see it."""
    history = history_of(request.access, record_id)
    if history is None:
        raise_not_found()
    request.areas_shown = {history.area}
    context = {"journey": journey, "history": history}
    return render_page(request, "journeys/earlier/page.html", context=context)
