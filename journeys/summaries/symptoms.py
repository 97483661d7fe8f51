"""The part of a summary that check-ins tell: levels, fever, what is new, worse or better."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from content.call_rules import Level, Rules
from content.models import Centre
from journeys.access import Access
from journeys.call_check import limits_of
from journeys.check_in_page import RANKS, score_in_words, shown_level, symptom_name
from journeys.models import CheckIn, SymptomEntry
from journeys.trends import call_now_from, in_unit

URGENT = (Level.AMBULANCE.value, Level.NOW.value, "unchecked")
CALLED = (*URGENT, Level.SAME_DAY.value)


@dataclass(frozen=True)
class Call:
    """A check-in that asked for a call, with the reasons that were found then."""

    on: date
    level: str
    level_name: str
    reasons: tuple[str, ...]

    @property
    def is_urgent(self) -> bool:
        return self.level in URGENT


@dataclass(frozen=True)
class FeverDay:
    """A day on which the temperature reached the limit in force, with its highest reading."""

    on: date
    highest: str


class Course(TextChoices):
    """How a symptom went, against the same length of time before."""

    NEW = "new", _("new")
    WORSE = "worse", _("worse")
    SAME = "same", _("as before")
    BETTER = "better", _("better")
    GONE = "gone", _("gone")


@dataclass(frozen=True)
class SymptomCourse:
    name: str
    course: Course
    worst: str
    on: date | None
    days: int
    before: str


def calls(entries: Iterable[SymptomEntry], access: Access, rules: Rules) -> list[Call]:
    """Return the check-ins that asked for a call, the strongest first, then the newest."""
    check_ins: dict[object, CheckIn] = {row.check_in_id: row.check_in for row in entries}
    found = []
    for row in check_ins.values():
        level, reasons, _unchecked = shown_level(row, access)
        if level not in CALLED:
            continue
        text = rules.levels.get(level)
        name = text.name if text else str(_("could not be checked"))
        strongest = [reason for reason in reasons if reason["level"] == level] or reasons
        texts = tuple(reason["text"] for reason in strongest)
        found.append(Call(row.occurred_on, level, name, texts))
    found.sort(key=lambda call: (-RANKS.get(call.level, RANKS[Level.NOW]), -call.on.toordinal()))
    return found


def fever_days(
    entries: Iterable[SymptomEntry], access: Access, rules: Rules, centre: Centre
) -> list[FeverDay]:
    """Return the days with a temperature at the limit that counts for this person, oldest first."""
    unit = access.journey.temperature_unit
    rule = next((row for row in rules.symptoms.values() if row.is_fever), None)
    in_force = limits_of(access.journey, rules, centre).fever_limit(unit)
    limit = call_now_from(rule, unit, in_force) if rule else None
    highest: dict[date, tuple[object, str]] = {}
    for row in entries:
        reading = row.reading("temperature") if rule and row.symptom == rule.slug else None
        if reading is None or limit is None:
            continue
        value = in_unit(Decimal(reading["value"]), reading["unit"], unit)
        day = row.check_in.occurred_on
        if value >= limit and (day not in highest or value > highest[day][0]):
            highest[day] = value, f"{reading['value']} °{reading['unit']}"
    return [FeverDay(day, said) for day, (_value, said) in sorted(highest.items())]


def courses(
    now: Iterable[SymptomEntry], before: Iterable[SymptomEntry], rules: Rules
) -> list[SymptomCourse]:
    """Return how each scored symptom went; what is new or worse comes first.

    `before` are the entries of the same length of time before. A symptom that was not asked then
    is new; one that is not there any more is only told when it was there before.
    """
    grouped = _scored(now), _scored(before)
    found = []
    for key in dict.fromkeys([*grouped[0], *grouped[1]]):
        rows, earlier = (group.get(key, []) for group in grouped)
        worst = max(rows, key=lambda row: (row.score, row.check_in.occurred_at), default=None)
        worst_before = max(earlier, key=lambda row: row.score, default=None)
        course = _course(worst, worst_before)
        if course is None:
            continue
        days = {row.check_in.occurred_on for row in rows if row.score}
        found.append(
            SymptomCourse(
                name=symptom_name(worst or worst_before, rules),
                course=course,
                worst=score_in_words(worst, rules) if worst and worst.score else "",
                on=worst.check_in.occurred_on if worst and worst.score else None,
                days=len(days),
                before=score_in_words(worst_before, rules) if worst_before else "",
            )
        )
    order = list(Course)
    return sorted(found, key=lambda row: (order.index(row.course), -row.days, row.name))


def _scored(entries: Iterable[SymptomEntry]) -> dict[tuple[str, str], list[SymptomEntry]]:
    grouped: dict[tuple[str, str], list[SymptomEntry]] = defaultdict(list)
    for row in entries:
        if row.score is not None:
            grouped[row.symptom, row.own_name].append(row)
    return grouped


def _course(worst: SymptomEntry | None, before: SymptomEntry | None) -> Course | None:
    now, then = (row.score if row else None for row in (worst, before))
    if not now:
        # Nobody asked about it any more: that is not "gone".
        return Course.GONE if then and now == 0 else None
    if not then:
        return Course.NEW
    if now == then:
        return Course.SAME
    return Course.WORSE if now > then else Course.BETTER
