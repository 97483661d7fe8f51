"""The one builder of the table of call levels.

The rows come from the database or from the shipped files; both have the same keys. A row that
cannot be read is left out and its symptom, or the whole table, is marked as broken: what is left
still speaks, and the check says that it could not check everything.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from content.call_rules import (
    OPS,
    SCORES,
    Anchor,
    Combination,
    Level,
    LevelText,
    MeasureRule,
    RedItem,
    Row,
    Rules,
    Settings,
    Sign,
    SymptomRules,
    Threshold,
    WindowRule,
)

logger = logging.getLogger(__name__)

# What the conditions of a combination may say.
ATOMS = (
    {"symptom", "min_score"},
    {"sign"},
    {"event"},
    {"fever"},
    {"window"},
    {"measure", "op", "value"},
    {"measure", "op", "value", "unit"},
)


def build_rules(symptoms: Iterable[Row], call_rules: Mapping[str, Iterable[Row]]) -> Rules:
    """Build the table from rows like those of symptoms.yaml and call_rules.yaml.

    Never raises because of a bad row. Drafts are left out; what is archived still counts.
    """

    def part(name: str, build: Callable[[Row], Any]) -> tuple[Any, ...]:
        built, whole = _each(build, call_rules.get(name))
        # A list with nothing in it was never loaded.
        wholes.append(whole and bool(built))
        return built

    wholes: list[bool] = []
    levels = part("levels", _level)
    windows = part("windows", _window)
    measures = part("measures", _measure)
    combinations = part("combinations", combination)
    settings = part("settings", _settings)
    entries, whole = _each(_symptom, symptoms)
    wholes += [
        whole and bool(entries),
        len(settings) == 1,
        {row.slug for row in levels} == set(Level),
    ]
    rules = Rules(
        levels={row.slug: row for row in levels},
        windows={row.slug: row for row in windows},
        measures={row.slug: row for row in measures},
        symptoms={row.slug: row for row in entries},
        combinations=combinations,
        settings=settings[0] if settings else Settings(),
        broken=not all(wholes),
    )
    digest = hashlib.sha256(repr(rules).encode()).hexdigest()
    return replace(rules, version=f"{rules.settings.version}-{digest[:12]}")


def combination(row: Row) -> Combination:
    """Build one combination. Raises when it names something that the check does not know."""
    conditions = tuple(_sorted(item) for item in row["conditions"])
    choices = [item["any"] if set(item) == {"any"} else [item] for item in conditions]
    known = all(set(atom) in ATOMS for atoms in choices for atom in atoms)
    if not choices or not all(choices) or not known:
        raise ValueError("a combination needs conditions that the check knows")
    return Combination(
        slug=row["slug"],
        level=Level(row["level"]),
        text=row["text"],
        conditions=conditions,
        enabled=bool(row.get("enabled", True)),
    )


def _each(build: Callable[[Row], Any], rows: Iterable[Row] | None) -> tuple[tuple[Any, ...], bool]:
    """Build each row. Returns what could be built, and whether that was everything."""
    built, whole = [], True
    for row in sorted(rows or (), key=_order):
        try:
            if row.get("status") != "draft":
                built.append(build(row))
        except Exception as error:
            logger.error("A row of the call levels could not be read: %s", type(error).__name__)
            whole = False
    return tuple(built), whole


def _order(row: Any) -> int:
    order = row.get("order") if isinstance(row, Mapping) else None
    return order if isinstance(order, int) else 0


def _sorted(value: Any) -> Any:
    """Put the keys in one order: a database may give them back in another."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _number(value: Any) -> Decimal:
    """The exact number; 38.0 and 38.00 become the same value, so that the version stays."""
    return Decimal(f"{Decimal(str(value)).normalize():f}")


def _ranges(value: Mapping[str, Any]) -> dict[str, tuple[Decimal, Decimal]]:
    return {unit: (_number(low), _number(high)) for unit, (low, high) in sorted(value.items())}


def _five(levels: Iterable[str]) -> tuple[Level, ...]:
    five = tuple(Level(level) for level in levels)
    if len(five) != len(SCORES):
        raise ValueError("five levels are needed, one for each score")
    return five


def _level(row: Row) -> LevelText:
    return LevelText(Level(row["slug"]), row["name"], row["act"])


