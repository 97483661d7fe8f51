"""The treatment summary and follow-up plan: what the dated records say, as far as a reader sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from content.index import Index, content_index
from content.models import LabKind, content_revision
from content.procedure_kinds import procedure_kinds
from content.relevance import Ranked, StageContext
from journeys.access import Access
from journeys.guidance import stages_of
from journeys.lab_trend import latest_results
from journeys.lab_words import as_printed, lab_kinds
from journeys.medicines import medicines_of
from journeys.models import Appointment, Area, FollowUpPlan, StageEntry
from journeys.procedures import Logged, logged

# The phase whose topics of the guide tell what to watch.
AFTER = "after"
MOST_TOPICS, MOST_VISITS = 6, 12


@dataclass(frozen=True)
class PhaseRow:
    """A part of treatment with its classification, from the first day to the last, or until now."""

    begun_on: date
    ended_on: date | None
    phase: str
    classification: str


@dataclass(frozen=True)
class MedicineRow:
    name: str
    begun_on: date | None
    ended_on: date | None


@dataclass(frozen=True)
class AfterTreatment:
    """What the page tells. A part that is hidden or empty is empty here."""

    plan: FollowUpPlan | None
    diagnosis: tuple[str, ...]
    phases: tuple[PhaseRow, ...]
    procedures: tuple[Logged, ...]
    medicines: tuple[MedicineRow, ...]
    results: tuple[tuple[str, str, date], ...]
    visits: tuple[tuple[str, Appointment], ...]
    topics: tuple[Ranked, ...]


def after_treatment(access: Access) -> AfterTreatment:
    """Gather the summary for this reader: who sees medicines, and more only as it is shared."""
    revision = content_revision()
    index = content_index(revision)
    stages = stages_of(access)
    done = access.journey.procedures.readable_by(access.user).order_by("done_on", "created_at")
    role = "patient" if access.is_patient else "caregiver"
    topics = index.topics_for(StageContext(role=role, phases=frozenset({AFTER})))
    return AfterTreatment(
        plan=access.journey.follow_up_plans.select_related("author").first(),
        diagnosis=_diagnosis([row for row, _last in stages], index),
        phases=tuple(_phases(stages, index)),
        procedures=tuple(logged(access, done, procedure_kinds(revision))),
        medicines=tuple(
            MedicineRow(row.name, _first_day(row.plans.all()), row.ended_on)
            for row in medicines_of(access)
        ),
        results=tuple(_results(access, lab_kinds(revision))),
        visits=tuple(_visits(access, index)),
        topics=tuple(topics[:MOST_TOPICS]),
    )


def _diagnosis(stages: list[StageEntry], index: Index) -> tuple[str, ...]:
    """The latest answers about the subtype."""
    found = []
    for answer in ("cell_type", "philadelphia"):
        known = [getattr(row, answer) for row in stages if getattr(row, answer)]
        found += [index.name("subtypes", known[-1])] if known else []
    return tuple(found)


def _phases(stages: list[tuple[StageEntry, date | None]], index: Index) -> list[PhaseRow]:
    return [
        PhaseRow(
            row.started_on,
            last_day,
            index.name("phases", row.phase) if row.phase else "",
            index.name("classifications", row.classification) if row.classification else "",
        )
        for row, last_day in stages
        if row.phase or row.classification
    ]


def _first_day(plans: list) -> date | None:
    return min((plan.begins_on for plan in plans), default=None)


def _results(access: Access, kinds: Mapping[str, LabKind]) -> list[tuple[str, str, date]]:
    if not access.sees(Area.LABS):
        return []
    rows = latest_results(access, kinds, date.min)
    return [(kind.name, as_printed(row), row.report.taken_on) for kind, row in rows]


def _visits(access: Access, index: Index) -> list[tuple[str, Appointment]]:
    if not access.sees(Area.APPOINTMENTS):
        return []
    rows = access.journey.appointments.readable_by(access.user).upcoming(timezone.now())
    return [(row.title or index.name("visit_kinds", row.kind), row) for row in rows[:MOST_VISITS]]
