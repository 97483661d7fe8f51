"""The call levels: cases written by hand, fever limits, phases, windows, time."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from content.call_levels import Situation, assess, looser_than
from tests.call_level_cases import (
    Row,
    entries_of,
    extra_rows,
    guide_rows,
    in_other_units,
    situation_of,
)
from tests.content.call_level_tools import RULES, one, situation, temperature


# --- The cases --------------------------------------------------------------------------------
def by_name(rows: Iterable[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=lambda row: row["case"])


@by_name([*guide_rows(), *in_other_units(guide_rows())])
def test_case(row: Row) -> None:
    check(row)


@pytest.mark.verify
@by_name(extra_rows())
def test_our_own_case(row: Row) -> None:
    check(row)


def check(row: Row) -> None:
    verdict = assess(entries_of(row), situation_of(row, RULES), RULES)
    assert verdict.outcome == row["expected_level"], (row["why"], verdict)
    assert verdict.history == (row["expected_level"] == "history")
    assert verdict.unchecked == (row["expected_level"] == "unchecked")
    assert verdict.version == RULES.version


def test_every_symptom_has_a_case() -> None:
    slugs = {slug for row in guide_rows() for slug in row["symptom_slug"].split("+")}
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
    for age, late in ((0, False), (1, False), (Decimal("1.01"), True)):
        assert assess([temperature("38.5")], situation(age_hours=age), RULES).late is late
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
