"""What the views of all records share: who may edit one, deleting it, taking that back."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from journeys import records
from journeys.access import Access, JourneyRequest, Permission
from journeys.forms.base import RecordForm
from journeys.models import JourneyRecord
from journeys.models.base import RecordQuerySet


def editable_or_403(access: Access, record: JourneyRecord, area: str) -> None:
    """Refuse a change of a record that the person sees but may not correct."""
    if not access.can_edit(record, area):
        raise PermissionDenied


def may_hide(access: Access, record: JourneyRecord | None = None) -> bool:
    """Whether this person may keep a new record, or this one, to themselves.

    Only the patient, and only what they wrote: nothing is hidden from them.
    """
    return access.is_patient and (record is None or record.is_by(access.user))


def asks_for_a_row(request: JourneyRequest, form: BaseForm) -> bool:
    """Whether the button "add" was pressed: what was typed is kept, nothing is told or saved."""
    if request.method != "POST" or "more" not in request.POST:
        return False
    keep_unjudged(form)
    return True


def keep_unjudged(form: BaseForm) -> None:
    """Let a form show what was typed, also where it is not right yet."""
    form.is_valid()
    form.errors.clear()


def page_of(
    request: JourneyRequest, rows: RecordQuerySet, size: int
) -> tuple[list[JourneyRecord], str, str]:
    """Return the rows that `?from=` asks for, and the addresses of newer and older ones or ""."""
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    found = list(rows[start : start + size + 1])
    newer = f"?from={max(0, start - size)}" if start else ""
    older = f"?from={start + size}" if len(found) > size else ""
    return found[:size], newer, older


def moment_in(text: str) -> datetime | None:
    """Read a paging mark; one that cannot be read starts at the newest."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    # The first and the last year cannot be brought into every zone.
    readable = moment and timezone.is_aware(moment) and 1 < moment.year < 9999
    return moment if readable else None


def save_correction(request: JourneyRequest, form: RecordForm) -> JourneyRecord | None:
    """Save the record of a valid form; return the other version if somebody else was first."""
    expected = form.cleaned_data["version"] or 0
    record = form.save(commit=False)
    try:
        records.change(record, by=request.user, expected_version=expected)
    except records.Conflict:
        theirs = type(record).objects.get(pk=record.pk)
        form.add_conflict(theirs.version)
        return theirs
    messages.success(request, _("Saved."))
    return None


def is_second_tap(record: JourneyRecord | None, request: JourneyRequest) -> bool:
    """Whether this submit is the very one that made the record, come in once more."""
    client_id = request.POST.get("client_id")
    return bool(record and client_id) and client_id == str(record.client_id)


def save_the_one(
    request: JourneyRequest, rows: RecordQuerySet, form: RecordForm
) -> JourneyRecord | None:
    """Save the one record of its kind; return the other version if somebody else was first."""
    if "version" in form.fields:
        return save_correction(request, form)
    try:
        client_id = form.cleaned_data["client_id"]
        records.write_the_one(rows, by=request.user, client_id=client_id, **form.said)
    except records.Conflict:
        theirs = rows.get()
        form.add_conflict(theirs.version)
        return theirs
    messages.success(request, _("Saved."))
    return None


def delete_record(
    request: JourneyRequest, rows: RecordQuerySet, record_id: uuid.UUID, area: str
) -> None:
    record = get_object_or_404(rows.readable_by(request.user), pk=record_id)
    editable_or_403(request.access, record, area)
    records.delete(record)
    messages.info(request, _("Deleted. You can take this back for a day."))


def last_deleted(request: JourneyRequest, rows: RecordQuerySet, area: str) -> JourneyRecord | None:
    """Return the latest deletion that this person may take back."""
    if not request.access.can(Permission.RECORD, area):
        return None
    deleted = rows.deleted_lately(request.user).order_by("-deleted_at")
    return next((row for row in deleted if request.access.can_edit(row, area)), None)


def restore_record(
    request: JourneyRequest, rows: RecordQuerySet, record_id: uuid.UUID, area: str
) -> None:
    record = get_object_or_404(rows.deleted_lately(request.user), pk=record_id)
    editable_or_403(request.access, record, area)
    try:
        records.restore(record)
    except IntegrityError:
        messages.info(request, _("The same thing is on the list again already."))
    else:
        messages.success(request, _("It is back."))
