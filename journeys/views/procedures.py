"""The treatment log: blocks, procedures and what they showed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from content.guide_map import guide_map
from content.models import ProcedureKind
from content.procedure_kinds import ProcedureKinds, by_group, procedure_kinds
from journeys.access import JourneyRequest, Permission, requires
from journeys.forms.base import ClientIdField
from journeys.forms.procedures import ProcedureForm
from journeys.models import Appointment, Area, Journey, Procedure
from journeys.procedures import Logged, going_on, logged, offers, visit_named
from journeys.views.records import (
    delete_record,
    editable_or_403,
    last_deleted,
    may_hide,
    page_of,
    restore_record,
    save_correction,
)

PAGE = 20


@require_safe
@requires(Permission.VIEW, Area.MEDICINES)
def procedure_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """What goes on, and everything that was done, the newest first. `?from=` goes on."""
    kinds = procedure_kinds()
    rows = journey.procedures.readable_by(request.user).newest_first().select_related("author")
    entries, newer, older = page_of(request, rows, PAGE)
    offered = offers(request.access, kinds)
    request.areas_shown = {Area.APPOINTMENTS} if offered else frozenset()
    context = {
        "journey": journey,
        "entries": logged(request.access, entries, kinds),
        "going_on": going_on(request.access, kinds),
        "offers": offered,
        "newer": newer,
        "older": older,
        "deleted": last_deleted(request, journey.procedures, Area.MEDICINES),
    }
    return render_page(request, "journeys/procedures/list.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.MEDICINES)
def procedure_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """First which kind, then what belongs to it. The kind is posted: no address tells it."""
    kinds = procedure_kinds()
    kind = kinds.get(request.POST.get("kind", ""))
    if kind is None or not kind.is_listed:
        return _choose_page(request, journey, kinds)
    visit = visit_named(request.access, ClientIdField().clean(request.POST.get("appointment")))
    chosen = "done_on" not in request.POST
    form = ProcedureForm(
        None if chosen else request.POST,
        journey=journey,
        kind=kind,
        may_hide=may_hide(request.access),
        initial={"done_on": visit.day, "only_me": visit.only_me} if visit else None,
    )
    if form.is_valid():
        journey.procedures.create_once(
            journey=journey,
            client_id=form.cleaned_data["client_id"],
            author=request.user,
            kind=kind.slug,
            appointment=visit,
            **form.said,
        )
        messages.success(request, _("Saved."))
        return redirect("journeys:procedure_list", journey_id=journey.pk)
    return _form_page(request, journey, form, kind, visit=visit)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.MEDICINES)
def procedure_edit(
    request: JourneyRequest, journey: Journey, procedure_id: uuid.UUID
) -> HttpResponse:
    procedure = get_object_or_404(journey.procedures.readable_by(request.user), pk=procedure_id)
    editable_or_403(request.access, procedure, Area.MEDICINES)
    kinds = procedure_kinds()
    kind = kinds.get(procedure.kind) or ProcedureKind(slug=procedure.kind, name=procedure.kind)
    form = ProcedureForm(
        request.POST if request.method == "POST" else None,
        instance=procedure,
        journey=journey,
        kind=kind,
        may_hide=may_hide(request.access, procedure),
    )
    theirs = None
    if form.is_valid():
        theirs = save_correction(request, form)
        if theirs is None:
            return redirect("journeys:procedure_list", journey_id=journey.pk)
    return _form_page(request, journey, form, kind, procedure=procedure, theirs=theirs)


@require_POST
@requires(Permission.RECORD, Area.MEDICINES)
def procedure_delete(
    request: JourneyRequest, journey: Journey, procedure_id: uuid.UUID
) -> HttpResponse:
    delete_record(request, journey.procedures, procedure_id, Area.MEDICINES)
    return redirect("journeys:procedure_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.MEDICINES)
def procedure_restore(
    request: JourneyRequest, journey: Journey, procedure_id: uuid.UUID
) -> HttpResponse:
    restore_record(request, journey.procedures, procedure_id, Area.MEDICINES)
    return redirect("journeys:procedure_list", journey_id=journey.pk)


def _choose_page(request: JourneyRequest, journey: Journey, kinds: ProcedureKinds) -> HttpResponse:
    context = {"journey": journey, "groups": by_group(kinds)}
    status = INVALID_FORM if request.method == "POST" else 200
    return render_page(request, "journeys/procedures/kinds.html", context=context, status=status)


def _form_page(
    request: JourneyRequest,
    journey: Journey,
    form: ProcedureForm,
    kind: ProcedureKind,
    *,
    visit: Appointment | None = None,
    procedure: Procedure | None = None,
    theirs: Procedure | None = None,
) -> HttpResponse:
    request.areas_shown = {Area.APPOINTMENTS} if visit else frozenset()
    context: dict[str, Any] = {
        "journey": journey,
        "form": form,
        "kind": kind,
        "hidden": {"kind": kind.slug} | ({"appointment": visit.pk} if visit else {}),
        "topic": guide_map().topics.get(kind.topic),
        "procedure": procedure,
        "theirs": Logged(theirs, kind, can_edit=False) if theirs else None,
    }
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/procedures/form.html", context=context, status=status)
