"""What belongs to the care in the invented year: medicines with their doses, and the people."""

from typing import TYPE_CHECKING

from content.medicine_names import medicine_names
from journeys.actions.medicines import write_dose
from journeys.demo.story import LAST, MAINTENANCE, MEDICINES, MISSED, PROCEDURES
from journeys.models import (
    CareTeamMember,
    Dose,
    DosePlan,
    EmergencyCard,
    OwnMedicine,
    Procedure,
)

if TYPE_CHECKING:
    from journeys.demo.year import Year


def write_medicines(year: "Year") -> None:
    """What is taken, with a month of doses, one of them missed."""
    names = medicine_names()
    for name, purpose, begin, end, plans in MEDICINES:
        medicine = OwnMedicine.objects.create(
            journey=year.journey,
            author=year.patient,
            name=name,
            guide=names.find(name),
            purpose=purpose,
            ended_on=None if end is None else year.on(end),
        )
        for day, dose, schedule in plans:
            DosePlan.objects.create(
                journey=year.journey,
                author=year.patient,
                medicine=medicine,
                begins_on=year.on(day),
                dose=dose,
                **schedule,
            )
        plan = medicine.plan_on(year.on(LAST))
        for day in range(LAST - 30, LAST) if plan else ():
            for slot in plan.slots_on(year.on(day)):
                missed = day == MISSED and begin == MAINTENANCE and not slot
                write_dose(
                    medicine=medicine,
                    by=year.caregiver if day % 6 == 4 else year.patient,
                    day=year.on(day),
                    slot=slot,
                    outcome=Dose.Outcome.MISSED if missed else Dose.Outcome.TAKEN,
                )


def write_procedures(year: "Year") -> None:
    """The treatment log."""
    for kind, begun, ended, name, result in PROCEDURES:
        Procedure.objects.create(
            journey=year.journey,
            author=year.patient,
            kind=kind,
            done_on=year.on(begun),
            ended_on=None if ended is None else year.on(ended),
            name=name,
            result=result,
        )


def write_people(year: "Year") -> None:
    """The care team, and the emergency card."""
    CareTeamMember.objects.create(
        journey=year.journey,
        author=year.patient,
        name="Dr. Example",
        role=CareTeamMember.Role.HEMATOLOGIST,
        day_number="+00 0000 000002",
        day_hours="Monday to Friday, 8 to 16",
        call_for="Results and the plan",
        coordinates=True,
    )
    CareTeamMember.objects.create(
        journey=year.journey,
        author=year.patient,
        name="Day ward, second floor",
        role=CareTeamMember.Role.DAY_CLINIC,
        day_number="+00 0000 000003",
        night_number="+00 0000 000004",
        call_for="To move a visit",
        order=1,
    )
    EmergencyCard.objects.create(
        journey=year.journey,
        author=year.patient,
        name="Robin Sample",
        birth_year=1984,
        allergies="Penicillin: rash",
        line=EmergencyCard.Line.PICC,
        contact_name="Kim Sample",
        contact_phone="+00 0000 000005",
    )
