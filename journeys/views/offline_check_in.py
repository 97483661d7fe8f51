"""The check-in as a device keeps it for when there is no signal."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from careguide.http import render_page
from content.catalogue import rules as load_rules
from content.red_path import red_signs
from content.relevance import StageContext
from journeys.access import JourneyRequest, Permission, requires
from journeys.check_in_page import numbers_to_ring, own_words
from journeys.forms.check_ins import CheckInForm
from journeys.guidance import current_stage, watched_symptoms
from journeys.models import Area, Journey
from journeys.views.records import may_hide


@require_safe
@requires(Permission.RECORD, Area.SYMPTOMS, shows_records=False)
def check_in_offline(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The red list, and an empty check-in that waits on the device until it can be sent.

    It stays on the device for long, so of the person it holds their numbers to ring alone: its
    symptoms are those that fit anybody, not those of this stage. A device fetches it by itself, so
    that it is no look of anybody.
    """
    rules = load_rules()
    stage = current_stage(request.access)
    areas = request.access.areas
    form = CheckInForm(
        rules=rules,
        shown=watched_symptoms(StageContext(), areas),
        areas=areas,
        unit=journey.temperature_unit,
        own_scale=[(score, own_words(score, rules)) for score in range(5)],
        may_hide=may_hide(request.access),
    )
    context = {
        "journey": journey,
        "form": form,
        "red_list": red_signs(rules),
        "numbers": numbers_to_ring(journey, stage.phases if stage else frozenset()),
        # Without a signal nobody can be signed out, and what is typed must not go.
        "idle_seconds": None,
    }
    return render_page(request, "journeys/check_ins/offline.html", context=context)
