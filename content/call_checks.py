"""The single checks: a score, a number, a sign. Each raises what it cannot judge."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, DecimalException
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from content.call_inputs import CannotCheckError, Context, Entry, Reading, in_unit
from content.call_rules import (
    FEVER_LIMIT,
    SCORES,
    Anchor,
    Level,
    MeasureRule,
    Rules,
    SymptomRules,
    Threshold,
)

UNIT_LABELS = {
    "C": "°C",
    "F": "°F",
    "percent": "%",
    "count": "",
    "points": gettext_noop("points"),
    "days": gettext_noop("days"),
    "h": gettext_noop("hours"),
    "min": gettext_noop("minutes"),
}
COMPARE: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    ">=": (ge, gettext_noop("%(name)s: %(measure)s %(value)s, which is %(limit)s or more")),
    ">": (gt, gettext_noop("%(name)s: %(measure)s %(value)s, which is more than %(limit)s")),
    "<=": (le, gettext_noop("%(name)s: %(measure)s %(value)s, which is %(limit)s or less")),
    "<": (lt, gettext_noop("%(name)s: %(measure)s %(value)s, which is less than %(limit)s")),
}


@dataclass(frozen=True)
class Reason:
    """Why a level was given. `kind` is score, number, sign, combination or several."""

    symptom: str
    kind: str
    text: str
    level: Level


def rule_for(entry: Entry, rules: Rules) -> SymptomRules:
    """The rules of an entry; a symptom that the person named has its own small set."""
    if entry.own:
        return _own_rule(rules)
    if entry.symptom not in rules.symptoms:
        raise CannotCheckError(_("We have no rule for this symptom."))
    return rules.symptoms[entry.symptom]


def _own_rule(rules: Rules) -> SymptomRules:
    texts = rules.settings.texts
    anchors = [
        Anchor(score, texts.get(f"own_scale_{score}") or f"{score} / {SCORES[-1]}", level)
        for score, level in enumerate(rules.settings.own_levels)
    ]
    return SymptomRules(
        slug="",
        name=_("Your own symptom"),
        anchors={anchor.score: anchor for anchor in anchors},
    )


# --- A number ---------------------------------------------------------------------------------
def read(reading: Reading, context: Context) -> tuple[MeasureRule, Decimal]:
    """Return what was measured and the number as entered, or raise if it cannot be one."""
    measure = context.rules.measures.get(reading.measure)
    if measure is None:
        raise CannotCheckError(_("We have no rule for one of the numbers."))
    if reading.unit not in measure.plausible:
        words = _("%(measure)s: the unit is missing or is not one we know.")
        raise CannotCheckError(words % {"measure": measure.name})
    low, high = measure.plausible[reading.unit]
    try:
        value = Decimal(str(reading.value))
        possible = value.is_finite() and low <= value <= high
    except DecimalException:
        possible = False
    if not possible:
        words = _("%(measure)s: this number does not seem possible. Check the number and the unit.")
        raise CannotCheckError(words % {"measure": measure.name})
    return measure, value


def check_number(reading: Reading, entry: Entry, rule: SymptomRules, context: Context) -> Reason:
    """The highest level that the thresholds of this measure and unit give."""
    measure, value = read(reading, context)
    rows = [
        row
        for row in rule.thresholds
        if row.measure == reading.measure and row.unit == reading.unit
    ]
    if not rows:
        words = _("%(name)s: we have no rule for this number: %(measure)s.")
        raise CannotCheckError(words % {"name": rule.name, "measure": measure.name})
    best = Reason(entry.symptom, "number", "", Level.NONE)
    for row in rows:
        if row.when_sign and row.when_sign not in entry.signs:
            continue
        if row.when_window and not context.presence(row.when_window):
            continue
        limit = context.fever_limit(row.unit) if row.replace_by == FEVER_LIMIT else None
        # Both sides are exact: decimals as entered, or a limit as an exact fraction.
        left, right = (value, row.value) if limit is None else (Fraction(value), limit)
        compare, words = COMPARE[row.op]
        if not compare(left, right):
            continue
        level = row.level
        if row.plain and not _above_own_limit(value, row, context):
            level = _step_down(level, rule, context)
        if level.rank > best.level.rank:
            text = _(words) % {
                "name": rule.name,
                "measure": measure.name,
                "value": _with_unit(value, row.unit),
                "limit": _with_unit(right, row.unit),
            }
            best = replace(best, text=text, level=level)
    return best


def _above_own_limit(value: Decimal, row: Threshold, context: Context) -> bool:
    """A fever at or above the person's own limit is not lowered, even if it is not confirmed."""
    if row.replace_by != FEVER_LIMIT or context.own_limit is None:
        return False
    return Fraction(value) >= in_unit(context.own_limit, row.unit)


