"""What several entries of one day give together."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from content.call_checks import COMPARE, Reason, check_sign, read, valid_score
from content.call_inputs import CannotCheckError, Context, Entry, Reading, explain
from content.call_rules import Level, Row, SymptomRules

FEVER_MEASURE = "temperature"


def check_combinations(
    new: Sequence[Entry], earlier: Sequence[Entry], context: Context, whys: list[str]
) -> list[Reason]:
    """The combinations that hold and in which a new entry takes part. Adds to `whys`."""
    reasons = []
    every = [*new, *earlier]
    for row in context.rules.combinations:
        if not row.enabled:
            continue
        try:
            holds = all(_holds(item, every, context) for item in row.conditions)
            if holds and any(_takes_part(item, new, context) for item in row.conditions):
                reasons.append(Reason("", "combination", row.text, row.level))
        except Exception as error:
            whys.append(explain(error))
    return reasons


def _takes_part(item: Row, new: Sequence[Entry], context: Context) -> bool:
    atoms = item.get("any", [item])
    return any("window" not in atom and _holds(atom, new, context) for atom in atoms)


def _holds(item: Row, entries: Iterable[Entry], context: Context) -> bool:
    """Whether one condition of a combination is true of any of the entries."""
    if "any" in item:
        return any(_holds(atom, entries, context) for atom in item["any"])
    if "window" in item:
        return bool(context.presence(item["window"]))
    return any(_true_of(item, entry, context) for entry in entries if _readable(entry))


def _readable(entry: Entry) -> bool:
    """Whether an entry holds what it should; one that does not is unchecked by itself."""
    return isinstance(entry.signs, Collection) and isinstance(entry.readings, Collection)


def _true_of(atom: Row, entry: Entry, context: Context) -> bool:
    rule = None if entry.own else context.rules.symptoms.get(entry.symptom)
    if "symptom" in atom:
        # "*" means anything else: the score of a fever does not stand beside the fever.
        anything = atom["symptom"] == "*" and not (rule and rule.is_fever)
        named = rule is not None and rule.slug == atom["symptom"]
        enough = valid_score(entry.score) and entry.score >= atom["min_score"]
        return enough and (anything or named)
    if "sign" in atom:
        return rule is not None and atom["sign"] in {f"{rule.slug}.{one}" for one in entry.signs}
    if "event" in atom:
        meant = rule is not None and atom["event"] in ("*", rule.slug)
        return meant and _event(entry, rule, context)
    if "measure" in atom:
        return any(_measured(atom, reading, context) for reading in entry.readings)
    if "fever" in atom:
        return _fever(entry, rule, context) is bool(atom["fever"])
    raise ValueError("a condition that the check does not know")


def _event(entry: Entry, rule: SymptomRules, context: Context) -> bool:
    ticked = [slug for slug in entry.signs if slug in rule.signs]
    levels = [check_sign(slug, entry, rule, context).level for slug in ticked]
    return any(level.rank >= Level.SAME_DAY.rank for level in levels)


def _measured(atom: Row, reading: Reading, context: Context) -> bool:
    if reading.measure != atom["measure"]:
        return False
    try:
        value = read(reading, context)[1]
    except CannotCheckError:
        return False  # the entry itself is already unchecked because of it
    limits = atom["value"] if isinstance(atom["value"], dict) else {atom["unit"]: atom["value"]}
    if reading.unit not in limits:
        return False
    return COMPARE[atom["op"]][0](value, Decimal(str(limits[reading.unit])))


def _fever(entry: Entry, rule: SymptomRules | None, context: Context) -> bool:
    """A temperature at or above the limit in force; without a number, a score that says so."""
    limits = context.rules.settings.fever_default
    found = False
    for reading in entry.readings:
        if reading.measure != FEVER_MEASURE:
            continue
        try:
            value = read(reading, context)[1]
        except CannotCheckError:
            continue
        found = True
        limit = context.fever_limit(reading.unit)
        if Fraction(value) >= (Fraction(limits[reading.unit]) if limit is None else limit):
            return True
    if found or rule is None or not rule.is_fever or not valid_score(entry.score):
        return False
    return rule.anchors[entry.score].level.rank >= Level.NOW.rank
