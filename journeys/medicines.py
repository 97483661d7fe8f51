"""What is due on a day, how it went, and which risks follow from the medicines of a journey."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from content.call_rules import Rules
from content.medicine_names import MedicineNames
from journeys.access import Access
from journeys.models import Dose, DosePlan, OwnMedicine
from journeys.models.medicines import OwnMedicineQuerySet

# How far back the plain count looks.
COUNTED = timedelta(days=14)


@dataclass(frozen=True)
class DueDose:
    """A dose that is due on a day; `dose` is what became of it, if anybody wrote it down."""

    medicine: OwnMedicine
    plan: DosePlan
    on: date
    slot: str
    dose: Dose | None


@dataclass(frozen=True)
class Count:
    """How many doses were due in the last days, and what was written down of them."""

    due: int
    taken: int
    missed: int
    changed: int

    @property
    def open(self) -> int:
        return self.due - self.taken - self.missed - self.changed


def medicines_of(access: Access) -> list[OwnMedicine]:
    """Return the medicines this reader may see, with their plans: two queries."""
    rows = access.journey.medicines.readable_by(access.user)
    return list(rows.with_plans().select_related("author"))


def due_on(medicines: Iterable[OwnMedicine], doses: Iterable[Dose], day: date) -> list[DueDose]:
    """Return every dose that is due on this day, by its time; those without a time come last."""
    known = {(dose.medicine_id, dose.slot): dose for dose in doses if dose.due_on == day}
    found = []
    for medicine in medicines:
        plan = medicine.plan_on(day)
        for slot in plan.slots_on(day) if plan else []:
            found.append(DueDose(medicine, plan, day, slot, known.get((medicine.pk, slot))))
    return sorted(found, key=lambda row: (row.slot or "99", row.medicine.name.lower()))


def count(medicine: OwnMedicine, doses: Iterable[Dose], until: date) -> Count:
    """Count the last 14 days before `until`, which itself may still be open."""
    begin = until - COUNTED
    mine = {(dose.due_on, dose.slot): dose.outcome for dose in doses}
    outcomes: Counter[str] = Counter()
    due = 0
    for place in range(COUNTED.days):
        day = begin + timedelta(days=place)
        plan = medicine.plan_on(day)
        for slot in plan.slots_on(day) if plan else []:
            due += 1
            outcomes[mine.get((day, slot), "")] += 1
    return Count(due, *(outcomes[outcome] for outcome in Dose.Outcome.values))


def windows_from_medicines(
    rows: OwnMedicineQuerySet, rules: Rules, names: MedicineNames, on: date
) -> set[str]:
    """Return the windows of risk that one of these medicines opens on this day.

    Whatever the schedule says: a medicine that was begun and not stopped counts as taken, and one
    that was stopped counts as long as the window lasts. It fails toward calling. Which medicine
    opens which window is content (`opens_window` of the guide's medicines).
    """
    known = names.by_slug
    begun = (
        rows.exclude(guide="")
        .filter(plans__begins_on__lte=on, plans__deleted_at=None)
        .values_list("guide", "ended_on")
        .distinct()
    )
    found = set()
    for slug, ended_on in begun:
        window = rules.windows.get(known[slug].opens_window) if slug in known else None
        if window is None:
            continue
        # Hours count as whole days: of a stop, only the day is known.
        lasts = timedelta(days=window.days or ceil((window.hours or 0) / 24))
        if ended_on is None or ended_on + lasts >= on:
            found.add(window.slug)
    return found
