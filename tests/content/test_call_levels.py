"""The call levels: cases written by hand, fever limits, phases, windows, time."""

import csv
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from content.call_levels import Entry, Reading, Situation, assess, looser_than
from tests.content.call_level_tools import RULES, one, situation, temperature

CASES = Path(__file__).parent.parent / "data" / "call-level-cases.csv"


# --- The cases --------------------------------------------------------------------------------
def case_rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def limit(cell: str) -> tuple[Decimal, str] | None:
    number = cell.split(" ")[0]
    return (Decimal(number[:-1]), number[-1]) if number else None


def entries_of(row: dict[str, str]) -> list[Entry]:
    slugs = row["symptom_slug"].split("+")
    scores = row["score"].split(",") if row["score"] else ["-"] * len(slugs)
    entries = []
    for place, (slug, score) in enumerate(zip(slugs, scores, strict=True)):
        readings = []
        for cell in split(row["measures"]) if place == 0 else []:
            measure, value, unit = re.fullmatch(r"(\w+)=([\d.]+)(.*)", cell).groups()
            readings.append(Reading(measure, Decimal(value), unit))
        entries.append(
            Entry(
                symptom=slug.removeprefix("own:"),
                score=None if score == "-" else int(score),
                signs=frozenset(split(row["signs"])) if place == 0 else frozenset(),
                readings=tuple(readings),
                own=slug.startswith("own:"),
            )
        )
    return entries


def situation_of(row: dict[str, str]) -> Situation:
    more = {
        "centre_limit": limit(row["centre_limit"]),
        "own_limit": limit(row["own_limit"]),
        "own_limit_confirmed": row["own_limit"].endswith(" confirmed"),
        "age_hours": Decimal(row["entry_age_h"]),
    }
    if row["windows"] == "unknown":
        return Situation(frozenset({row["phase"]}), {}, **more)
    return situation(row["phase"], *split(row["windows"]), **more)


@pytest.mark.parametrize("row", case_rows(), ids=lambda row: row["case"])
def test_case(row: dict[str, str]) -> None:
    verdict = assess(entries_of(row), situation_of(row), RULES)
    assert verdict.outcome == row["expected_level"], (row["why"], verdict)
    assert verdict.history == (row["expected_level"] == "history")
    assert verdict.unchecked == (row["expected_level"] == "unchecked")
    assert verdict.version == RULES.version


def test_every_symptom_has_a_case() -> None:
    slugs = {slug for row in case_rows() for slug in row["symptom_slug"].split("+")}
    assert set(RULES.symptoms) <= slugs


# --- Fever ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("limits", "reading", "level"),
    [
        ({"own_limit": (Decimal("38.4"), "C")}, "38.1", "now"),  # looser and not confirmed
        ({"own_limit": (Decimal("38.4"), "C"), "own_limit_confirmed": True}, "38.3", "same_day"),
        ({"own_limit": (Decimal("36.5"), "C")}, "37.0", "self_care"),  # outside of its range
        ({"centre_limit": (Decimal("39.0"), "C")}, "38.0", "now"),  # outside of its range
        ({"centre_limit": (Decimal("99.5"), "F")}, "37.5", "now"),
        ({"centre_limit": (Decimal("100.9"), "F")}, "38.2", "same_day"),
        ({"own_limit": (37.6, "C")}, "37.6", "now"),  # a limit that came as a float
    ],
)
def test_limit_in_force(limits: dict[str, Any], reading: str, level: str) -> None:
    assert assess([temperature(reading)], situation(**limits), RULES).level == level


def test_limits_are_compared_without_rounding_across_units() -> None:
    own = {"own_limit": (Decimal("100.3"), "F")}
    assert assess([temperature("37.95")], situation(**own), RULES).level == "now"
    assert assess([temperature("37.94")], situation(**own), RULES).level == "same_day"


