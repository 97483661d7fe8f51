"""Same as last time: what a new check-in may take over from the last one, and what it asks anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import prefetch_related_objects

from content.call_rules import Level, Rules
from journeys.access import Access
from journeys.models import CheckIn, SymptomEntry
from journeys.models.symptoms import CheckInQuerySet

# After a month "the same" is a guess.
LOOKS_BACK = timedelta(days=31)
COPIED = {Level.NONE.value, Level.SELF_CARE.value, Level.NEXT_VISIT.value, Level.SAME_DAY.value}


@dataclass(frozen=True)
class LastTime:
    """The last check-in in the form of a new one. `asked_anew` are slugs that stay open."""

    check_in: CheckIn
    scores: Mapping[str, int]
    own: tuple[str, int] | None
    asked_anew: frozenset[str]

    @property
    def shown(self) -> list[str]:
        return [*self.scores, *sorted(self.asked_anew - set(self.scores))]


def last_check_in(rows: CheckInQuerySet, access: Access, now: datetime) -> CheckIn | None:
    """Return the newest check-in of the last month that this person may read."""
    rows = rows.readable_by(access.user).newest_first()
    return rows.filter(occurred_at__gt=now - LOOKS_BACK).first()


def last_time(check_in: CheckIn, access: Access, rules: Rules) -> LastTime:
    """Return what may be copied: scores alone, never a number, a sign, or what meant "call now".

    Rule 6 of the call levels. Whatever was not checked is asked anew, too.
    """
    scores: dict[str, int] = {}
    asked_anew: set[str] = set()
    own = None
    # The log will ask for them once more.
    prefetch_related_objects([check_in], "entries")
    for entry in check_in.entries.all():
        if not access.sees(entry.area):
            continue
        copied = entry.score is not None and _may_be_copied(entry, rules)
        if entry.own_name:
            own = (entry.own_name, entry.score) if copied else own
            continue
        if copied:
            scores[entry.symptom] = entry.score
        if not copied or entry.signs or entry.readings:
            asked_anew.add(entry.symptom)
    return LastTime(check_in, scores, own, frozenset(asked_anew))


def _may_be_copied(entry: SymptomEntry, rules: Rules) -> bool:
    symptom = rules.symptoms.get(entry.symptom)
    # A score that is read from a number is that number in other words.
    measured = symptom is not None and bool(symptom.score_from)
    return entry.level in COPIED and not measured
