"""Save a check-in with its entries and the call level found for them."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from content.call_levels import Verdict
from journeys import call_check
from journeys.call_check import Found
from journeys.models import CheckIn, Journey, SymptomEntry, User
from journeys.records import change, revise_children

# What an entry says, apart from when and by whom.
SAID = ("symptom", "own_name", "area", "score", "signs", "readings")


@transaction.atomic
def save_check_in(
    *,
    journey: Journey,
    by: User,
    entries: list[SymptomEntry],
    occurred_at: datetime,
    note: str,
    only_me: bool,
    client_id: uuid.UUID | None,
    weight: tuple[Decimal, str] | None = None,
    now: datetime | None = None,
    revision: uuid.UUID | None = None,
) -> CheckIn:
    """Save a new check-in. A second submit of one form returns the first, if it says the same.

    One that says something else is another check-in: nobody may read the level of the first for it.

    `weight` is a number with its unit, "kg" or "lb". `occurred_at` and `now` (default: this
    moment) are aware times; the level depends on both. `revision` is that of the content, where
    the caller has just asked for it.
    """
    now = now or timezone.now()
    found = call_check.check(
        journey, entries, occurred_at, now, weight=weight, by=by, revision=revision
    )
    fields = {
        "author": by,
        "occurred_at": occurred_at,
        "occurred_on": timezone.localdate(occurred_at),
        "note": note,
        "only_me": only_me,
        **_weight(weight),
        **_outcome(found),
    }
    check_in, created = CheckIn.objects.create_once(journey=journey, client_id=client_id, **fields)
    if not created and not _says_the_same(check_in, CheckIn(**fields), found.entries):
        check_in, created = CheckIn.objects.create(journey=journey, **fields), True
    if created:
        _add_entries(check_in, found)
    return check_in


@transaction.atomic
def correct_check_in(
    *,
    check_in: CheckIn,
    by: User,
    expected_version: int,
    entries: list[SymptomEntry],
    kept: list[SymptomEntry],
    occurred_at: datetime,
    note: str,
    only_me: bool,
    weight: tuple[Decimal, str] | None = None,
) -> CheckIn:
    """Replace what a check-in says and find its level anew. Raises records.Conflict.

    `kept` are entries that the person correcting it does not see: they stay as they are. The
    earlier state, entries included, is kept as revision rows.
    """
    entries = [*entries, *(_copy(row) for row in kept)]
    found = call_check.check(
        check_in.journey,
        entries,
        occurred_at,
        timezone.now(),
        besides=check_in,
        weight=weight,
        by=by,
    )
    old_entries = list(check_in.entries.all())
    check_in.occurred_at = occurred_at
    check_in.occurred_on = timezone.localdate(occurred_at)
    check_in.note = note
    check_in.only_me = only_me
    for name, value in (_weight(weight) | _outcome(found)).items():
        setattr(check_in, name, value)
    change(check_in, by=by, expected_version=expected_version)
    revise_children(old_entries, by=by)
    _add_entries(check_in, found)
    return check_in


def _weight(weight: tuple[Decimal, str] | None) -> dict[str, Any]:
    value, unit = weight or (None, "")
    return {"weight": value, "weight_unit": unit}


def _copy(entry: SymptomEntry) -> SymptomEntry:
    return SymptomEntry(**{name: getattr(entry, name) for name in SAID})


def _says_the_same(saved: CheckIn, sent: CheckIn, entries: Iterable[SymptomEntry]) -> bool:
    """Whether a check-in that was saved says what was sent now with these entries."""

    def of_entry(row: SymptomEntry) -> str:
        return repr([getattr(row, name) for name in SAID])

    same = all(
        getattr(saved, name) == getattr(sent, name)
        for name in ("note", "weight", "weight_unit", "only_me")
    )
    before = sorted(of_entry(row) for row in saved.entries.all())
    return same and before == sorted(of_entry(row) for row in entries)


def _outcome(found: Found) -> dict[str, Any]:
    verdict, others, without = found.verdict, found.for_others, found.without_mood
    return {
        **_stored(verdict),
        "late": verdict.late,
        "rules_version": verdict.version,
        "for_others": _stored(others) if others else None,
        "without_mood": _stored(without) if without else None,
    }


def _stored(verdict: Verdict) -> dict[str, Any]:
    return {
        "level": verdict.outcome,
        "reasons": _reasons(verdict.reasons),
        "unchecked": verdict.unchecked,
    }


def _reasons(reasons: Any) -> list[dict[str, str]]:
    return [
        {"symptom": reason.symptom, "text": str(reason.text), "level": str(reason.level)}
        for reason in reasons
    ]


def _add_entries(check_in: CheckIn, found: Found) -> None:
    entries, verdict = found.entries, found.verdict
    # A verdict that failed as a whole has no parts: every entry is then unchecked.
    parts = list(verdict.by_entry) or [None] * len(entries)
    for entry, part in zip(entries, parts, strict=True):
        entry.journey = check_in.journey
        entry.check_in = check_in
        entry.author = check_in.author
        entry.only_me = check_in.only_me
        if verdict.history:
            entry.level = "history"
        else:
            entry.level = (part.level if part else "") or "unchecked"
        entry.reasons = _reasons(part.reasons) if part else []
    SymptomEntry.objects.bulk_create(entries)
