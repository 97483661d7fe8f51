"""The cases of call levels, read once for the engine's tests and for the forms'.

`call-level-cases.csv` is the guide's and is never edited here. `call-level-extra-cases.csv` adds
the cases that it takes for every rule to have one that fails when the rule changes. Its levels are
read from the guide's table, never from what the engine says; `reason` names the row. Beside the
guide's own way to write, it may say: `?window` (not sure), `window@9` (yes, the last time was 9
days before) and, for a sign or a number of another entry than the first, `symptom:sign` and
`symptom:measure=1unit`.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from content.call_levels import Entry, Reading, Rules, Situation
from journeys.call_check import known_windows
from journeys.models import RecentTreatment
from journeys.risk_windows import Listed

Row = dict[str, str]

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LIMIT = re.compile(r"(?P<number>[\d.]+)(?P<unit>[CF])(?P<confirmed> confirmed)?")
MEASURE = re.compile(r"(?P<name>\w+)=(?P<value>-?[\d.]+)(?P<unit>.*)")
YES, NO, NOT_SURE = "yes", "no", "not-sure"


@cache
def read(name: str) -> tuple[Row, ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def guide_rows() -> tuple[Row, ...]:
    return read("call-level-cases.csv")


def extra_rows() -> tuple[Row, ...]:
    return read("call-level-extra-cases.csv")


def all_rows() -> tuple[Row, ...]:
    """Every case, and the guide's once more in the other unit where they can be told in it.

    The extra ones stand at the very limits, which are rounded in one of the two units.
    """
    return guide_rows() + extra_rows() + tuple(in_other_units(guide_rows()))


def split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


# --- The other unit -----------------------------------------------------------------------------
# How the table itself goes from one unit to the other (300 mg/dL is its 16.7 mmol/L).
OTHER_UNIT = {
    "C": lambda value: (value * Decimal("1.8") + 32, "F"),
    "F": lambda value: ((value - 32) / Decimal("1.8"), "C"),
    "mmol/L": lambda value: (value * 18, "mg/dL"),
    "mg/dL": lambda value: (value / 18, "mmol/L"),
    "kg": lambda value: (value * Decimal("2.2"), "lb"),
    "lb": lambda value: (value / Decimal("2.2"), "kg"),
}


def in_other_unit(cell: str) -> str:
    """The same number in the other unit, or "" where two decimals cannot hold it exactly."""
    found = MEASURE.fullmatch(cell)
    if not found or found["unit"] not in OTHER_UNIT:
        return ""
    value, unit = OTHER_UNIT[found["unit"]](Decimal(found["value"]))
    back, _unit = OTHER_UNIT[unit](value.quantize(Decimal("0.01")))
    if value != value.quantize(Decimal("0.01")) or back != Decimal(found["value"]):
        return ""
    return f"{found['name']}={value.quantize(Decimal('0.01'))}{unit}"


def in_other_units(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        other = in_other_unit(row["measures"])
        if other and row["expected_level"] != "unchecked":
            yield row | {"case": f"{row['case']}-in-other-unit", "measures": other}


# --- What a row says ----------------------------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """What a case tells of one symptom."""

    slug: str
    score: str
    signs: tuple[str, ...]
    measures: tuple[re.Match, ...]

    @property
    def own_name(self) -> str:
        return self.slug.partition("own:")[2].replace("-", " ")


def told_in(row: Row) -> list[Told]:
    slugs = row["symptom_slug"].split("+")
    scores = row["score"].split(",") if row["score"] else ["-"] * len(slugs)

    def of(slug: str, column: str) -> Iterator[str]:
        for cell in split(row[column]):
            owner, _colon, words = cell.rpartition(":")
            if (owner or slugs[0]) == slug:
                yield words

    return [
        Told(
            slug=slug,
            score="" if score == "-" else score,
            signs=tuple(of(slug, "signs")),
            measures=tuple(MEASURE.fullmatch(cell) for cell in of(slug, "measures")),
        )
        for slug, score in zip(slugs, scores, strict=True)
    ]


def answers_in(cell: str, windows: list[str]) -> dict[str, tuple[str, date | None]]:
    """Return the answer to each window's question, and the last time where it is told."""
    if cell == "unknown":
        return {}
    answers: dict[str, tuple[str, date | None]] = dict.fromkeys(windows, (NO, None))
    for part in split(cell):
        slug, _at, days = part.removeprefix("?").partition("@")
        last_on = NOW.date() - timedelta(days=int(days)) if days else None
        answers[slug] = (NOT_SURE if part.startswith("?") else YES, last_on)
    return answers


# --- The same for the engine --------------------------------------------------------------------
def entries_of(row: Row) -> list[Entry]:
    return [
        Entry(
            symptom=told.own_name or told.slug,
            score=int(told.score) if told.score else None,
            signs=frozenset(told.signs),
            readings=tuple(
                Reading(one["name"], Decimal(one["value"]), one["unit"]) for one in told.measures
            ),
            own=bool(told.own_name),
        )
        for told in told_in(row)
    ]


NOTHING_LISTED = Listed(frozenset(), {}, {})


def situation_of(row: Row, rules: Rules) -> Situation:
    answers = answers_in(row["windows"], list(rules.windows)).items()
    windows = {slug: answer == YES for slug, (answer, _) in answers if answer != NOT_SURE}
    dated = [
        RecentTreatment(window=slug, answer=answer, last_on=last_on)
        for slug, (answer, last_on) in answers
        if last_on
    ]
    return Situation(
        phases=frozenset({row["phase"]}),
        windows=windows | known_windows(dated, NOTHING_LISTED, rules, NOW, NOW.date()),
        centre_limit=_limit(row["centre_limit"]),
        own_limit=_limit(row["own_limit"]),
        own_limit_confirmed=row["own_limit"].endswith(" confirmed"),
        age_hours=Decimal(row["entry_age_h"]),
    )


def _limit(cell: str) -> tuple[Decimal, str] | None:
    found = LIMIT.fullmatch(cell)
    return (Decimal(found["number"]), found["unit"]) if found else None
