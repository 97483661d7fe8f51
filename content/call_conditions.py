"""The conditions of a combination as a clinician reads them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from content.call_checks import UNIT_LABELS
from content.call_rules import Row, Rules

ANYTHING = "*"
SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}


def unit_in_words(unit: str) -> str:
    """Return how a unit is written; nothing for bare counts."""
    return str(UNIT_LABELS.get(unit, unit))


def limit_in_words(op: str, value: object, unit: str) -> str:
    """Return a limit of a number with its unit, like "≥ 38 °C"."""
    return f"{SIGNS.get(op, op)} {value} {unit_in_words(unit)}".strip()


def in_words(conditions: Iterable[Row], rules: Rules) -> str:
    """Return the conditions as one sentence; all of them must be true."""
    return _(" AND ").join(_item(item, rules) for item in conditions)


def _item(item: Row, rules: Rules) -> str:
    if "any" not in item:
        return _atom(item, rules)
    return "(" + _(" or ").join(_atom(atom, rules) for atom in item["any"]) + ")"


def _atom(atom: Row, rules: Rules) -> str:
    if "symptom" in atom:
        words = _("%(symptom)s at %(score)s or more")
        return words % {"symptom": _name(atom["symptom"], rules), "score": atom["min_score"]}
    if "sign" in atom:
        slug, _dot, sign = atom["sign"].partition(".")
        found = rules.symptoms[slug].signs.get(sign) if slug in rules.symptoms else None
        return f"{_name(slug, rules)}: {found.text if found else sign}"
    if "event" in atom:
        words = _("%(symptom)s: a sign that asks for a call today or sooner")
        return words % {"symptom": _name(atom["event"], rules)}
    if "fever" in atom:
        at_limit = _("a temperature at the fever limit in force, or a fever score that means now")
        return at_limit if atom["fever"] else _("no fever")
    if "window" in atom:
        window = rules.windows.get(atom["window"])
        return _("while: %(window)s") % {"window": window.name if window else atom["window"]}
    return _measured(atom, rules)


def _measured(atom: Row, rules: Rules) -> str:
    measure = rules.measures.get(atom["measure"])
    values = atom["value"] if isinstance(atom["value"], dict) else {atom["unit"]: atom["value"]}
    limits = [limit_in_words(atom["op"], value, unit) for unit, value in values.items()]
    return f"{measure.name if measure else atom['measure']} {' / '.join(limits)}"


def _name(slug: str, rules: Rules) -> str:
    if slug == ANYTHING:
        return _("anything else")
    return rules.symptoms[slug].name if slug in rules.symptoms else slug
