"""Check-ins: how are you, what to do now, and how it was before."""

import uuid
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from content.call_levels import Rules
from content.catalogue import rules as load_rules
from content.models import content_revision
from content.red_path import red_line, red_signs
from journeys import call_check
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.check_ins import correct_check_in, save_check_in
from journeys.check_in_page import areas_of, numbers_to_ring, own_words, show_check_in
from journeys.drafts import draft_of, forget_draft, keep_draft
from journeys.forms.check_in_filter import CheckInFilter
from journeys.forms.check_ins import CheckInForm
from journeys.guidance import FEVER, current_stage, standing, watched_symptoms
from journeys.models import Area, CheckIn, Journey
from journeys.models.symptoms import CheckInQuerySet
from journeys.records import Conflict
from journeys.same_as_last import LastTime, last_check_in, last_time
from journeys.views.records import (
    asks_for_a_row,
    delete_record,
    editable_or_403,
    keep_unjudged,
    last_deleted,
    may_hide,
    moment_in,
    restore_record,
)
from journeys.weights import last_weight

PAGE = 30
FILTERS = "check_in_filters"


def _check_ins(request: JourneyRequest, journey: Journey) -> CheckInQuerySet:
    """Return the check-ins that are there for this reader: not those of hidden areas alone."""
    return journey.check_ins.within(request.access.areas)


def _form(
    request: JourneyRequest,
    journey: Journey,
    rules: Rules,
    check_in: CheckIn | None = None,
    same_as: LastTime | None = None,
    draft: QueryDict | None = None,
) -> CheckInForm:
    data = request.POST if request.method == "POST" else draft
    if check_in is not None:
        shown = [entry.symptom for entry in check_in.entries.all() if entry.symptom]
    elif data is not None:
        # The page says what it showed: ranked anew, an answer could lose its field.
        posted = [*data.getlist("symptom"), *data]
        shown = [FEVER, *(slug for slug in posted if slug in rules.symptoms)]
    else:
        shown = watched_symptoms(standing(request.access).context, request.access.areas)
        shown += same_as.shown if same_as else []
    added = request.POST.get("add", "")
    return CheckInForm(
        data,
        rules=rules,
        shown=[*shown, *([added] if added in rules.symptoms else [])],
        areas=request.access.areas,
        unit=journey.temperature_unit,
        last_weight=last_weight(_check_ins(request, journey).readable_by(request.user))
        if data is None
        else None,
        own_scale=[(score, own_words(score, rules)) for score in range(5)],
        check_in=check_in,
        last_time=same_as,
        open_first=added,
        may_hide=may_hide(request.access, check_in),
    )


def _context(journey: Journey, form: CheckInForm, rules: Rules) -> dict[str, Any]:
    return {
        "journey": journey,
        "form": form,
        "red_list": red_signs(rules),
        "red_line": red_line(rules),
        "addable": [
            symptom
            for symptom in rules.symptoms.values()
            if symptom.listed and symptom.slug not in form.shown and symptom.area in form.areas
        ],
    }


def _saved_fields(form: CheckInForm) -> dict[str, Any]:
    return {
        "entries": form.entries(),
        "occurred_at": form.cleaned_data["occurred_at"],
        "note": form.cleaned_data["note"],
        "only_me": form.is_kept_to_oneself(form.check_in),
        "weight": form.weighed(),
    }


def _answer_form(
    request: JourneyRequest,
    journey: Journey,
    form: CheckInForm,
    rules: Rules,
    extra: dict[str, Any],
    status: int,
) -> HttpResponse:
    """Show the form. When it could not be saved, say what its other answers ask for already."""
    context = _context(journey, form, rules) | extra
    copied = form.last_time.check_in if form.last_time else None
    told = filter(None, (copied, form.check_in, extra.get("theirs")))
    request.areas_shown = areas_of(told, request.access)
    if form.is_bound and form.errors:
        entries, weighed, now = form.entries(), form.weighed(), timezone.now()
        context["unchecked"] = True
        context["numbers"] = numbers_to_ring(journey, _phases(request, timezone.localdate()))
        if entries or weighed:
            found = call_check.check(
                journey,
                entries,
                now,
                now,
                besides=form.check_in,
                weight=weighed,
                by=request.user,
            )
            context["preliminary"] = found.shown_to(request.access)
    return render_page(request, "journeys/check_ins/form.html", context=context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.SYMPTOMS)
