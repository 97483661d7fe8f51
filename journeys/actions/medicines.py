"""Add a medicine with its first plan, change its dose from a day on, write a dose down."""

import uuid
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from journeys.models import Dose, DosePlan, Journey, OwnMedicine, User
from journeys.records import change


@transaction.atomic
def add_medicine(
    *,
    medicine: OwnMedicine,
    plan: DosePlan,
    journey: Journey,
    by: User,
    client_id: uuid.UUID | None,
) -> OwnMedicine:
    """Save a new medicine with its plan. A second submit of one form returns the first."""
    said = ("name", "guide", "route", "purpose", "note", "only_me")
    saved, created = OwnMedicine.objects.create_once(
        journey=journey,
        client_id=client_id,
        author=by,
        **{name: getattr(medicine, name) for name in said},
    )
    if created:
        _begin_plan(saved, plan, by=by)
    return saved


@transaction.atomic
def change_dose(
    *, medicine: OwnMedicine, plan: DosePlan, by: User, client_id: uuid.UUID | None
) -> None:
    """Let a new plan hold from its day on. One that begins on the same day is corrected.

    Earlier plans stay as they are; a corrected one is kept as a revision.
    """
    same_day = medicine.plans.present().filter(begins_on=plan.begins_on).first()
    if same_day is None:
        _begin_plan(medicine, plan, by=by, client_id=client_id)
    elif same_day.said != plan.said:
        for name, value in plan.said.items():
            setattr(same_day, name, value)
        change(same_day, by=by, expected_version=same_day.version)


def _begin_plan(
    medicine: OwnMedicine, plan: DosePlan, *, by: User, client_id: uuid.UUID | None = None
) -> None:
    DosePlan.objects.create_once(
        journey=medicine.journey,
        client_id=client_id,
        medicine=medicine,
        author=by,
        only_me=medicine.only_me,
        **plan.said,
    )


@transaction.atomic
def write_dose(
    *,
    medicine: OwnMedicine,
    by: User,
    day: date,
    slot: str,
    outcome: str,
    note: str = "",
    client_id: uuid.UUID | None = None,
) -> Dose:
    """Write down what became of a dose. A second word on the same dose corrects the first.

    A dose as needed has no slot: it gets one of its own, so that there may be several a day.
    """
    values = {"outcome": outcome, "note": note}
    try:
        with transaction.atomic():
            dose, _created = Dose.objects.create_once(
                journey=medicine.journey,
                client_id=client_id,
                medicine=medicine,
                author=by,
                only_me=medicine.only_me,
                due_on=day,
                slot=slot,
                **values,
            )
            return dose
    except IntegrityError:
        dose = medicine.doses.at(day, slot).get()
    if (dose.outcome, dose.note) != (outcome, note):
        dose.outcome, dose.note = outcome, note
        change(dose, by=by, expected_version=dose.version)
    return dose


def slot_as_needed(day: date) -> str:
    """Return a slot that no other dose has, with the time that it is now if it is for today."""
    now = timezone.localtime()
    clock = f"{now:%H:%M}" if day == now.date() else ""
    return f"{clock:5} {uuid.uuid4().hex[:8]}"


def follow_only_me(medicine: OwnMedicine) -> None:
    """Mark plans and doses as private as their medicine, after it was corrected."""
    for rows in (medicine.plans, medicine.doses):
        rows.exclude(only_me=medicine.only_me).update(only_me=medicine.only_me)
