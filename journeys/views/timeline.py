"""The timeline: everything on one page, newest first."""

from django.http import HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from careguide.http import render_page
from content.catalogue import rules as load_rules
from content.index import content_index
from content.models import content_revision
from journeys.access import JourneyRequest, Permission, requires
from journeys.lab_words import lab_names
from journeys.models import Journey
from journeys.timeline import AREAS, Cursor, Names, by_phase, choices, page


@require_safe
@requires(Permission.VIEW)
def timeline(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """What was written down, by phase and day; `?kind=` shows one kind, `?before=` goes on."""
    access = request.access
    request.areas_shown = access.areas & AREAS
    revision = content_revision()
    names = Names(content_index(revision), load_rules(revision), lab_names(revision))
    offered = choices(access)
    only = request.GET.get("kind", "")
    only = only if only in offered else ""
    items, end = page(access, names, only=only, before=Cursor.read(request.GET.get("before", "")))
    older = urlencode({"kind": only, "before": end} if only else {"before": end}) if end else ""
    context = {
        "journey": journey,
        "phases": by_phase(access, items, names),
        "older": older,
        "offered": offered,
        "only": only,
    }
    return render_page(
        request, "journeys/timeline/page.html", "journeys/timeline/_days.html", context
    )