def _window(row: Row) -> WindowRule:
    return WindowRule(
        slug=row["slug"],
        name=row["name"],
        question=row.get("question", ""),
        length=row.get("length", ""),
        days=row.get("days"),
        hours=row.get("hours"),
        counts_as_any=bool(row["counts_as_any"]),
        unknown_present_in=tuple(row["unknown_present_in"]),
    )


def _measure(row: Row) -> MeasureRule:
    return MeasureRule(
        slug=row["slug"],
        name=row["name"],
        units=tuple(row["units"]),
        plausible=_ranges(row["plausible"]),
        methods=tuple(row.get("methods") or ()),
        remark=row.get("remark", ""),
    )


def _anchor(row: Row) -> Anchor:
    return Anchor(int(row["score"]), row["text"], Level(row["level"]))


def _sign(row: Row) -> Sign:
    by_window = row.get("level_by_window") or {}
    return Sign(
        slug=row["slug"],
        text=row["text"],
        level=Level(row["level"]),
        level_by_window={window: Level(level) for window, level in sorted(by_window.items())},
    )


def _threshold(row: Row) -> Threshold:
    if row["op"] not in OPS:
        raise ValueError("a threshold compares by >=, >, <= or <")
    return Threshold(
        measure=row["measure"],
        op=row["op"],
        value=_number(row["value"]),
        unit=row["unit"],
        level=Level(row["level"]),
        when_window=row.get("when_window", ""),
        when_sign=row.get("when_sign", ""),
        replace_by=row.get("replace_by", ""),
    )


def _window_levels(row: Row) -> tuple[str, tuple[Level, ...]]:
    return row["window"], _five(row["levels"])


def _after(row: Row) -> tuple[str, tuple[Level, ...]]:
    rule = row["after_rule"]
    if rule not in ("same", "step_down", "levels"):
        raise ValueError("no such rule for the time after treatment")
    return rule, _five(row["after_levels"]) if rule == "levels" else ()


def _symptom(row: Row) -> SymptomRules:
    anchors, anchors_whole = _each(_anchor, row.get("anchors"))
    signs, signs_whole = _each(_sign, row.get("signs"))
    thresholds, thresholds_whole = _each(_threshold, row.get("thresholds"))
    windows, windows_whole = _each(_window_levels, row.get("window_levels"))
    whole = anchors_whole and signs_whole and thresholds_whole and windows_whole
    # A threshold that waits for a sign nobody can tick would never speak.
    whole &= {row.when_sign for row in thresholds} <= {sign.slug for sign in signs} | {""}
    scores = [anchor.score for anchor in anchors]
    if sorted(scores) != (list(SCORES) if scores or row["kind"] == "scored" else []):
        whole = False
    try:
        after_rule, after_levels = _after(row)
    except (KeyError, TypeError, ValueError):
        after_rule, after_levels, whole = "same", (), False
    return SymptomRules(
        slug=row["slug"],
        name=row["name"],
        kind=row["kind"],
        area=row.get("area", "symptoms"),
        do_now=row.get("do_now", ""),
        do_not=row.get("do_not", ""),
        score_from=row.get("score_from", ""),
        after_rule=after_rule,
        after_levels=after_levels,
        anchors={anchor.score: anchor for anchor in sorted(anchors, key=lambda one: one.score)},
        signs={sign.slug: sign for sign in signs},
        thresholds=tuple(sorted(thresholds, key=repr)),
        window_levels=dict(sorted(windows)),
        topics=tuple(row.get("topics") or ()),
        listed=row.get("status", "published") == "published",
        broken=not whole,
        number=row.get("number", 0),
    )


def _settings(row: Row) -> Settings:
    values = row["values"]
    limits = values["fever_limit"]
    step_down = values["step_down"]
    return Settings(
        version=str(row["version"]),
        active_phases=tuple(values["active_phases"]),
        after_phases=tuple(values["after_phases"]),
        own_levels=_five(values["own_levels"]),
        within_hours=_number(values["within_hours"]),
        history_after_hours=_number(values["history_after_hours"]),
        late_after_hours=_number(values["late_after_hours"]),
        step_down={Level(key): Level(step_down[key]) for key in sorted(step_down)},
        fever_default={unit: _number(limits["default"][unit]) for unit in ("C", "F")},
        centre_limit_range=_ranges(limits["centre"]),
        own_limit_range=_ranges(limits["own"]),
        two_same_day=values["two_same_day"] is True,
        texts=dict(sorted(values["texts"].items())),
        red_list=tuple(RedItem(item["text"], Level(item["level"])) for item in values["red_list"]),
    )