def test_own_fever_limit_is_not_lowered_after_treatment() -> None:
    own = {"own_limit": (Decimal("37.5"), "C")}
    assert assess([temperature("37.5")], situation("after", **own), RULES).level == "now"
    unconfirmed = {"own_limit": (Decimal("38.3"), "C")}
    assert assess([temperature("38.2")], situation("after", **unconfirmed), RULES).level == (
        "same_day"
    )
    assert assess([temperature("38.3")], situation("after", **unconfirmed), RULES).level == "now"


def test_fever_told_by_score_stays_after_treatment_while_a_risk_may_last() -> None:
    fever = [one("fever", 3)]
    assert assess(fever, Situation(frozenset({"after"})), RULES).level == "now"
    assert assess(fever, situation("after"), RULES).level == "same_day"


def test_fever_told_by_score_counts_in_combinations() -> None:
    assert assess([one("fever", 3), one("confused", 1)], situation(), RULES).level == "ambulance"


def test_unreadable_limit_is_said_and_the_usual_one_holds() -> None:
    verdict = assess([temperature("38.0")], situation(own_limit=("warm", "C")), RULES)
    assert verdict.level == "now"
    assert verdict.unchecked


def test_looser_than() -> None:
    assert looser_than((Decimal("38.1"), "C"), None, RULES)
    assert not looser_than((Decimal("100.4"), "F"), None, RULES)
    assert not looser_than((Decimal("38.2"), "C"), (Decimal("38.3"), "C"), RULES)


# --- Phases and windows -----------------------------------------------------------------------
def test_unknown_phase_is_treatment_with_every_window_unknown() -> None:
    absent = dict.fromkeys(RULES.windows, False)
    for phases in (frozenset(), frozenset({"no-such-phase"}), frozenset({"after", "no-such"})):
        verdict = assess([one("headache", 1)], Situation(phases, absent), RULES)
        assert verdict.level == "same_day"


def test_treatment_beside_after_lowers_nothing() -> None:
    both = frozenset({"after", "cns"})
    known = dict.fromkeys(RULES.windows, False)
    assert assess([one("tired", 3)], Situation(both, known), RULES).level == "same_day"


def test_reason_names_the_window_that_raised_and_how_sure_it_is() -> None:
    entry = [one("short-of-breath", 2)]
    known = assess(entry, situation("maintenance", "asparaginase"), RULES).reasons[0].text
    assert known.endswith("because of this: asparaginase in the last 30 days")
    possible = assess(entry, Situation(frozenset({"maintenance"})), RULES).reasons[0].text
    assert "because this is possible:" in possible


# --- Late, earlier, own -----------------------------------------------------------------------
def test_late_entry_gets_its_level_and_is_marked() -> None:
    assert not assess([temperature("38.5")], situation(age_hours=0), RULES).late
    verdict = assess([temperature("38.5")], situation(age_hours=24), RULES)
    assert (verdict.level, verdict.late, verdict.history) == ("now", True, False)


@pytest.mark.parametrize("age", [None, "soon", float("nan"), float("inf")])
def test_unreadable_age_is_not_history(age: Any) -> None:
    verdict = assess([temperature("38.5")], situation(age_hours=age), RULES)
    assert (verdict.level, verdict.late, verdict.unchecked) == ("now", True, True)


def test_earlier_entries_count_only_together_with_a_new_one() -> None:
    earlier = [temperature("38.5")]
    assert assess([one("confused", 1)], situation(), RULES, earlier).level == "ambulance"
    assert assess([one("hair-and-nails", 1)], situation("after"), RULES, earlier).level == "now"
    done = [temperature("38.5"), one("confused", 1)]
    calm = assess([one("hair-and-nails", 0)], situation(), RULES, done)
    assert calm.level == "none"


def test_own_symptom_with_a_name_of_the_table_keeps_its_own_rules() -> None:
    assert assess([one("confused", 2, own=True)], situation(), RULES).level == "next_visit"


def test_two_same_day_entries_call_now_only_when_switched_on() -> None:
    entries = [one("tired", 3), one("mouth-sores", 2)]
    assert assess(entries, situation(), RULES).level == "same_day"
    on = replace(RULES, settings=replace(RULES.settings, two_same_day=True))
    assert assess(entries, situation(), on).level == "now"
