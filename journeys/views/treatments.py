"""Recent treatment: the answers that decide which risks count."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careguide.http import INVALID_FORM, render_page
from content.catalogue import rules
from content.models import content_revision
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.treatments import answer_windows
from journeys.call_check import latest_answers
from journeys.forms.treatments import RecentTreatmentForm
from journeys.guidance import current_stage
from journeys.models import Area, Journey
from journeys.risk_windows import listed_windows


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.MEDICINES)
def treatment_edit(request: JourneyRequest, journey: Journey) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    answers = latest_answers(journey)
    stage = current_stage(request.access)
    phases = stage.phases if stage else frozenset()
    revision = content_revision()
    known = rules(revision)
    today = timezone.localdate()
    listed = listed_windows(journey, known, today, reader=request.user, revision=revision).open
    form = RecentTreatmentForm(data, rules=known, answers=answers, phases=phases, listed=listed)
    if form.is_valid():
        answer_windows(journey=journey, by=request.user, answers=form.answers())
        messages.success(request, _("Saved. From now on your check-ins take this into account."))
        return redirect("journeys:today", journey_id=journey.pk)
    answered_at = max((answer.created_at for answer in answers.values()), default=None)
    context = {
        "journey": journey,
        "form": form,
        "answered_at": answered_at,
        "listed": [known.windows[slug] for slug in known.windows if slug in listed],
    }
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/treatments/form.html", context=context, status=status)
