"""Every sensible way to change one rule of the call levels once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from content.call_rules import Level, Rules, Sign, SymptomRules, Threshold

LEVELS = list(Level)
# The smallest step of a number: the forms take two decimals, of a centre's limit one. These units
# are counted in whole.
WHOLE = ("count", "points", "days", "mmHg", "mg/dL", "min")
STEP, STEP_OF_CENTRE = Decimal("0.01"), Decimal("0.1")
OTHER_OP = {">=": ">", ">": ">=", "<=": "<", "<": "<="}
SCORES = range(5)


@dataclass(frozen=True)
class Change:
    """One rule, what was done to it, and the table with nothing else changed."""

    rule: str
    what: str
    rules: Rules

    @property
    def name(self) -> str:
        return f"{self.rule}: {self.what}"


def beside(level: Level) -> Iterator[tuple[str, Level]]:
    """The levels next to this one."""
    if level.rank > 0:
        yield f"{level} to {LEVELS[level.rank - 1]}", LEVELS[level.rank - 1]
    if level.rank < len(LEVELS) - 1:
        yield f"{level} to {LEVELS[level.rank + 1]}", LEVELS[level.rank + 1]


def moved(value: Decimal, unit: str, step: Decimal = STEP) -> Iterator[tuple[str, Decimal]]:
    step = Decimal(1) if unit in WHOLE else step
    yield f"{value} to {value - step} {unit}", value - step
    yield f"{value} to {value + step} {unit}", value + step


def levels_beside(levels: tuple[Level, ...]) -> Iterator[tuple[int, str, tuple[Level, ...]]]:
    """Change one of five levels: the score, what was done, all five."""
    for score, level in enumerate(levels):
        for what, other in beside(level):
            yield score, what, (*levels[:score], other, *levels[score + 1 :])


def without(mapping: Mapping, key: Any) -> dict:
    return {name: value for name, value in mapping.items() if name != key}


def placed(items: tuple, place: int, *instead: Any) -> tuple:
    """The items with others, or with none, in this place."""
    return (*items[:place], *instead, *items[place + 1 :])


# --- One symptom --------------------------------------------------------------------------------
def of_symptom(rules: Rules, slug: str) -> Iterator[Change]:
    yield Change("symptom", "removed", replace(rules, symptoms=without(rules.symptoms, slug)))
    for part in (_scores, _window_levels, _signs, _thresholds, _after):
        for rule, what, symptom in part(rules.symptoms[slug]):
            symptoms = {**rules.symptoms, slug: symptom}
            yield Change(rule, what, replace(rules, symptoms=symptoms))


Found = Iterator[tuple[str, str, SymptomRules]]


def _scores(symptom: SymptomRules) -> Found:
    for score, anchor in symptom.anchors.items():
        rule = f"score {score}"
        yield rule, "removed", replace(symptom, anchors=without(symptom.anchors, score))
        for what, level in beside(anchor.level):
            anchors = {**symptom.anchors, score: replace(anchor, level=level)}
            yield rule, what, replace(symptom, anchors=anchors)
    if symptom.score_from:
        yield "score_from", "removed", replace(symptom, score_from="")


def _window_levels(symptom: SymptomRules) -> Found:
    rows = symptom.window_levels
    for window, levels in rows.items():
        rule = f"window {window}"
        yield rule, "removed", replace(symptom, window_levels=without(rows, window))
        for score, what, five in levels_beside(levels):
            changed = replace(symptom, window_levels={**rows, window: five})
            yield f"{rule} score {score}", what, changed


def _signs(symptom: SymptomRules) -> Found:
    for slug, sign in symptom.signs.items():
        rule = f"sign {slug}"
        yield rule, "removed", replace(symptom, signs=without(symptom.signs, slug))
        for what, other in _changed_signs(sign):
            yield rule, what, replace(symptom, signs={**symptom.signs, slug: other})


def _changed_signs(sign: Sign) -> Iterator[tuple[str, Sign]]:
    for what, level in beside(sign.level):
        yield what, replace(sign, level=level)
    raised = sign.level_by_window
    for window, level in raised.items():
        yield f"{window} dropped", replace(sign, level_by_window=without(raised, window))
        for what, other in beside(level):
            yield f"{window} {what}", replace(sign, level_by_window={**raised, window: other})


def _thresholds(symptom: SymptomRules) -> Found:
    rows = symptom.thresholds
    for place, row in enumerate(rows):
        words = (row.measure, row.op, row.value, row.unit, row.when_window, row.when_sign)
        rule = " ".join(str(word) for word in words if word)
        yield rule, "removed", replace(symptom, thresholds=placed(rows, place))
        for what, other in _changed_thresholds(row):
            yield rule, what, replace(symptom, thresholds=placed(rows, place, other))


def _changed_thresholds(row: Threshold) -> Iterator[tuple[str, Threshold]]:
    for what, level in beside(row.level):
        yield what, replace(row, level=level)
    for what, value in moved(row.value, row.unit):
        yield what, replace(row, value=value)
    yield f"{row.op} to {OTHER_OP[row.op]}", replace(row, op=OTHER_OP[row.op])
    for name in ("when_window", "when_sign", "replace_by"):
        if getattr(row, name):
            yield f"{name} dropped", replace(row, **{name: ""})


def _after(symptom: SymptomRules) -> Found:
    for other in {"same", "step_down"} - {symptom.after_rule}:
        if symptom.anchors or symptom.thresholds:
            yield "after", f"{symptom.after_rule} to {other}", replace(symptom, after_rule=other)
    for score, what, five in levels_beside(symptom.after_levels):
        yield f"after score {score}", what, replace(symptom, after_levels=five)


# --- Combinations -------------------------------------------------------------------------------
def of_combinations(rules: Rules) -> Iterator[Change]:
    rows = rules.combinations
    for place, row in enumerate(rows):

        def changed(what: str, *instead: Any, place: int = place, slug: str = row.slug) -> Change:
            return Change(slug, what, replace(rules, combinations=placed(rows, place, *instead)))

        yield changed("removed")
        yield changed("switched off", replace(row, enabled=False))
        for what, level in beside(row.level):
            yield changed(what, replace(row, level=level))
        for what, conditions in _changed_conditions(row.conditions):
            yield changed(what, replace(row, conditions=conditions))


def _changed_conditions(conditions: tuple) -> Iterator[tuple[str, tuple]]:
    for place, item in enumerate(conditions):
        yield f"without {item}", placed(conditions, place)
        if "any" not in item:
            for what, atom in _changed_atoms(item):
                yield f"{item} {what}", placed(conditions, place, atom)
            continue
        atoms = tuple(item["any"])
        for inner, atom in enumerate(atoms):
            fewer = {"any": list(placed(atoms, inner))}
            yield f"without {atom}", placed(conditions, place, fewer)
            for what, other in _changed_atoms(atom):
                choice = {"any": list(placed(atoms, inner, other))}
                yield f"{atom} {what}", placed(conditions, place, choice)


def _changed_atoms(atom: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "min_score" in atom:
        for score in (atom["min_score"] - 1, atom["min_score"] + 1):
            if score in SCORES:
                yield f"from {score} on", {**atom, "min_score": score}
    if "measure" in atom:
        for unit, limit in atom["value"].items():
            for what, value in moved(Decimal(str(limit)), unit):
                yield what, {**atom, "value": {**atom["value"], unit: value}}
        yield f"op {OTHER_OP[atom['op']]}", {**atom, "op": OTHER_OP[atom["op"]]}


# --- Windows, numbers, and what holds for every entry -------------------------------------------
def of_window(rules: Rules, slug: str) -> Iterator[Change]:
    row = rules.windows[slug]

    def changed(what: str, **fields: Any) -> Change:
        windows = {**rules.windows, slug: replace(row, **fields)}
        return Change(slug, what, replace(rules, windows=windows))

    yield Change(slug, "removed", replace(rules, windows=without(rules.windows, slug)))
    for place, phase in enumerate(row.unknown_present_in):
        yield changed(f"not in {phase}", unknown_present_in=placed(row.unknown_present_in, place))
    for name in ("days", "hours"):
        for other in (-1, 1) if getattr(row, name) else ():
            yield changed(f"{name} {other:+}", **{name: getattr(row, name) + other})
    yield changed(f"any {not row.counts_as_any}", counts_as_any=not row.counts_as_any)


def of_measure(rules: Rules, slug: str) -> Iterator[Change]:
    row = rules.measures[slug]

    def changed(what: str, plausible: dict) -> Change:
        measures = {**rules.measures, slug: replace(row, plausible=plausible)}
        return Change(slug, what, replace(rules, measures=measures))

    for unit in row.plausible:
        yield changed(f"{unit} unknown", without(row.plausible, unit))
    for what, plausible in _changed_ranges(row.plausible):
        yield changed(what, plausible)


def _changed_ranges(
    ranges: Mapping[str, tuple[Decimal, Decimal]], step: Decimal = STEP
) -> Iterator[tuple[str, dict]]:
    for unit, (low, high) in ranges.items():
        for what, other in moved(low, unit, step):
            yield f"from {what}", {**ranges, unit: (other, high)}
        for what, other in moved(high, unit, step):
            yield f"up to {what}", {**ranges, unit: (low, other)}


def of_settings(rules: Rules) -> Iterator[Change]:
    settings = rules.settings

    def changed(rule: str, what: str, **fields: Any) -> Change:
        return Change(rule, what, replace(rules, settings=replace(settings, **fields)))

    for name in ("active_phases", "after_phases"):
        phases = getattr(settings, name)
        for place, phase in enumerate(phases):
            yield changed(name, f"without {phase}", **{name: placed(phases, place)})
    for score, what, five in levels_beside(settings.own_levels):
        yield changed(f"own symptom score {score}", what, own_levels=five)
    for level, lower in settings.step_down.items():
        yield changed("step_down", f"no {level}", step_down=without(settings.step_down, level))
        for what, other in beside(lower):
            steps = {**settings.step_down, level: other}
            yield changed("step_down", f"{level}: {what}", step_down=steps)
    for unit, value in settings.fever_default.items():
        for what, other in moved(value, unit):
            limits = {**settings.fever_default, unit: other}
            yield changed("fever_default", what, fever_default=limits)
    for name, step in (("centre_limit_range", STEP_OF_CENTRE), ("own_limit_range", STEP)):
        for what, ranges in _changed_ranges(getattr(settings, name), step):
            yield changed(name, what, **{name: ranges})
    for name in ("within_hours", "history_after_hours", "late_after_hours"):
        for other in (-1, 1):
            yield changed(name, f"{other:+}", **{name: getattr(settings, name) + other})
    yield changed("two_same_day", "switched on", two_same_day=not settings.two_same_day)
