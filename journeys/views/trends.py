"""How symptoms went over time: all at a glance, and one with its table."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from careguide.http import render_page
from content.catalogue import centre as kept_centre
from content.catalogue import rules as load_rules
from content.index import content_index
from content.models import content_revision
from journeys.access import JourneyRequest, Permission, requires
from journeys.models import Area, Journey
from journeys.trends import (
    BEHIND,
    MOST_CHARTS,
    PERIODS,
    USUAL,
    entries_of,
    period,
    surroundings,
    trends,
)
from journeys.weight_trend import weight_trend


def _days(request: JourneyRequest) -> int:
    """Return how many days are asked for; anything but the offered ones gets the usual."""
    asked = request.GET.get("days", "")
    return next((days for days in PERIODS if str(days) == asked), USUAL)


@require_safe
@requires(Permission.VIEW, Area.SYMPTOMS)
def trend_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """A small chart of each symptom; `?days=` is 14, 90 or 365."""
    request.areas_shown = request.access.areas & (BEHIND | {Area.MOOD})
    days, revision = _days(request), content_revision()
    around = surroundings(request.access, content_index(revision), *period(days))
    entries = entries_of(request.access, around.begin, around.end)
    found = trends(entries, request.access, load_rules(revision), around, kept_centre(revision))
    context = {
        "journey": journey,
        "trends": found[:MOST_CHARTS],
        "others": found[MOST_CHARTS:],
        "weight": weight_trend(request.access, around),
        "days": days,
        "periods": PERIODS,
        "around": around,
    }
    return render_page(request, "journeys/trends/list.html", context=context)


@require_safe
@requires(Permission.VIEW, Area.SYMPTOMS)
def weight_detail(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The weights of the period, with every one in a table."""
    request.areas_shown = request.access.areas & BEHIND
    days = _days(request)
    around = surroundings(request.access, content_index(), *period(days))
    context = {
        "journey": journey,
        "trend": weight_trend(request.access, around),
        "days": days,
        "periods": PERIODS,
        "around": around,
    }
    return render_page(request, "journeys/trends/weight.html", context=context)


@require_safe
@requires(Permission.VIEW, Area.SYMPTOMS)
def trend_detail(request: JourneyRequest, journey: Journey, symptom: int) -> HttpResponse:
    """One symptom, by its number in the catalogue, with every entry of the period in a table."""
    revision = content_revision()
    rules = load_rules(revision)
    known = next((row for row in rules.symptoms.values() if row.number == symptom), None)
    if known is None or not request.access.sees(known.area):
        raise Http404
    request.areas_shown = request.access.areas & (BEHIND | {known.area})
    days = _days(request)
    around = surroundings(request.access, content_index(revision), *period(days))
    entries = [
        row
        for row in entries_of(request.access, around.begin, around.end)
        if row.symptom == known.slug
    ]
    found = trends(entries, request.access, rules, around, kept_centre(revision))
    context = {
        "journey": journey,
        "symptom": known,
        "trend": found[0] if found else None,
        "days": days,
        "periods": PERIODS,
        "around": around,
    }
    return render_page(request, "journeys/trends/detail.html", context=context)
