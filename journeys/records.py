"""How records are changed: the earlier text is kept, and two people never overwrite each other."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core import serializers
from django.db import IntegrityError, transaction
from django.utils import timezone

from journeys.models import JourneyRecord, Revision, User
from journeys.models.base import RecordQuerySet


class Conflict(Exception):
    """Somebody else changed the record since it was read."""


def state_of(record: JourneyRecord) -> dict[str, Any]:
    """Return the record's columns as JSON values."""
    return serializers.serialize("python", [record])[0]["fields"]


def _jsonable(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value if _is_plain(value) else str(value) for key, value in values.items()}


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str | list | dict)


@transaction.atomic
def change(record: JourneyRecord, *, by: User, expected_version: int) -> None:
    """Save the changed `record` if nobody else changed it since `expected_version`.

    The state before the change is kept as a revision row. Raises Conflict otherwise.
    """
    model = type(record)
    before = model.objects.filter(pk=record.pk).first()
    if before is None or before.version != expected_version:
        raise Conflict
    claimed = model.objects.filter(pk=record.pk, version=expected_version).update(
        version=expected_version + 1
    )
    if not claimed:
        raise Conflict
    Revision.objects.create(
        journey_id=record.journey_id,
        model=model._meta.model_name,
        record_id=record.pk,
        version=expected_version,
        before=_jsonable(state_of(before)),
        changed_by=by,
    )
    record.version = expected_version + 1
    record.edited_at = timezone.now()
    record.save()


def write_the_one(
    rows: RecordQuerySet, *, by: User, client_id: uuid.UUID | None, **fields: Any
) -> JourneyRecord:
    """Create the one record of its kind that a journey has, once for two taps.

    `rows` are the journey's. Raises Conflict if somebody else has made it since.
    """
    try:
        record, _created = rows.create_once(
            journey=rows.instance, client_id=client_id, author=by, **fields
        )
    except IntegrityError:
        raise Conflict from None
    return record


def delete(record: JourneyRecord) -> None:
    """Put the record away. It can be taken back for a day."""
    type(record).objects.filter(pk=record.pk).update(deleted_at=timezone.now())


@transaction.atomic
def restore(record: JourneyRecord) -> None:
    """Take a deletion back. Raises IntegrityError when its place was taken since."""
    type(record).objects.filter(pk=record.pk).update(deleted_at=None)


@transaction.atomic
def move(record: JourneyRecord, rows: Sequence[JourneyRecord], *, down: bool = False) -> None:
    """Let the record change places with its neighbor in `rows`, the list as its reader has it."""
    order = list(rows)
    place = order.index(record)
    other = place + (1 if down else -1)
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for number, row in enumerate(order):
        row.order = number
    type(record).objects.bulk_update(order, ["order"])


def revise_children(records: list[JourneyRecord], *, by: User) -> None:
    """Keep these records as revisions and remove them: their parent was rewritten."""
    Revision.objects.bulk_create(
        Revision(
            journey_id=record.journey_id,
            model=record._meta.model_name,
            record_id=record.pk,
            version=record.version,
            before=_jsonable(state_of(record)),
            changed_by=by,
        )
        for record in records
    )
    for record in records:
        record.delete()
