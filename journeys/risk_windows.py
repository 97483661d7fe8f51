"""Which windows of risk follow from the medicine list and the treatment log of a journey."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.db.models import CharField, F, Value

from content.call_rules import Rules, WindowRule
from content.medicine_names import medicine_names
from content.procedure_kinds import procedure_kinds
from journeys.models import Journey, User


@dataclass(frozen=True)
class Listed:
    """What the records say of the windows on one day, without asking anybody.

    `open` are present, whatever was answered. A "no" to a window in `asked_again` that was given
    on that day or before does not count any more: there was treatment since. `last_on` is the last
    day of what opens a window, open still or not; while it goes on, that is the day asked for.
    """

    open: frozenset[str]
    asked_again: dict[str, date]
    last_on: dict[str, date]


@dataclass(frozen=True)
class _Given:
    """A medicine or a procedure: what it opens, asks again about, and when it was.

    `lasts`: it goes on for a time, until `ended_on`, which is None while it does.
    """

    opens: Sequence[str]
    asks_again: Sequence[str]
    lasts: bool
    begun_on: date
    ended_on: date | None


def listed_windows(
    journey: Journey,
    rules: Rules,
    on: date,
    *,
    reader: User | None = None,
    revision: uuid.UUID | None = None,
) -> Listed:
    """Return the windows that a medicine or a procedure of the journey opens on this day.

    For the call level everything counts; a page shows a `reader` only what they may read. Which
    medicine or procedure opens which window is content.

    Whatever its schedule says, a medicine that was begun and not stopped counts as taken. What is
    over counts as long as its window lasts; where the window has no length, what goes on for a
    time (a medicine, a line) ends with its last day, and what is done once counts for good. It
    fails toward calling.
    """
    found: set[str] = set()
    asked_again: dict[str, date] = {}
    last_on: dict[str, date] = {}
    for given in _given(journey, on, reader, revision):
        for slug in given.opens:
            last_on[slug] = max(min(given.ended_on or on, on), last_on.get(slug, date.min))
            window = rules.windows.get(slug)
            if window is not None and _is_open(window, given, on):
                found.add(slug)
        for slug in given.asks_again:
            asked_again[slug] = max(given.begun_on, asked_again.get(slug, date.min))
    return Listed(frozenset(found), asked_again, last_on)


def _given(
    journey: Journey, on: date, reader: User | None, revision: uuid.UUID | None
) -> Iterator[_Given]:
    """Read what was begun by this day and what it means: one query."""
    names, kinds = medicine_names(revision).by_slug, procedure_kinds(revision)
    medicines, procedures = journey.medicines.present(), journey.procedures.present()
    if reader is not None:
        medicines = medicines.not_hidden_from(reader)
        procedures = procedures.not_hidden_from(reader)
    is_medicine, is_procedure = (Value(kind, output_field=CharField()) for kind in ("m", "p"))
    taken = medicines.exclude(guide="").filter(plans__begins_on__lte=on, plans__deleted_at=None)
    done = procedures.filter(done_on__lte=on)
    rows = (
        taken.order_by()
        .values_list(is_medicine, "guide", F("plans__begins_on"), "ended_on")
        .union(done.order_by().values_list(is_procedure, "kind", "done_on", "ended_on"))
    )
    for source, slug, begun, ended in rows:
        if source == "m" and slug in names:
            yield _Given([names[slug].opens_window], (), True, begun, ended)
        elif source == "p" and slug in kinds:
            kind = kinds[slug]
            last = ended if kind.lasts else begun
            yield _Given(kind.opens_windows, kind.asks_again, kind.lasts, begun, last)


def _is_open(window: WindowRule, given: _Given, on: date) -> bool:
    if given.ended_on is None or given.ended_on >= on:
        return True
    if window.days or window.hours:
        # Hours count as whole days: of an end, only the day is known.
        lasts = timedelta(days=window.days or ceil((window.hours or 0) / 24))
        return given.ended_on + lasts >= on
    return not given.lasts
