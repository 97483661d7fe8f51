"""The call levels fail toward calling: bad input, a broken table, and what must always hold."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.call_levels import Entry, Level, Reading, Rules, Situation, assess
from content.call_rows import build_rules
from tests.content.call_level_tools import (
    ACTIVE,
    RULES,
    file_rows,
    one,
    rank,
    situation,
    temperature,
)


# --- Failing toward calling -------------------------------------------------------------------
def test_unchecked_entry_hides_no_call_and_calms_nobody() -> None:
    bad = (Reading("glucose", Decimal("16.7"), ""),)
    calm = assess([one("thirst-or-high-sugar", 1, readings=bad)], situation(), RULES)
    assert (calm.level, calm.unchecked, calm.reasons) == ("", True, ())
    sign = one("thirst-or-high-sugar", 1, "drowsy", readings=bad)
    call = assess([sign], situation(), RULES)
    assert (call.level, call.unchecked) == ("ambulance", True)
    beside = assess([one("no-such-thing", 1), one("tired", 1)], situation(), RULES)
    assert (beside.level, beside.unchecked) == ("", True)
    assert [part.level for part in beside.by_entry] == ["", "self_care"]


@pytest.mark.parametrize(
    "entry",
    [
        one("shivers", readings=(Reading("temperature", Decimal("39"), "C"),)),  # no row for it
        one("tired", 1, readings=(Reading("mood", Decimal("3"), ""),)),  # no such measure
        one("tired", 1, "no-such-sign"),
        one("fever", None, "fever_tablet_taken"),  # says nothing by itself
        one("stroke-like-signs", 2),  # an event has no score
        one("tired", True),
        one("itch", 2, "sore", own=True),
    ],
)
def test_what_the_table_cannot_judge_is_unchecked(entry: Entry) -> None:
    verdict = assess([entry], situation(), RULES)
    assert verdict.outcome == "unchecked"
    assert verdict.unchecked_why


def test_number_that_cannot_be_does_not_silence_the_score() -> None:
    fever = one("fever", 4, readings=(Reading("temperature", Decimal("380"), "C"),))
    verdict = assess([fever], situation(), RULES)
    assert (verdict.level, verdict.unchecked) == ("now", True)


def test_no_entries_are_unchecked() -> None:
    assert assess([], situation(), RULES).outcome == "unchecked"


@pytest.mark.parametrize("rules", [None, Rules(), build_rules([], {})])
def test_missing_table_leaves_everything_unchecked(rules: Any) -> None:
    assert assess([one("tired", 1)], situation(), rules).outcome == "unchecked"
    assert assess([temperature("39")], situation(), rules).outcome == "unchecked"


def broken_tables() -> Iterator[tuple[str, Any]]:
    def with_symptom(slug: str, **change: Any) -> Rules:
        symptoms, call_rules = file_rows()
        return build_rules(
            [{**row, **change} if row["slug"] == slug else row for row in symptoms], call_rules
        )

    def with_rules(**change: Any) -> Rules:
        symptoms, call_rules = file_rows()
        return build_rules(symptoms, {**call_rules, **change})

    anchors = next(row for row in file_rows()[0] if row["slug"] == "tired")["anchors"]
    yield "no anchors", with_symptom("tired", anchors=[])
    yield "an anchor is missing", with_symptom("tired", anchors=anchors[:4])
    yield (
        "a level that is none",
        with_symptom("tired", anchors=[{**anchor, "level": "red"} for anchor in anchors]),
    )
    yield "a threshold without a number", with_symptom("tired", thresholds=[{"measure": "pain"}])
    yield (
        "four levels in a window",
        with_symptom("tired", window_levels=[{"window": "any", "levels": ["none"] * 4}]),
    )
    yield "no rule after treatment", with_symptom("tired", after_rule="half")
    yield "no settings", with_rules(settings=[])
    yield "no combinations", with_rules(combinations=[])
    yield (
        "a combination of nothing",
        with_rules(
            combinations=[{"slug": "x", "level": "now", "text": "x", "conditions": [{"any": []}]}]
        ),
    )
    yield "no windows", with_rules(windows=[])
    yield "a level without words", with_rules(levels=file_rows()[1]["levels"][1:])


@pytest.mark.parametrize(("name", "rules"), list(broken_tables()), ids=lambda one: str(one)[:40])
def test_broken_table_is_said_and_never_calms(name: str, rules: Rules) -> None:
    verdict = assess([one("tired", 1)], situation(), rules)
    assert (verdict.outcome, verdict.unchecked) == ("unchecked", True), name
    call = assess([one("tired", 1, "cannot_be_woken")], situation(), rules)
    assert (call.level, call.unchecked) == ("ambulance", True), name


def test_combination_that_fails_hides_no_other() -> None:
    bad = replace(RULES.combinations[0], conditions=({"symptom": "confused", "min_score": None},))
    rules = replace(RULES, combinations=(bad, *RULES.combinations))
    verdict = assess(
        [one("headache", 1), one("vomiting", 1), one("confused", 0)], situation(), rules
    )
    assert (verdict.level, verdict.unchecked) == ("now", True)


def test_draft_is_no_rule_and_archived_still_is() -> None:
    symptoms, call_rules = file_rows()
    changed = {"tired": "draft", "confused": "archived"}
    rows = [{**row, "status": changed.get(row["slug"], row["status"])} for row in symptoms]
    rules = build_rules(rows, call_rules)
    assert "tired" not in rules.symptoms
    assert assess([one("confused", 1)], situation(), rules).level == "now"
    assert not rules.symptoms["confused"].listed


def test_version_follows_the_content_and_not_the_form_of_numbers() -> None:
    symptoms, call_rules = file_rows()
    assert build_rules(symptoms, call_rules).version == RULES.version
    thresholds = [
        {**row, "value": Decimal(str(row["value"])).quantize(Decimal("0.01"))}
        for row in symptoms[0]["thresholds"]
    ]
    same = [{**symptoms[0], "thresholds": thresholds[::-1]}, *symptoms[1:]]
    assert build_rules(same, call_rules).version == RULES.version
    other = [{**symptoms[0], "do_now": "Wait."}, *symptoms[1:]]
    assert build_rules(other, call_rules).version != RULES.version


# --- What must always hold --------------------------------------------------------------------
slugs = st.sampled_from(sorted(RULES.symptoms))
phases = st.frozensets(st.sampled_from([*ACTIVE, "comfort", "after", "other"]), max_size=2)
windows = st.dictionaries(st.sampled_from(sorted(RULES.windows)), st.booleans(), max_size=24)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    symptom = RULES.symptoms[draw(slugs)]
    signs = draw(st.frozensets(st.sampled_from(sorted(symptom.signs)))) if symptom.signs else ()
    scores = st.none() | st.integers(0, 4) if symptom.anchors else st.none()
    readings = []
    for measure in sorted({row.measure for row in symptom.thresholds}):
        unit = draw(st.none() | st.sampled_from(RULES.measures[measure].units))
        if unit is not None:
            low, high = RULES.measures[measure].plausible[unit]
            readings.append(Reading(measure, draw(st.decimals(low, high, places=1)), unit))
    return Entry(symptom.slug, draw(scores), frozenset(signs), tuple(readings))


situations = st.builds(Situation, phases=phases, windows=windows)


@settings(max_examples=150)
@given(st.lists(entries(), min_size=1, max_size=3), situations, st.data())
def test_more_is_never_less(group: list[Entry], where: Situation, data: st.DataObject) -> None:
    before = assess(group, where, RULES)
    if before.unchecked:
        return  # a first usable input makes it checked
    first, *rest = group
    symptom = RULES.symptoms[first.symptom]
    if symptom.signs:
        sign = data.draw(st.sampled_from(sorted(symptom.signs)))
        more = [replace(first, signs=first.signs | {sign}), *rest]
        assert rank(assess(more, where, RULES)) >= rank(before)
    if first.score is not None and first.score < 4:
        worse = [replace(first, score=first.score + 1), *rest]
        assert rank(assess(worse, where, RULES)) >= rank(before)
    assert rank(assess([*group, data.draw(entries())], where, RULES)) >= min(
        rank(before), Level.SAME_DAY.rank - 0.5
    )
    window = data.draw(st.sampled_from(sorted(RULES.windows)))
    present = replace(where, windows={**where.windows, window: True})
    assert rank(assess(group, present, RULES)) >= rank(before)
    unknown = replace(where, windows={})
    absent = replace(where, windows=dict.fromkeys(RULES.windows, False))
    assert rank(assess(group, unknown, RULES)) >= rank(assess(group, absent, RULES))
    treatment = replace(where, phases=frozenset({"maintenance"}), windows=absent.windows)
    after = replace(treatment, phases=frozenset({"after"}))
    # After treatment a slight thing may wait for a visit that was self-care before; no more.
    least = max(rank(assess(group, treatment, RULES)), Level.NEXT_VISIT.rank)
    assert least >= rank(assess(group, after, RULES))


anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.lists(st.none() | st.text(max_size=3), max_size=2)
    | st.just(Decimal("NaN"))
    | st.just(Decimal("sNaN"))
    | st.just(Decimal("1E+999999"))
)
garbage_readings = st.builds(
    Reading,
    measure=st.sampled_from(sorted(RULES.measures)) | anything,
    value=anything,
    unit=anything,
)


@settings(max_examples=200)
@given(
    entries(),
    anything,
    st.one_of(st.tuples(garbage_readings), anything),
    st.frozensets(st.text(max_size=4) | st.none(), max_size=2),
    anything,
    anything,
)
def test_garbage_never_raises_and_never_calms(
    entry: Entry, score: Any, readings: Any, signs: Any, phase: Any, rest: Any
) -> None:
    alone = replace(entry, score=None, readings=())
    told = assess([alone], situation(), RULES)
    mixed = replace(alone, score=score, readings=readings, signs=entry.signs | signs)
    verdict = assess([mixed], situation(), RULES)
    # Where nothing was told, "unchecked" says just that, and any score is more than nothing.
    if alone.signs:
        assert rank(verdict) >= min(rank(told), Level.SAME_DAY.rank - 0.5)
    assert rank(told) < Level.SAME_DAY.rank or rank(verdict) >= rank(told)
    strange = Situation(phase, rest, centre_limit=rest, own_limit=score, age_hours=0)
    assert rank(assess([alone], strange, RULES)) >= min(rank(told), Level.SAME_DAY.rank - 0.5)
    assess(rest, strange, RULES, earlier=phase)
    assess([rest, mixed], strange, RULES)
