"""Move to a stage, or correct one: always a new row, never an overwritten one."""

import uuid

from django.db import transaction

from journeys.models import Journey, StageEntry, User


@transaction.atomic
def mark_stage(
    *, journey: Journey, by: User, entry: StageEntry, client_id: uuid.UUID | None
) -> StageEntry:
    """Save a new stage. One that begins on the same day as another corrects that other one."""
    _one_at_a_time(journey)
    if client_id is not None:
        already = journey.stage_entries.filter(client_id=client_id).first()
        if already is not None:
            return already
    same_day = journey.stage_entries.standing().filter(started_on=entry.started_on).first()
    entry.journey, entry.author, entry.client_id = journey, by, client_id
    return _put(entry, instead_of=same_day)


@transaction.atomic
def correct_stage(*, wrong: StageEntry, by: User, entry: StageEntry) -> StageEntry:
    """Put a corrected row in the place of a wrong one. The wrong one stays readable."""
    _one_at_a_time(wrong.journey)
    clash = (
        wrong.journey.stage_entries.standing()
        .filter(started_on=entry.started_on)
        .exclude(pk=wrong.pk)
        .first()
    )
    entry.journey, entry.author = wrong.journey, by
    if clash is not None:
        _supersede(clash, entry)
    return _put(entry, instead_of=wrong)


def _one_at_a_time(journey: Journey) -> None:
    """Wait for whoever marks a stage of this journey now: of two taps the second finds the row."""
    Journey.objects.select_for_update().get(pk=journey.pk)


def _put(entry: StageEntry, instead_of: StageEntry | None) -> StageEntry:
    if instead_of is not None:
        _supersede(instead_of, entry)
    entry.save(force_insert=True)
    return entry


def _supersede(old: StageEntry, new: StageEntry) -> None:
    # The key is deferred to the end of the transaction, so the old row may point ahead.
    StageEntry.objects.filter(pk=old.pk).update(superseded_by=new.pk)
