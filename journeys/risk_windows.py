"""Which windows of risk follow from the medicine list and the treatment log of a journey."""

import uuid
from collections.abc import Iterator
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
    """A medicine or a procedure; `ended_on` is None while it goes on."""

    is_medicine: bool
    slug: str
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
    medicines, kinds = medicine_names(revision).by_slug, procedure_kinds(revision).by_slug
    found: set[str] = set()
    asked_again: dict[str, date] = {}
    last_on: dict[str, date] = {}
    for given in _given(journey, on, reader):
        if given.is_medicine:
            known = medicines.get(given.slug)
            windows, goes_on, asks = [known.opens_window] if known else [], True, ()
        else:
            kind = kinds.get(given.slug)
            windows, goes_on = (kind.opens_windows, kind.lasts) if kind else ((), False)
            asks = kind.asks_again if kind else ()
        ended_on = given.ended_on if goes_on else given.begun_on
        for slug in windows:
            last_on[slug] = max(min(ended_on or on, on), last_on.get(slug, date.min))
            window = rules.windows.get(slug)
            if window is not None and _is_open(window, ended_on, goes_on, on):
                found.add(slug)
        for slug in asks:
            asked_again[slug] = max(given.begun_on, asked_again.get(slug, given.begun_on))
    return Listed(frozenset(found), asked_again, last_on)


def _given(journey: Journey, on: date, reader: User | None) -> Iterator[_Given]:
    """Read what was begun by this day: one query."""
    medicines, procedures = journey.medicines.present(), journey.procedures.present()
    if reader is not None:
        medicines = medicines.not_hidden_from(reader)
        procedures = procedures.not_hidden_from(reader)
    is_medicine, is_procedure = (Value(kind, output_field=CharField()) for kind in ("m", "p"))
    rows = (
        medicines.exclude(guide="")
        .filter(plans__begins_on__lte=on, plans__deleted_at=None)
        .order_by()
        .values_list(is_medicine, "guide", F("plans__begins_on"), "ended_on")
    )
    done = procedures.filter(done_on__lte=on).order_by()
    for source, slug, begun, ended in rows.union(
        done.values_list(is_procedure, "kind", "done_on", "ended_on")
    ):
        yield _Given(source == "m", slug, begun, ended)


def _is_open(window: WindowRule, ended_on: date | None, goes_on: bool, on: date) -> bool:
    if ended_on is None or ended_on >= on:
        return True
    if window.days or window.hours:
        # Hours count as whole days: of an end, only the day is known.
        lasts = timedelta(days=window.days or ceil((window.hours or 0) / 24))
        return ended_on + lasts >= on
    return not goes_on
