"""Invented people and records for the trial. Nobody here exists."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone

from journeys.actions.check_ins import save_check_in
from journeys.models import (
    Appointment,
    CareTeamMember,
    EmergencyCard,
    Journey,
    Question,
    StageEntry,
    SymptomEntry,
    User,
)

PEOPLE: dict[str, dict[str, Any]] = {
    "patient": {"email": "robin@demo.invalid", "name": "Robin Sample"},
    "caregiver": {"email": "kim@demo.invalid", "name": "Kim Sample"},
    "editor": {"email": "editor@demo.invalid", "name": "Edi Tor", "is_staff": True},
    # What means "call now" takes a second one.
    "editor two": {"email": "second@demo.invalid", "name": "Ann Other", "is_staff": True},
}


def make_demo_journey(*, owner: User) -> Journey:
    """Make a journey from diagnosis to induction, a few days of it written down."""
    now = timezone.now()
    today = timezone.localdate()
    journey = Journey.objects.create(
        owner=owner, name="Robin", cancer_line="+00 0000 000001", emergency_number="000"
    )
    for days, classification, phase in (
        (24, "newly-diagnosed", "before"),
        (17, "newly-diagnosed", "induction"),
    ):
        StageEntry.objects.create(
            journey=journey,
            author=owner,
            started_on=today - timedelta(days=days),
            classification=classification,
            phase=phase,
            cell_type="precursor-b",
            philadelphia="ph-negative" if phase == "induction" else "",
        )
    for hours, temperature, entries in (
        (50, "36.9", {"tired": 2, "nausea": 1}),
        (26, "37.1", {"tired": 2, "mouth-sores": 1}),
    ):
        moment = now - timedelta(hours=hours)
        rows = [SymptomEntry(symptom=slug, score=score) for slug, score in entries.items()]
        reading = {
            "measure": "temperature",
            "value": str(Decimal(temperature)),
            "unit": "C",
            "method": "mouth",
        }
        rows.append(SymptomEntry(symptom="fever", readings=[reading]))
        save_check_in(
            journey=journey,
            by=owner,
            entries=rows,
            occurred_at=moment,
            note="",
            only_me=False,
            client_id=None,
            now=moment,
        )
    journey.check_ins.update(created_at=F("occurred_at"))
    Appointment.objects.create(
        journey=journey,
        author=owner,
        kind="lumbar-puncture",
        day=today + timedelta(days=3),
        time=now.time().replace(hour=9, minute=30, second=0, microsecond=0),
        zone="UTC",
        place="Day ward, second floor",
        person="Dr. Example",
    )
    Question.objects.create(
        journey=journey,
        author=owner,
        text="When will my counts be lowest, and what should I change at home then?",
        starred=True,
    )
    _make_care_team(journey)
    return journey


def _make_care_team(journey: Journey) -> None:
    """Add two of the care team, and the emergency card."""
    CareTeamMember.objects.create(
        journey=journey,
        author=journey.owner,
        name="Dr. Example",
        role=CareTeamMember.Role.HEMATOLOGIST,
        day_number="+00 0000 000002",
        day_hours="Monday to Friday, 8 to 16",
        call_for="Results and the plan",
        coordinates=True,
    )
    CareTeamMember.objects.create(
        journey=journey,
        author=journey.owner,
        name="Day ward, second floor",
        role=CareTeamMember.Role.DAY_CLINIC,
        day_number="+00 0000 000003",
        night_number="+00 0000 000004",
        call_for="To move a visit",
        order=1,
    )
    EmergencyCard.objects.create(
        journey=journey,
        author=journey.owner,
        name="Robin Sample",
        birth_year=1984,
        allergies="Penicillin: rash",
        line=EmergencyCard.Line.PICC,
        contact_name="Kim Sample",
        contact_phone="+00 0000 000005",
    )
