"""The treatment summary and follow-up plan."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from careguide.http import INVALID_FORM, render_page
from journeys.access import JourneyRequest, Permission, requires
from journeys.after_treatment import after_treatment
from journeys.forms.follow_up import FollowUpForm
from journeys.models import Area, Journey
from journeys.views.records import is_second_tap, save_the_one


@require_safe
@requires(Permission.VIEW, Area.MEDICINES)
def after_detail(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """What was done, what is planned, what to watch: to read, to print, to take along."""
    shown = {Area.STAGE, Area.LABS, Area.APPOINTMENTS}
    request.areas_shown = request.access.areas & shown
    context = {"journey": journey, "told": after_treatment(request.access)}
    return render_page(request, "journeys/after_treatment/page.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE, Area.MEDICINES)
def after_edit(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Write what the records do not know, or correct it."""
    plan = journey.follow_up_plans.first()
    data = request.POST if request.method == "POST" else None
    if is_second_tap(plan, request):
        return redirect("journeys:after_detail", journey_id=journey.pk)
    form = FollowUpForm(data, instance=plan, journey=journey)
    theirs = None
    if form.is_valid():
        theirs = save_the_one(request, journey.follow_up_plans, form)
        if theirs is None:
            return redirect("journeys:after_detail", journey_id=journey.pk)
    context = {"journey": journey, "form": form, "theirs": theirs}
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    return render_page(
        request, "journeys/after_treatment/form.html", context=context, status=status
    )
