"""Notes: a diary in one's own words."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from journeys.access import JourneyRequest, Permission, requires
from journeys.forms.notes import NoteForm
from journeys.models import Area, Journey
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
@requires(Permission.VIEW, Area.NOTES)
def note_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Notes, the newest first. `?from=` goes on to older ones."""
    rows = journey.notes.readable_by(request.user).newest_first().select_related("author")
    notes, newer, older = page_of(request, rows, PAGE)
    context = {
        "journey": journey,
        "notes": [(note, request.access.can_edit(note, Area.NOTES)) for note in notes],
        "newer": newer,
        "older": older,
        "deleted": last_deleted(request, journey.notes, Area.NOTES),
        "form": _note_form(request, journey) if request.access.records else None,
    }
    return render_page(request, "journeys/notes/list.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.NOTES)
def note_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    form = _note_form(request, journey)
    if form.is_valid():
        journey.notes.create_once(
            journey=journey,
            client_id=form.cleaned_data["client_id"],
            author=request.user,
            **form.said,
        )
        messages.success(request, _("Saved."))
        return redirect("journeys:note_list", journey_id=journey.pk)
    context = {"journey": journey, "form": form}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/notes/form.html", context=context, status=status)


def _note_form(request: JourneyRequest, journey: Journey) -> NoteForm:
    data = request.POST if request.method == "POST" else None
    return NoteForm(data, journey=journey, may_hide=may_hide(request.access))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.NOTES)
def note_edit(request: JourneyRequest, journey: Journey, note_id: uuid.UUID) -> HttpResponse:
    note = get_object_or_404(journey.notes.readable_by(request.user), pk=note_id)
    editable_or_403(request.access, note, Area.NOTES)
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, instance=note, journey=journey, may_hide=may_hide(request.access, note))
    theirs = None
    if form.is_valid():
        theirs = save_correction(request, form)
        if theirs is None:
            return redirect("journeys:note_list", journey_id=journey.pk)
    context = {"journey": journey, "form": form, "note": note, "theirs": theirs}
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/notes/form.html", context=context, status=status)


@require_POST
@requires(Permission.RECORD, Area.NOTES)
def note_delete(request: JourneyRequest, journey: Journey, note_id: uuid.UUID) -> HttpResponse:
    delete_record(request, journey.notes, note_id, Area.NOTES)
    return redirect("journeys:note_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.NOTES)
def note_restore(request: JourneyRequest, journey: Journey, note_id: uuid.UUID) -> HttpResponse:
    restore_record(request, journey.notes, note_id, Area.NOTES)
    return redirect("journeys:note_list", journey_id=journey.pk)
