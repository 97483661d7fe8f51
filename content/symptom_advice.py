"""What the page of a symptom says about calling, to a reader of whom nothing is known.

A recent medicine or procedure can raise a level. Where the page does not know, it assumes the risk.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.call_checks import UNIT_LABELS
from content.call_rules import Level, LevelText, Rules, SymptomRules, Threshold
from content.red_path import LevelSigns, by_level

WORDS = {
    ">=": gettext_lazy("%(measure)s: %(value)s or more"),
    ">": gettext_lazy("%(measure)s: more than %(value)s"),
    "<=": gettext_lazy("%(measure)s: %(value)s or less"),
    "<": gettext_lazy("%(measure)s: less than %(value)s"),
}


@dataclass(frozen=True)
class ScaleStep:
    """One number of the scale: what it feels like and the highest level that it can give."""

    score: int
    text: str
    level: LevelText


def scale(rules: Rules, rule: SymptomRules) -> list[ScaleStep]:
    """Return the scale of a symptom; empty when it is not scored."""
    return [
        ScaleStep(anchor.score, anchor.text, _text(rules, _highest_of_score(rule, anchor.score)))
        for anchor in rule.anchors.values()
    ]


def signs(rules: Rules, rule: SymptomRules) -> list[LevelSigns]:
    """Return the signs and numbers that ask for something, the most urgent first."""
    highest: dict[str, Level] = {}
    for sign in rule.signs.values():
        highest[sign.text] = _highest(sign.level, *sign.level_by_window.values())
    for row in rule.thresholds:
        text = _number(rules, rule, row)
        highest[text] = _highest(row.level, highest.get(text, Level.NONE))
    # A sign without a level of its own only switches the rule of a number on.
    found = [(level, text) for text, level in highest.items() if level is not Level.NONE]
    return by_level(found, rules)


def _highest(*levels: Level) -> Level:
    return max(levels, key=lambda level: level.rank)


def _highest_of_score(rule: SymptomRules, score: int) -> Level:
    in_windows = (levels[score] for levels in rule.window_levels.values())
    return _highest(rule.anchors[score].level, *in_windows)


def _text(rules: Rules, level: Level) -> LevelText:
    return rules.levels.get(level) or LevelText(level, level.label, "")


def _number(rules: Rules, rule: SymptomRules, row: Threshold) -> str:
    measure = rules.measures.get(row.measure)
    label = str(UNIT_LABELS.get(row.unit, row.unit))
    text = WORDS[row.op] % {
        "measure": measure.name if measure else row.measure,
        "value": f"{row.value} {_(label) if label else ''}".strip(),
    }
    if row.when_sign in rule.signs:
        text = _("%(number)s, and: %(sign)s") % {
            "number": text,
            "sign": rule.signs[row.when_sign].text,
        }
    return text
