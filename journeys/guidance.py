"""From a journey to what ranking may know about it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from django.utils import timezone

from content.index import content_index
from content.relevance import Ranked, StageContext
from journeys.access import Access
from journeys.models import Area, StageEntry, SymptomEntry

# Symptoms of the last days bring up what helps with them.
SYMPTOMS_COUNT_FOR = timedelta(days=7)
FEVER = "fever"
WATCHED = 9


@dataclass(frozen=True)
class Standing:
    """Where a journey stands on one day: its stage, and the context for ranking."""

    stage: StageEntry | None
    context: StageContext


def recent_symptoms(access: Access, at: datetime) -> frozenset[str]:
    """Slugs of catalogue symptoms logged lately (score above 0, a sign, or a raised level)."""
    areas = [area for area in (Area.SYMPTOMS, Area.MOOD) if access.sees(area)]
    if not areas:
        return frozenset()
    entries = SymptomEntry.objects.readable_by(access.user).filter(
        journey=access.journey,
        area__in=areas,
        check_in__deleted_at=None,
        check_in__occurred_at__gte=at - SYMPTOMS_COUNT_FOR,
    )
    return frozenset(
        slug
        for slug, level in entries.values_list("symptom", "level")
        if slug and level not in ("none", "")
    )


def current_stage(access: Access, on: date | None = None) -> StageEntry | None:
    """Return the stage on this day (default: today where the reader is), if the reader sees it."""
    if not access.sees(Area.STAGE):
        return None
    rows = access.journey.stage_entries.readable_by(access.user)
    return rows.on(on or timezone.localdate()).first()


def stages_of(access: Access) -> list[tuple[StageEntry, date | None]]:
    """Return the stages this reader sees, the oldest first, each with its last day: one query.

    The last day is None for the one that has no other after it.
    """
    if not access.sees(Area.STAGE):
        return []
    rows = list(
        access.journey.stage_entries.readable_by(access.user).standing().order_by("started_on")
    )
    return [
        (row, after.started_on - timedelta(days=1) if after else None)
        for row, after in zip_longest(rows, rows[1:])
    ]


def standing(access: Access, on: date | None = None, next_visit_kind: str = "") -> Standing:
    """Return the stage on this day (default: today where the reader is) and the context."""
    stage = current_stage(access, on)
    return Standing(
        stage,
        StageContext(
            role="patient" if access.is_patient else "caregiver",
            classifications=frozenset(filter(None, [stage.classification]))
            if stage
            else frozenset(),
            subtypes=stage.subtypes if stage else frozenset(),
            phases=stage.phases if stage else frozenset(),
            symptoms=recent_symptoms(access, timezone.now()),
            visit_kinds=frozenset(filter(None, [next_visit_kind])),
        ),
    )


def areas_of_reasons(rows: Iterable[Ranked], access: Access) -> set[str]:
    """Return the parts of which the reasons of these suggestions tell this reader."""
    rows = list(rows)
    told = {Area.STAGE} if rows else set()
    if any(row.personal for row in rows):
        told |= {Area.SYMPTOMS, Area.MOOD}
    return told & access.areas


def watched_symptoms(context: StageContext, areas: Collection[str]) -> list[str]:
    """Return the slugs that a check-in asks for: the temperature first, whatever the stage."""
    ranked = content_index().symptoms_for(context)
    fit = [row.item.slug for row in ranked if row.item.summary in areas][:WATCHED]
    return [FEVER, *(slug for slug in fit if slug != FEVER)]
