"""Two patients and everybody who may or may not look at one of them, for the tests of access."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models
from django.urls import URLPattern, reverse
from django.utils import timezone

from content.models import LabKind, Symptom
from journeys import records
from journeys.emails import stop_token
from journeys.models import Journey, User
from journeys.models.shares import hash_token
from journeys.urls import urlpatterns
from tests.factories import (
    make_appointment,
    make_calendar_feed,
    make_care_member,
    make_check_in,
    make_corrected_note,
    make_doctor_code,
    make_dose,
    make_journey,
    make_lab_report,
    make_medicine,
    make_note,
    make_procedure,
    make_question,
    make_reminder_choice,
    make_share,
    make_stage,
    make_user,
)

PATTERNS: dict[str, URLPattern] = {pattern.name: pattern for pattern in urlpatterns}

# Which record stands for each argument of an address.
MAKERS: dict[str, Callable[..., models.Model]] = {
    "stage_id": make_stage,
    "check_in_id": make_check_in,
    "appointment_id": make_appointment,
    "question_id": make_question,
    "note_id": make_note,
    "member_id": make_care_member,
    "procedure_id": make_procedure,
    "report_id": make_lab_report,
    "medicine_id": make_medicine,
    "dose_id": make_dose,
    "record_id": make_corrected_note,
    "feed_id": make_calendar_feed,
    "share_id": lambda **fields: make_share(user=make_user(), **fields),
}
# These are corrected or ended, never deleted and taken back.
LASTING = {"stage_id", "share_id", "record_id", "feed_id"}
# Opened by a token instead of a sign-in: these four and no more.
TOKEN_ROUTES = {"invitation", "calendar_feed_file", "doctor_code", "stop_mail"}


def needs_journey(name: str) -> bool:
    return "journey_id" in PATTERNS[name].pattern.converters


def child_argument(name: str) -> str:
    """Return the argument that names a record of the journey, or ""."""
    return next((arg for arg in PATTERNS[name].pattern.converters if arg in MAKERS), "")


def url(name: str, **arguments: Any) -> str:
    """Return an address; a symptom and a lab value are given by their slugs."""
    for argument, number in (("symptom", number_of), ("lab", key_of)):
        if isinstance(arguments.get(argument), str):
            arguments[argument] = number(arguments[argument])
    return reverse(f"journeys:{name}", kwargs=arguments)


def number_of(symptom: str) -> int:
    return dict(Symptom.objects.values_list("slug", "number")).get(symptom, 99_999)


def key_of(lab: str) -> int:
    return dict(LabKind.objects.values_list("slug", "pk")).get(lab, 99_999)


@dataclass
class Records:
    """One journey with one record of each kind, and one of each that was just deleted."""

    journey: Journey
    present: dict[str, models.Model] = field(default_factory=dict)
    deleted: dict[str, models.Model] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The secret of the one invitation that is on its way."""
        return f"token-{self.journey.pk}"

    @property
    def tokens(self) -> dict[str, str]:
        """The secrets of the addresses that open by one."""
        return {
            "invitation": self.token,
            "calendar_feed_file": f"feed-{self.journey.pk}",
            "doctor_code": str(self.journey.pk),
            "stop_mail": stop_token(self.journey.pk, self.journey.owner_id),
        }

    def url(self, name: str, **instead: Any) -> str:
        arguments: dict[str, Any] = {}
        for argument in PATTERNS[name].pattern.converters:
            if argument == "journey_id":
                arguments[argument] = self.journey.pk
            elif argument == "token":
                arguments[argument] = self.tokens[name]
            elif argument == "lab":
                arguments[argument] = "neutrophils"
            elif argument == "symptom":
                arguments[argument] = "tired"
            else:
                rows = self.deleted if name.endswith("_restore") else self.present
                arguments[argument] = rows[argument].pk
        return url(name, **(arguments | instead))


def fill(journey: Journey) -> Records:
    filled = Records(journey)
    for argument, make in MAKERS.items():
        filled.present[argument] = make(journey=journey)
        if argument not in LASTING:
            filled.deleted[argument] = make(journey=journey)
            records.delete(filled.deleted[argument])
    make_reminder_choice(journey=journey)
    make_calendar_feed(journey=journey, token=filled.tokens["calendar_feed_file"])
    make_doctor_code(journey=journey, code=str(journey.pk))
    make_share(
        journey=journey,
        user=None,
        accepted_at=None,
        invited_at=timezone.now(),
        invited_email="invited@example.org",
        token_hash=hash_token(filled.token),
    )
    return filled


def share(journey: Journey, **fields: Any) -> User:
    user = make_user()
    make_share(journey=journey, user=user, **fields)
    return user


# Everybody who may come to Olive's journey. Each gets the journey and returns an account.
PEOPLE: dict[str, Callable[[Journey], User | None]] = {
    "anonymous": lambda journey: None,
    "owner": lambda journey: journey.owner,
    "manager": lambda journey: share(journey, role="manager"),
    "contributor": lambda journey: share(journey, role="contributor"),
    "viewer": lambda journey: share(journey, role="viewer"),
    "no-areas": lambda journey: share(journey, role="manager", areas=[]),
    "invited": lambda journey: invited(journey),
    # Took the link up from another address: the owner has yet to agree.
    "waiting": lambda journey: share(journey, role="manager", accepted_at=None),
    "revoked": lambda journey: share(journey, role="manager", revoked_at=timezone.now()),
    "expired": lambda journey: share(
        journey, role="manager", ends_at=timezone.now() - timedelta(seconds=1)
    ),
    "stranger": lambda journey: make_journey().owner,
    "editor": lambda journey: make_user(is_staff=True),
    # Even one that a share names: staff accounts join no journey.
    "superuser": lambda journey: superuser_with_share(journey),
    "going": lambda journey: going(share(journey, role="manager")),
    "inactive": lambda journey: switched_off(share(journey, role="manager")),
}


def invited(journey: Journey) -> User:
    """An account whose invitation is on its way and was not taken up yet."""
    user = make_user()
    make_share(
        journey=journey,
        user=None,
        role="manager",
        accepted_at=None,
        invited_at=timezone.now(),
        invited_email=user.email,
        token_hash=hash_token(f"for {user.email}"),
    )
    return user


def going(user: User) -> User:
    """An account whose person asked for it to be deleted."""
    User.objects.filter(pk=user.pk).update(delete_after=timezone.now() + timedelta(days=3))
    return user


def switched_off(user: User) -> User:
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user


def superuser_with_share(journey: Journey) -> User:
    user = make_user(is_staff=True, is_superuser=True)
    make_share(journey=journey, user=user, role="manager")
    return user


def olives_world() -> Records:
    return fill(make_journey(name="Olive"))


def absent_arguments(name: str) -> dict[str, uuid.UUID]:
    """Return made-up ids for every id in the address."""
    return {
        argument: uuid.uuid4()
        for argument in PATTERNS[name].pattern.converters
        if argument.endswith("_id")
    }
