"""What is due on a day, and how it went with the medicines of a journey."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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

    @property
    def anchor(self) -> str:
        """The id of its place on a page."""
        return f"dose-{self.on:%Y%m%d}-{self.medicine.pk}-{self.slot.replace(':', '')}"


@dataclass(frozen=True)
class NeededMedicine:
    """A medicine beside the set times of a day: what was written down, and whether more may be."""

    medicine: OwnMedicine
    on: date
    doses: tuple[Dose, ...]
    offered: bool

    @property
    def anchor(self) -> str:
        """The id of its place on a page."""
        return f"needed-{self.on:%Y%m%d}-{self.medicine.pk}"


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


def rows_of(access: Access) -> OwnMedicineQuerySet:
    """Return the medicines this reader may see, with their plans, not fetched yet."""
    rows = access.journey.medicines.readable_by(access.user)
    return rows.with_plans().select_related("author")


def medicines_of(access: Access) -> list[OwnMedicine]:
    """Return the medicines this reader may see, with their plans: two queries."""
    return list(rows_of(access))


def due_on(medicines: Iterable[OwnMedicine], doses: Iterable[Dose], day: date) -> list[DueDose]:
    """Return every dose that is due on this day, by its time; those without a time come last."""
    known = {(dose.medicine_id, dose.slot): dose for dose in doses if dose.due_on == day}
    found = []
    for medicine in medicines:
        plan = medicine.plan_on(day)
        for slot in plan.slots_on(day) if plan else []:
            found.append(DueDose(medicine, plan, day, slot, known.get((medicine.pk, slot))))
    return sorted(found, key=lambda row: (row.slot or "99", row.medicine.name.lower()))


def when_needed_on(
    medicines: Iterable[OwnMedicine], doses: Iterable[Dose], day: date
) -> list[NeededMedicine]:
    """Return what is taken as needed on this day, and what has doses at times no longer planned."""
    found = []
    for medicine in medicines:
        plan = medicine.plan_on(day)
        slots = plan.slots_on(day) if plan else []
        mine = tuple(
            dose
            for dose in doses
            if dose.medicine_id == medicine.pk and dose.due_on == day and dose.slot not in slots
        )
        offered = plan is not None and plan.schedule == DosePlan.Schedule.AS_NEEDED
        if mine or offered:
            found.append(NeededMedicine(medicine, day, mine, offered))
    return found


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
