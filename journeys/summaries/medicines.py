"""The part of a summary that medicines and the treatment log tell."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from journeys.access import Access
from journeys.medicines import medicines_of
from journeys.models import Dose, DosePlan


@dataclass(frozen=True)
class Taken:
    """A medicine that is taken, or was until lately; what differed since the day asked for."""

    name: str
    plan: DosePlan | None
    changed_on: date | None
    ended_on: date | None
    missed: int
    changed: int


def taken(access: Access, since: date, until: date) -> list[Taken]:
    """Return what is taken on `until`, then what was stopped since `since`: three queries.

    Doses that nobody wrote down are not counted: they may have been taken.
    """
    doses = (
        access.journey.doses.readable_by(access.user)
        .between(since, until)
        .exclude(outcome=Dose.Outcome.TAKEN)
        .values_list("medicine_id", "outcome")
    )
    differed = Counter(doses)
    found = []
    for row in medicines_of(access):
        plan = row.plan_on(min(until, row.ended_on or until))
        if plan is None or (row.ended_on and row.ended_on < since):
            continue
        begun = plan.begins_on
        is_first = not any(other.begins_on < begun for other in row.plans.all())
        found.append(
            Taken(
                name=row.name,
                plan=plan,
                changed_on=begun if begun > since and not is_first else None,
                ended_on=row.ended_on if row.ended_on and row.ended_on <= until else None,
                missed=differed[row.pk, Dose.Outcome.MISSED],
                changed=differed[row.pk, Dose.Outcome.CHANGED],
            )
        )
    return sorted(found, key=lambda row: row.ended_on is not None)