def _step_down(level: Level, rule: SymptomRules, context: Context) -> Level:
    if not context.after or rule.after_rule == "same" or level == Level.AMBULANCE:
        return level
    return context.rules.settings.step_down.get(level, level)


def _with_unit(value: Decimal | Fraction, unit: str) -> str:
    if isinstance(value, Fraction):
        # Only for the eye, after the comparison.
        value = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"))
        value = value.normalize()
    label = UNIT_LABELS.get(unit, unit)
    return f"{value:f} {_(label)}" if label else f"{value:f}"


# --- A score ----------------------------------------------------------------------------------
def valid_score(score: Any) -> bool:
    return isinstance(score, int) and not isinstance(score, bool) and score in SCORES


def check_score(entry: Entry, rule: SymptomRules, context: Context) -> Reason:
    """The level of the score's anchor, or of a window that raises it."""
    score = entry.score
    if not valid_score(score):
        words = _("%(name)s: the answer is not one between 0 and 4.")
        raise CannotCheckError(words % {"name": rule.name})
    if score not in rule.anchors:
        raise CannotCheckError(_("%(name)s: we have no rule for a score.") % {"name": rule.name})
    text = _("%(name)s: %(answer)s") % {"name": rule.name, "answer": rule.anchors[score].text}
    raised = {window: levels[score] for window, levels in rule.window_levels.items()}
    level = _score_level(score, rule, context)
    return Reason(entry.symptom, "score", *_raise(level, raised, text, context))


def _score_level(score: int, rule: SymptomRules, context: Context) -> Level:
    level = rule.anchors[score].level
    if not context.after or level == Level.AMBULANCE:
        return level
    if level == Level.NOW and rule.is_fever and _fever_stays(rule, context):
        return level
    if rule.after_rule == "levels":
        return rule.after_levels[score]
    return _step_down(level, rule, context)


def _fever_stays(rule: SymptomRules, context: Context) -> bool:
    """Whether a fever told by score alone stays as it is after treatment, as its number would."""
    windows = [row.when_window for row in rule.thresholds if row.replace_by and row.when_window]
    return context.own_limit is not None or any(context.presence(window) for window in windows)


def _raise(
    level: Level, by_window: dict[str, Level], text: str, context: Context
) -> tuple[str, Level]:
    """Apply the strongest window that is present. Windows only raise."""
    best, known = ("", level), False
    for window, raised in by_window.items():
        presence = context.presence(window)
        stronger = raised.rank > best[1].rank
        # Between equal ones name a window that is known rather than one that is possible.
        surer = best[0] and raised == best[1] and presence == "known" and not known
        if presence and (stronger or surer):
            best, known = (window, raised), presence == "known"
    if best[0]:
        words = {
            True: _("%(text)s. It counts for more because of this: %(window)s"),
            False: _("%(text)s. It counts for more because this is possible: %(window)s"),
        }
        text = words[known] % {"text": text, "window": _window_name(best[0], context)}
    return text, best[1]


def _window_name(window: str, context: Context) -> str:
    row = context.rules.windows.get(window)
    return row.name if row else _("recent treatment")


# --- A sign -----------------------------------------------------------------------------------
def check_sign(slug: str, entry: Entry, rule: SymptomRules, context: Context) -> Reason:
    """The level of a ticked sign, or of a window that raises it. Signs are never lowered."""
    sign = rule.signs.get(slug)
    if sign is None:
        words = _("%(name)s: one answer is not on our list.")
        raise CannotCheckError(words % {"name": rule.name})
    text = _("%(name)s: %(answer)s") % {"name": rule.name, "answer": sign.text}
    by_window = dict(sign.level_by_window)
    return Reason(entry.symptom, "sign", *_raise(sign.level, by_window, text, context))