def check_in_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The check-in; `?same=1` starts from the last one, `?empty=1` without what was typed before.

    The button "add" only adds a symptom to the page and keeps what was typed.
    """
    revision = content_revision()
    rules = load_rules(revision)
    last = same_as = draft = None
    if request.method != "POST":
        last = last_check_in(_check_ins(request, journey), request.access, timezone.now())
        if last and "same" in request.GET:
            same_as = last_time(last, request.access, rules)
        elif "empty" not in request.GET:
            draft = draft_of(request, journey)
    form = _form(request, journey, rules, same_as=same_as, draft=draft.data if draft else None)
    if draft:
        keep_unjudged(form)
        return _answer_form(request, journey, form, rules, {"draft": draft}, status=200)
    if asks_for_a_row(request, form):
        return _answer_form(request, journey, form, rules, {}, status=200)
    if form.is_valid():
        check_in = save_check_in(
            journey=journey,
            by=request.user,
            client_id=form.cleaned_data["client_id"],
            revision=revision,
            **_saved_fields(form),
        )
        forget_draft(request, journey)
        return redirect("journeys:check_in_detail", journey_id=journey.pk, check_in_id=check_in.pk)
    status = INVALID_FORM if form.is_bound else 200
    return _answer_form(request, journey, form, rules, {"last": last}, status)


@require_POST
@requires(Permission.RECORD, Area.SYMPTOMS)
def check_in_draft(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Keep what is typed so far, unread and unchecked, for when the page is lost."""
    keep_draft(request, journey)
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.SYMPTOMS)
def check_in_edit(
    request: JourneyRequest, journey: Journey, check_in_id: uuid.UUID
) -> HttpResponse:
    rows = _check_ins(request, journey).readable_by(request.user).with_entries()
    check_in = get_object_or_404(rows, pk=check_in_id)
    editable_or_403(request.access, check_in, Area.SYMPTOMS)
    rules = load_rules()
    form = _form(request, journey, rules, check_in)
    if asks_for_a_row(request, form):
        return _answer_form(request, journey, form, rules, {"check_in": check_in}, status=200)
    theirs = None
    if form.is_valid():
        try:
            correct_check_in(
                check_in=check_in,
                by=request.user,
                expected_version=form.cleaned_data["version"] or 0,
                kept=[row for row in check_in.entries.all() if not request.access.sees(row.area)],
                **_saved_fields(form),
            )
        except Conflict:
            theirs = rows.get(pk=check_in_id)
            form.add_conflict(theirs.version)
        else:
            return redirect(
                "journeys:check_in_detail", journey_id=journey.pk, check_in_id=check_in_id
            )
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    extra = {"check_in": check_in, "theirs": theirs}
    return _answer_form(request, journey, form, rules, extra, status)


def _phases(request: JourneyRequest, on: date) -> frozenset[str]:
    stage = current_stage(request.access, on)
    return stage.phases if stage else frozenset()


@require_safe
@requires(Permission.VIEW, Area.SYMPTOMS)
def check_in_detail(
    request: JourneyRequest, journey: Journey, check_in_id: uuid.UUID
) -> HttpResponse:
    """What was entered, and what to do: the level as it was found when it was saved."""
    rows = (
        _check_ins(request, journey)
        .readable_by(request.user)
        .with_entries()
        .select_related("author")
    )
    check_in = get_object_or_404(rows, pk=check_in_id)
    request.areas_shown = areas_of([check_in], request.access)
    rules = load_rules()
    context = {
        "journey": journey,
        "shown": show_check_in(check_in, request.access, rules),
        "numbers": numbers_to_ring(journey, _phases(request, check_in.occurred_on)),
        "red_list": red_signs(rules),
        "can_edit": request.access.can_edit(check_in, Area.SYMPTOMS),
    }
    return render_page(request, "journeys/check_ins/detail.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW, Area.SYMPTOMS)
def check_in_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Check-ins, the newest first. `?before=` (ISO time) pages back; a post chooses which."""
    rules = load_rules()
    kept = request.session.get(FILTERS, {})
    if request.method == "POST":
        posted = CheckInFilter(request.POST, access=request.access, rules=rules)
        request.session[FILTERS] = kept | {str(journey.pk): posted.chosen}
        return redirect("journeys:check_in_list", journey_id=journey.pk)
    chosen = CheckInFilter(kept.get(str(journey.pk), {}), access=request.access, rules=rules)
    rows = chosen.apply(_check_ins(request, journey).readable_by(request.user)).newest_first()
    before = moment_in(request.GET.get("before", ""))
    if before is not None:
        rows = rows.before(before)
    check_ins = list(rows.with_entries().select_related("author")[: PAGE + 1])
    request.areas_shown = areas_of(check_ins[:PAGE], request.access)
    context = {
        "journey": journey,
        "check_ins": [show_check_in(row, request.access, rules) for row in check_ins[:PAGE]],
        "older_before": check_ins[PAGE - 1].occurred_at.isoformat()
        if len(check_ins) > PAGE
        else "",
        "deleted": last_deleted(request, _check_ins(request, journey), Area.SYMPTOMS),
        "filter": chosen,
    }
    return render_page(
        request, "journeys/check_ins/list.html", "journeys/check_ins/_list.html", context
    )


@require_POST
@requires(Permission.RECORD, Area.SYMPTOMS)
def check_in_delete(
    request: JourneyRequest, journey: Journey, check_in_id: uuid.UUID
) -> HttpResponse:
    delete_record(request, _check_ins(request, journey), check_in_id, Area.SYMPTOMS)
    return redirect("journeys:check_in_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.SYMPTOMS)
def check_in_restore(
    request: JourneyRequest, journey: Journey, check_in_id: uuid.UUID
) -> HttpResponse:
    restore_record(request, _check_ins(request, journey), check_in_id, Area.SYMPTOMS)
    return redirect("journeys:check_in_list", journey_id=journey.pk)
