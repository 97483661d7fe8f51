"""From what a person entered to what to do: pure, without database or request.

It fails toward calling: what cannot be checked is said to be unchecked, never taken for harmless,
and a call that another input of the same check-in asks for still shows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from content.call_checks import Reason, check_number, check_score, check_sign, rule_for
from content.call_combinations import check_combinations
from content.call_inputs import Context, Entry, Reading, Situation, explain, looser_than
from content.call_rules import Level, RedItem, Rules, SymptomRules

__all__ = [
    "Entry",
    "EntryVerdict",
    "Level",
    "Reading",
    "Reason",
    "RedItem",
    "Rules",
    "Situation",
    "SymptomRules",
    "Verdict",
    "assess",
    "looser_than",
    "red_list",
]


@dataclass(frozen=True)
class EntryVerdict:
    """One entry's own part. `level` is "" when it could not be checked or is history."""

    symptom: str
    level: str
    reasons: tuple[Reason, ...] = ()
    unchecked: bool = False
    unchecked_why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """The level of a whole check-in; `by_entry` follows the order of the entries.

    `level` is "" when the check-in is history, or when it is unchecked and nothing in it asks for
    a call: an unchecked check-in never says that something may wait.
    """

    level: str
    reasons: tuple[Reason, ...] = ()
    by_entry: tuple[EntryVerdict, ...] = ()
    unchecked: bool = False
    unchecked_why: tuple[str, ...] = ()
    late: bool = False
    history: bool = False
    version: str = ""

    @property
    def outcome(self) -> str:
        """The level, or "history" or "unchecked" when there is none."""
        return "history" if self.history else self.level or "unchecked"


def assess(
    entries: Sequence[Entry], situation: Situation, rules: Rules, earlier: Sequence[Entry] = ()
) -> Verdict:
    """Find the level of one check-in. Never raises.

    `earlier` are entries of the last `rules.settings.within_hours`: they count only together with
    a new entry, in combinations.
    """
    try:
        return _assess(tuple(entries), situation, rules, tuple(earlier))
    except Exception as error:
        version = getattr(rules, "version", "")
        return Verdict("", unchecked=True, unchecked_why=(explain(error),), version=version)


def red_list(rules: Rules) -> list[RedItem]:
    """The signs that mean call now: the curated lines, else every such sign of the table."""
    if rules.settings.red_list:
        return list(rules.settings.red_list)
    return [
        RedItem(_("%(name)s: %(answer)s") % {"name": symptom.name, "answer": sign.text}, sign.level)
        for symptom in rules.symptoms.values()
        for sign in symptom.signs.values()
        if sign.level.rank >= Level.NOW.rank
    ]


def _assess(
    entries: tuple[Entry, ...], situation: Situation, rules: Rules, earlier: tuple[Entry, ...]
) -> Verdict:
    whys: list[str] = []
    age = _age(situation, whys)
    if age is not None and age > rules.settings.history_after_hours:
        parts = tuple(EntryVerdict(entry.symptom, "") for entry in entries)
        return Verdict("", by_entry=parts, history=True, version=rules.version)
    context = Context.of(situation, rules)
    whys += context.problems
    parts = tuple(_assess_entry(entry, context) for entry in entries)
    reasons = [reason for part in parts for reason in part.reasons]
    reasons += check_combinations(entries, earlier, context, whys)
    if rules.settings.two_same_day and [part.level for part in parts].count(Level.SAME_DAY) > 1:
        reasons.append(Reason("", "several", _("Several things need a call today"), Level.NOW))
    if rules.broken:
        whys.append(_("A part of our rules could not be read."))
    if not entries and not situation.weighed:
        whys.append(_("Nothing was entered that we can check."))
    whys += [why for part in parts for why in part.unchecked_why]
    level, reasons = _judge(reasons, unchecked=bool(whys))
    return Verdict(
        level=level,
        reasons=tuple(reasons),
        by_entry=parts,
        unchecked=bool(whys),
        unchecked_why=tuple(dict.fromkeys(whys)),
        late=age is None or age > rules.settings.late_after_hours,
        version=rules.version,
    )


def _age(situation: Situation, whys: list[str]) -> Decimal | None:
    """The age of the check-in, or None: then it is treated as fresh, and said to be unchecked."""
    try:
        age = Decimal(str(situation.age_hours))
        if not age.is_finite():
            raise ValueError("no age")
        return age
    except Exception as error:
        whys.append(explain(error))
        return None


def _assess_entry(entry: Entry, context: Context) -> EntryVerdict:
    """Check every input of one entry for itself, so that one that fails hides no other."""
    reasons: list[Reason] = []
    whys: list[str] = []

    def attempt(check: Callable[[], Reason]) -> bool:
        try:
            reasons.append(check())
            return True
        except Exception as error:
            whys.append(explain(error))
            return False

    def each(inputs: Callable[[], Iterable]) -> list:
        try:
            return list(inputs())
        except Exception as error:
            whys.append(explain(error))
            return []

    try:
        rule = rule_for(entry, context.rules)
    except Exception as error:
        return EntryVerdict(entry.symptom, "", unchecked=True, unchecked_why=(explain(error),))
    numbers = set()
    for reading in each(lambda: entry.readings):
        if attempt(lambda one=reading: check_number(one, entry, rule, context)):
            numbers.add(reading.measure)
    # A usable number decides in place of its score; one that cannot be used does not.
    if entry.score is not None and rule.score_from not in numbers:
        attempt(lambda: check_score(entry, rule, context))
    for slug in each(lambda: sorted(entry.signs, key=str)):
        attempt(lambda one=slug: check_sign(one, entry, rule, context))
    if rule.broken:
        whys.append(_("%(name)s: a part of our rules could not be read.") % {"name": rule.name})
    # A sign of level none only switches another rule on: alone it says nothing.
    if not whys and not any(reason.kind != "sign" or reason.level.rank for reason in reasons):
        whys.append(_("%(name)s: nothing was entered that we can check.") % {"name": rule.name})
    level, reasons = _judge(reasons, unchecked=bool(whys))
    return EntryVerdict(
        symptom=entry.symptom,
        level=level,
        reasons=tuple(reasons),
        unchecked=bool(whys),
        unchecked_why=tuple(dict.fromkeys(whys)),
    )


def _judge(reasons: list[Reason], *, unchecked: bool) -> tuple[str, list[Reason]]:
    """The highest level and its reasons, strongest first. Nothing that is unchecked calms."""
    least = Level.SAME_DAY.rank if unchecked else Level.SELF_CARE.rank
    kept = [reason for reason in reasons if reason.level.rank >= least]
    kept.sort(key=lambda reason: -reason.level.rank)
    if kept:
        return kept[0].level, kept
    return "" if unchecked else Level.NONE, []
