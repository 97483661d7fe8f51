"""The list of journeys, the welcome in steps, and a journey's own details."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.forms import CrispyModelForm
from careguide.http import INVALID_FORM, HttpRequest, render_page
from content.red_path import red_path_context
from journeys.access import JourneyRequest, Permission, requires, signed_in, signed_out_to
from journeys.actions.journeys import keep_journey, set_status, start_journey
from journeys.check_in_page import numbers_to_ring
from journeys.forms.journeys import FeverLimitForm, KeepForm, NameForm, NumbersForm, StatusForm
from journeys.forms.users import ProfileForm
from journeys.guidance import current_stage
from journeys.models import Journey

FORMS: dict[str, type[CrispyModelForm]] = {
    "name": NameForm,
    "numbers": NumbersForm,
    "limit": FeverLimitForm,
}


@require_safe
@signed_in
def journey_list(request: HttpRequest) -> HttpResponse:
    journeys = Journey.objects.visible_to(request.user).select_related("owner")
    owns_one = any(
        journey.owner_id == request.user.pk and not journey.kept_for_another for journey in journeys
    )
    context = {"journeys": journeys, "owns_one": owns_one}
    return render_page(request, "journeys/journeys/list.html", context=context)


@require_POST
@signed_in
def journey_start(request: HttpRequest) -> HttpResponse:
    journey = start_journey(by=request.user, name=request.user.name)
    return redirect("journeys:welcome", journey_id=journey.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def journey_keep(request: HttpRequest) -> HttpResponse:
    """Start a journey for somebody else."""
    form = KeepForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        journey = keep_journey(by=request.user, name=form.cleaned_data["name"])
        return redirect("journeys:welcome", journey_id=journey.pk)
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/journeys/keep.html", None, {"form": form}, status)


@require_safe
@requires(Permission.MANAGE)
def welcome(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The first page after the start: three small steps, each of which can be skipped."""
    context = {"journey": journey, "stage": current_stage(request.access)}
    return render_page(request, "journeys/journeys/welcome.html", context=context)


@require_safe
@requires(Permission.VIEW)
def journey_detail(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Everything that can be set about a journey, with a link to change each."""
    stage = current_stage(request.access)
    numbers = numbers_to_ring(journey, stage.phases if stage else frozenset())
    context = {"journey": journey, "numbers": numbers}
    return render_page(request, "journeys/journeys/detail.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE)
def journey_edit(request: JourneyRequest, journey: Journey, part: str) -> HttpResponse:
    """Edit one part (name, numbers, limit). `?welcome` leads back to the welcome steps."""
    data = request.POST if request.method == "POST" else None
    form = FORMS[part](data, instance=journey)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        back = "journeys:welcome" if "welcome" in request.GET else "journeys:journey_detail"
        return redirect(back, journey_id=journey.pk)
    context = {"journey": journey, "form": form, "part": part, "welcome": "welcome" in request.GET}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/journeys/form.html", context=context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN)
def journey_status(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Pause, close or wake a journey."""
    data = request.POST if request.method == "POST" else None
    form = StatusForm(data, instance=journey)
    if form.is_valid():
        set_status(journey=journey, status=form.cleaned_data["status"])
        messages.success(request, _("Saved."))
        return redirect("journeys:journey_detail", journey_id=journey.pk)
    status = INVALID_FORM if form.is_bound else 200
    context = {"journey": journey, "form": form}
    return render_page(request, "journeys/journeys/status.html", context=context, status=status)


@require_safe
@signed_out_to("content:red_path")
@requires(Permission.VIEW)
def red_path(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Whom to call, with this person's own numbers first."""
    own = {"cancer_line": journey.cancer_line, "emergency_number": journey.emergency_number}
    stage = current_stage(request.access)
    context = {"journey": journey, "comfort": bool(stage and "comfort" in stage.phases)}
    context |= red_path_context(**own)
    return render_page(request, "journeys/journeys/red_path.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """The account's name and time zone."""
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(data, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(reverse("journeys:profile"))
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/journeys/profile.html", None, {"form": form}, status)
