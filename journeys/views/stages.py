"""Where I am in treatment: mark it, correct it, look back, look ahead."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careguide.http import INVALID_FORM, render_page
from content.index import Index, content_index
from content.models import StageFit
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.stages import correct_stage, mark_stage
from journeys.forms.stages import StageForm
from journeys.guidance import current_stage
from journeys.models import Area, Journey, StageEntry


def stage_names(index: Index, stage: StageEntry | None) -> dict[str, str]:
    """Return the answers of a stage in words; what is not known is left out."""
    if stage is None:
        return {}
    dimensions = {
        "classification": "classifications",
        "phase": "phases",
        "cell_type": "subtypes",
        "philadelphia": "subtypes",
    }
    return {
        answer: index.name(dimension, getattr(stage, answer))
        for answer, dimension in dimensions.items()
        if getattr(stage, answer)
    }


def _row(index: Index, entry: StageEntry) -> dict[str, object]:
    names = stage_names(index, entry)
    title = ", ".join(names[answer] for answer in ("phase", "classification") if answer in names)
    return {"entry": entry, "title": title or _("Not known yet")}


def fit_of(index: Index, stage: StageEntry | None) -> StageFit | None:
    """Return the note on an unusual combination, or None when the two go together."""
    if stage is None:
        return None
    fit = index.fits.get((stage.classification, stage.phase))
    return fit if fit and fit.fit != StageFit.Fit.FITS else None


@require_safe
@requires(Permission.VIEW, Area.STAGE)
def stage_detail(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The stage now, what comes next, and the stages before."""
    index = content_index()
    entries = list(journey.stage_entries.readable_by(request.user).select_related("author"))
    standing = [entry for entry in entries if entry.superseded_by_id is None]
    today = timezone.localdate()
    stage = next((entry for entry in standing if entry.started_on <= today), None)
    phase = index.phases.get(stage.phase) if stage else None
    context = {
        "journey": journey,
        "stage": stage,
        "stage_names": stage_names(index, stage),
        "phase": phase,
        "next_phases": [index.phases[slug] for slug in phase.next if slug in index.phases]
        if phase
        else [],
        "fit": fit_of(index, stage),
        "gentle": bool(stage and stage.classification in index.gentle),
        "history": [_row(index, entry) for entry in standing],
        "corrected": [_row(index, entry) for entry in entries if entry.superseded_by_id],
    }
    return render_page(request, "journeys/stages/detail.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE, Area.STAGE)
def stage_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Mark a stage from a date on. It starts from the last answers, so a change is one tap."""
    data = request.POST if request.method == "POST" else None
    last = current_stage(request.access) if data is None else None
    initial = {name: getattr(last, name) for name in StageEntry.ANSWERS} if last else {}
    form = StageForm(data, journey=journey, initial=initial)
    if form.is_valid():
        mark_stage(
            journey=journey,
            by=request.user,
            entry=form.save(commit=False),
            client_id=form.cleaned_data["client_id"],
        )
        messages.success(request, _("Saved. What you see now fits where you are."))
        return redirect("journeys:stage_detail", journey_id=journey.pk)
    context = {"journey": journey, "form": form, "last": last}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/stages/form.html", context=context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE, Area.STAGE)
def stage_correct(request: JourneyRequest, journey: Journey, stage_id: uuid.UUID) -> HttpResponse:
    """Correct a wrong stage. The wrong one stays readable below the history."""
    wrong = get_object_or_404(
        journey.stage_entries.readable_by(request.user).standing(), pk=stage_id
    )
    answers = {name: getattr(wrong, name) for name in (*StageEntry.ANSWERS, "started_on")}
    data = request.POST if request.method == "POST" else None
    form = StageForm(data, journey=journey, initial=answers)
    if form.is_valid():
        correct_stage(wrong=wrong, by=request.user, entry=form.save(commit=False))
        messages.success(request, _("Corrected."))
        return redirect("journeys:stage_detail", journey_id=journey.pk)
    context = {"journey": journey, "form": form, "wrong": wrong}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/stages/form.html", context=context, status=status)
