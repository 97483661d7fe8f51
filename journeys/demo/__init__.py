"""Invented people and records for the trial. Nobody here exists."""

from typing import Any

from journeys.demo.year import fill_year
from journeys.models import Journey, User

PEOPLE: dict[str, dict[str, Any]] = {
    "patient": {"email": "robin@demo.invalid", "name": "Robin Sample"},
    "caregiver": {"email": "kim@demo.invalid", "name": "Kim Sample"},
    "editor": {"email": "editor@demo.invalid", "name": "Edi Tor", "is_staff": True},
    # What means "call now" takes a second one.
    "editor two": {"email": "second@demo.invalid", "name": "Ann Other", "is_staff": True},
}


def make_demo_journey(*, owner: User, caregiver: User) -> Journey:
    """Make a journey with a year written down, by the patient and now and then the caregiver."""
    journey = Journey.objects.create(
        owner=owner, name="Robin", cancer_line="+00 0000 000001", emergency_number="000"
    )
    fill_year(journey, patient=owner, caregiver=caregiver)
    return journey
