"""Gather the parts of a visit summary, each only as far as the reader may see it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.catalogue import centre as kept_centre
from content.catalogue import rules as load_rules
from content.models import content_revision
from content.procedure_kinds import procedure_kinds
from journeys.access import Access
from journeys.guidance import current_stage
from journeys.models import Appointment, Area, Note, StageEntry
from journeys.procedures import logged
from journeys.summaries.labs import lab_changes
from journeys.summaries.medicines import taken
from journeys.summaries.symptoms import FeverDay, calls, courses, fever_days
from journeys.trends import entries_of
from journeys.weights import Weight, weights_between

# Without a visit before, two weeks back.
USUALLY = timedelta(days=14)
LONGEST = timedelta(days=366)
TOP_QUESTIONS = 3
# One page for a busy doctor: the first rows of each part, and how many more there are.
MOST = {"calls": 6, "symptoms": 10, "labs": 12, "medicines": 14, "procedures": 6}

# What can be left out, with the areas that it tells of. The codes stand in addresses.
PARTS: dict[str, tuple[Promise, frozenset[str]]] = {
    "questions": (_("My questions"), frozenset({Area.QUESTIONS})),
    "calls": (_("Calls and fever"), frozenset({Area.SYMPTOMS})),
    "symptoms": (_("Symptoms"), frozenset({Area.SYMPTOMS})),
    "weight": (_("Weight"), frozenset({Area.SYMPTOMS})),
    "labs": (_("Lab results"), frozenset({Area.LABS})),
    "medicines": (_("Medicines and treatment"), frozenset({Area.MEDICINES})),
}


@dataclass(frozen=True)
class Some:
    """The first rows of a part, and how many more there are."""

    rows: tuple = ()
    more: int = 0

    @classmethod
    def of(cls, rows: list, most: int) -> "Some":
        return cls(tuple(rows[:most]), max(0, len(rows) - most))


@dataclass(frozen=True)
class Summary:
    """What a page shows. A part that is left out, hidden or empty is empty here."""

    since: date
    until: date
    shown: frozenset[str]
    stage: StageEntry | None = None
    appointment: Appointment | None = None
    questions: Some = field(default_factory=Some)
    # Each check-in that said "call now"; of "call today" only how many, and the newest.
    calls: Some = field(default_factory=Some)
    same_day: Some = field(default_factory=Some)
    fever: tuple[FeverDay, ...] = ()
    symptoms: Some = field(default_factory=Some)
    weights: tuple[Weight, ...] = ()
    labs: Some = field(default_factory=Some)
    medicines: Some = field(default_factory=Some)
    # What was done, newest first.
    procedures: Some = field(default_factory=Some)
    notes: tuple[Note, ...] = ()
    # The areas of which it tells, for the log.
    areas: frozenset[str] = frozenset()


def offered_parts(access: Access) -> dict[str, Promise]:
    """Return the parts this reader may see, by code, with their names."""
    return {code: name for code, (name, areas) in PARTS.items() if areas <= access.areas}


def next_appointment(access: Access) -> Appointment | None:
    """Return the visit that a summary is for, if this reader sees it."""
    if not access.sees(Area.APPOINTMENTS):
        return None
    rows = access.journey.appointments.readable_by(access.user)
    return rows.at_hand(timezone.localdate(), timezone.now())


def usual_since(access: Access, appointment: Appointment | None) -> date:
    """Return the day of the last visit of the next one's kind, before today.

    Without one: the last visit of any kind, but two weeks back at least.
    """
    today = timezone.localdate()
    usual = today - USUALLY
    if not access.sees(Area.APPOINTMENTS):
        return usual
    past = access.journey.appointments.readable_by(access.user).past(timezone.now())
    visits = list(past.filter(day__gt=today - LONGEST, day__lt=today).values_list("kind", "day"))
    same = next((day for kind, day in visits if appointment and kind == appointment.kind), None)
    return same or min([usual, *(day for _kind, day in visits[:1])])


def build(
    access: Access,
    since: date,
    *,
    appointment: Appointment | None = None,
    without: Collection[str] = (),
    notes: Collection[uuid.UUID] = (),
) -> Summary:
    """Return the summary from `since` to today without the parts that the person leaves out.

    `notes` are the notes the person chose to show. Times before are compared over the same length.
    """
    until = timezone.localdate()
    shown = frozenset(offered_parts(access)) - frozenset(without)
    parts = _from_check_ins(access, since, until, shown) if shown & {"calls", "symptoms"} else {}
    if "weight" in shown:
        rows = access.journey.check_ins.within(access.areas).readable_by(access.user)
        parts["weights"] = _first_and_last(weights_between(rows, since, until))
    if "labs" in shown:
        parts["labs"] = Some.of(lab_changes(access, since), MOST["labs"])
    if "medicines" in shown:
        parts["medicines"] = Some.of(taken(access, since, until), MOST["medicines"])
        done = access.journey.procedures.readable_by(access.user).since(since).newest_first()
        rows = logged(access, done, procedure_kinds())
        parts["procedures"] = Some.of(rows, MOST["procedures"])
    if "questions" in shown:
        # Those for this visit first, then as the person put them.
        questions = list(access.journey.questions.readable_by(access.user).open())
        if appointment is not None:
            questions.sort(key=lambda row: row.appointment_id != appointment.pk)
        parts["questions"] = Some.of(questions, TOP_QUESTIONS)
    if notes and access.sees(Area.NOTES):
        rows = access.journey.notes.readable_by(access.user).filter(pk__in=notes)
        parts["notes"] = tuple(rows.order_by("noted_on"))
    stage = current_stage(access)
    areas = _areas(shown, bool(parts.get("notes"))) & access.areas
    return Summary(since, until, shown, stage=stage, appointment=appointment, areas=areas, **parts)


def _areas(shown: Collection[str], with_notes: bool) -> frozenset[str]:
    told = {Area.STAGE, Area.APPOINTMENTS}.union(*(PARTS[code][1] for code in shown))
    # Levels and scores are those of mood, too.
    told |= {Area.MOOD} if {"calls", "symptoms"} & set(shown) else set()
    return frozenset(told | ({Area.NOTES} if with_notes else set()))


def _from_check_ins(
    access: Access, since: date, until: date, shown: Collection[str]
) -> dict[str, Any]:
    revision = content_revision()
    rules = load_rules(revision)
    entries = entries_of(access, since - (until - since), until)
    now = [row for row in entries if row.check_in.occurred_on >= since]
    parts: dict[str, Any] = {}
    if "calls" in shown:
        found = calls(now, access, rules)
        parts["calls"] = Some.of([row for row in found if row.is_urgent], MOST["calls"])
        parts["same_day"] = Some.of([row for row in found if not row.is_urgent], 1)
        parts["fever"] = tuple(fever_days(now, access, rules, kept_centre(revision)))
    if "symptoms" in shown:
        before = [row for row in entries if row.check_in.occurred_on < since]
        parts["symptoms"] = Some.of(courses(now, before, rules), MOST["symptoms"])
    return parts


def _first_and_last(weights: list[Weight]) -> tuple[Weight, ...]:
    return (weights[0], weights[-1]) if len(weights) > 1 else tuple(weights)
