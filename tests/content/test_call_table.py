"""The shipped table of call levels: whole, unchanged, and each of its rows speaks."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from content.call_levels import Entry, Level, Reading, assess, red_list
from tests.content.call_level_tools import ACTIVE, RULES, file_rows, one, rank, situation

SYMPTOMS = list(RULES.symptoms.values())
SIGNS = [(symptom.slug, sign) for symptom in SYMPTOMS for sign in symptom.signs]
ANCHORS = [(symptom.slug, score) for symptom in SYMPTOMS for score in symptom.anchors]


# --- The shipped table ------------------------------------------------------------------------
def test_shipped_table_is_whole() -> None:
    assert not RULES.broken
    assert [symptom.slug for symptom in SYMPTOMS if symptom.broken] == []
    assert len(SYMPTOMS) == 72
    assert list(RULES.levels) == list(Level)
    for symptom in SYMPTOMS:
        scores = list(range(5)) if symptom.kind == "scored" or symptom.score_from else []
        assert list(symptom.anchors) == scores
        assert symptom.anchors or symptom.signs or symptom.thresholds
        assert {row.measure for row in symptom.thresholds} <= set(RULES.measures)


def level_lines() -> Iterator[str]:
    """Every row that decides a level, as one line."""
    for symptom in SYMPTOMS:
        name = symptom.slug
        for anchor in symptom.anchors.values():
            yield f"{name} score {anchor.score} {anchor.level.value}"
        for window, levels in symptom.window_levels.items():
            yield f"{name} {window} {[level.value for level in levels]}"
        for sign in symptom.signs.values():
            yield f"{name} sign {sign.slug} {sign.level.value}"
            for window, level in sign.level_by_window.items():
                yield f"{name} sign {sign.slug} {window} {level.value}"
        for row in symptom.thresholds:
            value = f"{row.measure} {row.op} {row.value} {row.unit} {row.level.value}"
            yield f"{name} {value} {row.when_window} {row.when_sign} {row.replace_by}"
        after = [level.value for level in symptom.after_levels]
        yield f"{name} after {symptom.after_rule} {after} {symptom.score_from}"
    for rule in RULES.combinations:
        yield f"{rule.slug} {rule.level.value} {rule.conditions} {rule.enabled}"


def test_levels_are_those_that_were_proposed() -> None:
    """Any level that moves shows here: change the cases, the sign-off and then this line."""
    lines = sorted(level_lines())
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    assert (len(lines), digest) == (813, "5da7c14206b0c75d")


def test_levels_never_fall_with_the_score() -> None:
    for symptom in SYMPTOMS:
        rows = [
            tuple(anchor.level for anchor in symptom.anchors.values()),
            symptom.after_levels,
            *symptom.window_levels.values(),
        ]
        for levels in rows:
            ranks = [level.rank for level in levels]
            assert ranks == sorted(ranks), symptom.slug


def test_every_number_has_a_row_in_each_of_its_units() -> None:
    for symptom in SYMPTOMS:
        for measure in {row.measure for row in symptom.thresholds}:
            units = {row.unit for row in symptom.thresholds if row.measure == measure}
            assert units == set(RULES.measures[measure].units), symptom.slug


def test_every_window_that_is_named_exists() -> None:
    windows = set(RULES.windows) | {"any", ""}
    for symptom in SYMPTOMS:
        assert set(symptom.window_levels) <= windows
        assert {row.when_window for row in symptom.thresholds} <= windows
        for sign in symptom.signs.values():
            assert set(sign.level_by_window) <= windows


def test_windows_have_a_question_and_known_phases() -> None:
    phases = {*RULES.settings.active_phases, *RULES.settings.after_phases}
    for window in RULES.windows.values():
        assert window.question.endswith(("?", "."))
        assert "?" in window.question
        assert set(window.unknown_present_in) <= phases


def test_each_phase_watches_some_symptoms_and_leads_with_at_most_five() -> None:
    symptoms, _ = file_rows()
    weights: dict[str, list[int]] = {}
    for row in symptoms:
        # What only carers watch stands beside the list of the phase.
        rules = [rule for rule in row.get("relevance", []) if rule.get("roles") != ["caregiver"]]
        for rule in rules:
            for phase in rule["phases"]:
                weights.setdefault(phase, []).append(rule["weight"])
    assert set(weights) == {*ACTIVE, "after", "comfort", "not-known"}
    for phase, found in weights.items():
        assert sum(weight >= 90 for weight in found) <= 5, phase
        assert phase == "not-known" or 8 <= sum(weight >= 60 for weight in found) <= 12, phase


def test_red_list_holds_only_calls_and_every_ambulance_kind() -> None:
    items = red_list(RULES)
    assert {item.level for item in items} == {Level.NOW, Level.AMBULANCE}
    assert 12 <= len(items) <= 24


def test_red_list_falls_back_to_the_table() -> None:
    bare = replace(RULES, settings=replace(RULES.settings, red_list=()))
    assert len(red_list(bare)) > 150


# --- Each row of the table speaks -------------------------------------------------------------
@pytest.mark.parametrize(("slug", "score"), ANCHORS)
def test_score_gives_its_level_in_treatment(slug: str, score: int) -> None:
    verdict = assess([one(slug, score)], situation(), RULES)
    assert verdict.level == RULES.symptoms[slug].anchors[score].level
    assert not verdict.unchecked


@pytest.mark.parametrize(("slug", "sign"), SIGNS)
def test_sign_gives_its_level_in_every_phase(slug: str, sign: str) -> None:
    level = RULES.symptoms[slug].signs[sign].level
    for phase in ("maintenance", "after", "comfort"):
        verdict = assess([one(slug, None, sign)], situation(phase), RULES)
        assert verdict.outcome == ("unchecked" if level == Level.NONE else level)


@pytest.mark.parametrize("symptom", SYMPTOMS, ids=lambda one: one.slug)
def test_windows_raise_scores_and_signs(symptom: Any) -> None:
    for window, levels in symptom.window_levels.items():
        present = [window] if window != "any" else ["steroid"]
        for score, level in enumerate(levels):
            for phase in ("maintenance", "after"):
                verdict = assess([one(symptom.slug, score)], situation(phase, *present), RULES)
                assert rank(verdict) >= level.rank
    for sign in symptom.signs.values():
        for window, level in sign.level_by_window.items():
            verdict = assess(
                [one(symptom.slug, None, sign.slug)], situation("after", window), RULES
            )
            assert verdict.level == level


@pytest.mark.parametrize("symptom", SYMPTOMS, ids=lambda one: one.slug)
def test_each_number_gives_at_least_its_level(symptom: Any) -> None:
    for row in symptom.thresholds:
        step = {">=": "0", "<=": "0", ">": "0.1", "<": "-0.1"}[row.op]
        entry = Entry(
            symptom.slug,
            signs=frozenset({row.when_sign} - {""}),
            readings=(Reading(row.measure, row.value + Decimal(step), row.unit),),
        )
        windows = [row.when_window] if row.when_window else []
        assert rank(assess([entry], situation("maintenance", *windows), RULES)) >= row.level.rank
