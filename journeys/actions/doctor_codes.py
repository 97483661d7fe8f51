"""Make a code for a doctor's screen, and open it: once, in time, and noted in the log."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from journeys import audit
from journeys.access import Access, Permission, access_for
from journeys.models import DoctorCode, Journey, User
from journeys.models.doctor_codes import hash_code, make_code

# What the templates of a summary need.
Shown = dict[str, Any]


@transaction.atomic
def show_to_a_doctor(*, journey: Journey, by: User, choice: str) -> str:
    """Return a new code for this summary. Codes that were made before and not used end."""
    end_codes(journey)
    code = make_code()
    DoctorCode.objects.create(
        journey=journey,
        user=by,
        token_hash=hash_code(code),
        choice=choice,
        made_at=timezone.now(),
    )
    return code


def end_codes(journey: Journey) -> None:
    """End every code of the journey that can still be used."""
    now = timezone.now()
    journey.doctor_codes.open(now).update(ended_at=now)


def find_code(code: str) -> DoctorCode | None:
    """Return the code that can still be used, or None for any other."""
    rows = DoctorCode.objects.open(timezone.now()).filter(token_hash=hash_code(code))
    found = rows.select_related("journey", "user").first()
    return found if found and _access(found) else None


@transaction.atomic
def open_code(code: str, build: Callable[[Access, str], Shown]) -> Shown | None:
    """Use the code up. Return what it shows, or None if it shows nothing.

    `build` makes that of what the owner may see, and of their choice.
    """
    found = find_code(code)
    now = timezone.now()
    if found is None or not DoctorCode.objects.open(now).filter(pk=found.pk).update(opened_at=now):
        return None
    shown = build(_access(found), found.choice)
    audit.record_shown(journey=found.journey, by=found.user, areas=shown["summary"].areas)
    return shown


def _access(code: DoctorCode) -> Access | None:
    """What the one who made the code may still show."""
    access = access_for(code.user, code.journey)
    return access if access and access.can(Permission.SHARE) else None
