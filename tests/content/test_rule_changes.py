"""For every rule of the call levels, changed once, a case fails.

Where one fails here: add a case to tests/data/call-level-extra-cases.csv, with the level that the
guide's table gives, or name the change below with the reason why no case can show it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pytest

from content.call_levels import Entry, Rules, Situation, assess
from tests.call_level_cases import Row, all_rows, entries_of, situation_of
from tests.content.call_level_tools import RULES
from tests.content.rule_changes import (
    LEVELS,
    Change,
    of_combinations,
    of_measure,
    of_settings,
    of_symptom,
    of_window,
)

pytestmark = pytest.mark.verify

# --- Changes that no case can show --------------------------------------------------------------
# A window only raises. One step down, its level for these scores is not above what the score gives
# by itself, in treatment and after it.
WINDOW_SAYS_WHAT_THE_SCORE_SAYS = {
    "short-of-breath": {
        "asparaginase": (1, 3, 4),
        "car_t": (1, 3, 4),
        "inotuzumab_or_transplant": (1, 3, 4),
        "low_neutrophils": (1, 3, 4),
        "menin_inhibitor": (3, 4),
        "transfusion": (1, 3, 4),
        "very_high_white_count": (3, 4),
    },
    "headache": {"any": (3, 4)},
    "numb-or-tingling": {"nelarabine": (4,)},
    "leg-weakness": {"nelarabine": (1, 3, 4)},
    "mouth-sores": {
        "high_dose_methotrexate": (4,),
        "low_neutrophils": (4,),
        "weekly_methotrexate": (4,),
    },
    "yellow-eyes-or-skin": {"inotuzumab_or_transplant": (1, 3, 4)},
    "line-site": {"low_neutrophils": (1, 3, 4)},
    "mood-swings": {"blinatumomab": (1, 4), "car_t": (1, 4)},
    "little-urine": {"high_dose_methotrexate": (1,), "new_treatment": (1,)},
    "eyes": {"high_dose_cytarabine": (2, 3, 4)},
    "night-sweats": {"low_neutrophils": (1, 3, 4)},
    "tooth-or-gum": {"low_neutrophils": (2, 3, 4)},
    "heart-flutter": {"menin_inhibitor": (3, 4)},
}
OTHERS = [
    (
        "An ambulance is never lowered after treatment: the score's own level stands.",
        [
            "bleeding",
            "eyes",
            "headache",
            "short-of-breath",
            "suddenly-unwell",
            "swelling-or-weight-gain",
            "swollen-or-painful-limb",
        ],
        ["after score 4: ambulance to now"],
    ),
    (
        "Its levels after treatment are those in treatment, and it has no numbers.",
        [
            "leg-weakness",
            "mood-swings",
            "suddenly-unwell",
            "swollen-or-painful-limb",
            "tooth-or-gum",
        ],
        ["after: levels to same"],
    ),
    (
        "No score or number of it is above the next visit, and lower ones have no step down.",
        ["closeness-and-sex", "hair-and-nails", "sleep"],
        ["after: same to step_down"],
    ),
    (
        "Eyes from 3 on are a call now or an ambulance by themselves, in every phase: the "
        "combination gives nothing of its own.",
        ["headache_and_eyes"],
        [
            "removed",
            "switched off",
            "now to same_day",
            "without {'min_score': 1, 'symptom': 'headache'}",
            "{'min_score': 1, 'symptom': 'headache'} from 0 on",
            "{'min_score': 1, 'symptom': 'headache'} from 2 on",
            "{'min_score': 3, 'symptom': 'eyes'} from 4 on",
        ],
    ),
    (
        "Urine pain from 3 on is a call now by itself, in every phase.",
        ["cord"],
        [
            "without {'min_score': 4, 'symptom': 'urine-pain-or-blood'}",
            "{'min_score': 4, 'symptom': 'urine-pain-or-blood'} from 3 on",
        ],
    ),
    (
        "The question about it has no day; hours count for a medicine on the list, as whole days: "
        "tests/journeys/views/test_medicine_risks.py.",
        ["blinatumomab"],
        ["hours -1", "hours +1"],
    ),
    ("Its days hold, which are more.", ["transfusion"], ["hours -1", "hours +1"]),
    (
        "No row of the table reads this window.",
        ["line_in_place"],
        ["removed"]
        + [f"not in {phase}" for phase in RULES.windows["line_in_place"].unknown_present_in],
    ),
    ("No row of the table reads this window.", ["after_treatment"], ["removed"]),
    (
        "A level that the steps do not name stays as it is, and so does an ambulance.",
        ["settings"],
        [
            "step_down: no ambulance",
            "step_down: ambulance: ambulance to now",
            "step_down: no next_visit",
            "step_down: no self_care",
            "step_down: no none",
        ],
    ),
    (
        "A case is one check-in; two of them stand in tests/journeys/test_call_level_cases.py.",
        ["settings"],
        ["within_hours: -1", "within_hours: +1"],
    ),
    (
        "It only changes how a late entry is worded: test_call_levels.py.",
        ["settings"],
        ["late_after_hours: -1", "late_after_hours: +1"],
    ),
]


def without_effect(name: str) -> set[str]:
    """The changes of a symptom, a window and so on that no case can show."""
    found = set()
    for window, scores in WINDOW_SAYS_WHAT_THE_SCORE_SAYS.get(name, {}).items():
        for score in scores:
            level = RULES.symptoms[name].window_levels[window][score]
            lower = LEVELS[level.rank - 1]
            found.add(f"window {window} score {score}: {level} to {lower}")
    own = name in RULES.symptoms or name == "settings"
    for _reason, names, changes in OTHERS:
        if name in names:
            found |= {change if own else f"{name}: {change}" for change in changes}
    return found


# --- The check ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Case:
    row: Row
    entries: tuple[Entry, ...]
    situation: Situation

    @property
    def symptoms(self) -> set[str]:
        return {entry.symptom for entry in self.entries}

    @property
    def measures(self) -> set[str]:
        return {one.measure for entry in self.entries for one in entry.readings}

    def fails(self, rules: Rules) -> bool:
        """Whether the test of this case, by the form or by the engine, would fail."""
        situation = self.situation
        if rules.windows is not RULES.windows:
            situation = situation_of(self.row, rules)
        verdict = assess(self.entries, situation, rules)
        expected = self.row["expected_level"]
        return (verdict.outcome, verdict.unchecked) != (expected, expected == "unchecked")


@cache
def cases() -> tuple[Case, ...]:
    return tuple(Case(row, tuple(entries_of(row)), situation_of(row, RULES)) for row in all_rows())


def unseen(changes: Iterable[Change], some: Iterable[Case]) -> set[str]:
    """The names of the changes with which every one of these cases still passes."""
    some = tuple(some)
    return {change.name for change in changes if not any(case.fails(change.rules) for case in some)}


def test_every_case_passes_as_the_rules_stand() -> None:
    assert [case.row["case"] for case in cases() if case.fails(RULES)] == []


@pytest.mark.parametrize("slug", RULES.symptoms)
def test_a_case_sees_each_change_of_a_symptom(slug: str) -> None:
    touched = [case for case in cases() if slug in case.symptoms]
    assert unseen(of_symptom(RULES, slug), touched) == without_effect(slug)


@pytest.mark.parametrize("slug", [row.slug for row in RULES.combinations])
def test_a_case_sees_each_change_of_a_combination(slug: str) -> None:
    changes = [change for change in of_combinations(RULES) if change.rule == slug]
    assert unseen(changes, cases()) == without_effect(slug)


@pytest.mark.parametrize("slug", RULES.windows)
def test_a_case_sees_each_change_of_a_window(slug: str) -> None:
    assert unseen(of_window(RULES, slug), cases()) == without_effect(slug)


@pytest.mark.parametrize("slug", RULES.measures)
def test_a_case_sees_each_change_of_a_measure(slug: str) -> None:
    touched = [case for case in cases() if slug in case.measures]
    assert unseen(of_measure(RULES, slug), touched) == without_effect(slug)


def test_a_case_sees_each_change_of_what_holds_for_every_entry() -> None:
    assert unseen(of_settings(RULES), cases()) == without_effect("settings")


def test_a_change_that_no_case_shows_has_its_rule() -> None:
    named = set(WINDOW_SAYS_WHAT_THE_SCORE_SAYS) | {name for row in OTHERS for name in row[1]}
    combinations = {row.slug for row in RULES.combinations}
    assert named <= {*RULES.symptoms, *RULES.windows, *combinations, "settings"}


def test_the_check_itself_sees_a_change_without_a_case() -> None:
    """With the guide's cases of one symptom left out, its changes are named."""
    left = [case for case in cases() if "not-wanting-to-live" not in case.symptoms]
    assert "sign thoughts: now to same_day" in unseen(
        of_symptom(RULES, "not-wanting-to-live"), left
    )
