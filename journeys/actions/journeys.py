"""Start a journey; say that it is paused, closed or active again; shut everybody else out."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from journeys.actions.doctor_codes import end_codes
from journeys.actions.reminders import choice_of
from journeys.actions.shares import end
from journeys.models import Journey, User


@transaction.atomic
def start_journey(*, by: User, name: str = "") -> Journey:
    """Make the person's own journey, or return the one they have. Staff accounts have none."""
    _refuse_staff(by)
    existing = Journey.objects.filter(owner=by, kept_for_another=False).first()
    return existing or _start(owner=by, name=name)


@transaction.atomic
def keep_journey(*, by: User, name: str) -> Journey:
    """Start a journey for somebody else, to be handed over to them."""
    _refuse_staff(by)
    return _start(owner=by, name=name, kept_for_another=True)


def _start(**fields: Any) -> Journey:
    journey = Journey.objects.create(**fields)
    choice_of(journey=journey, user=journey.owner).save()
    return journey


def _refuse_staff(user: User) -> None:
    if user.is_staff:
        raise ValueError("a staff account cannot own a journey")


def set_status(*, journey: Journey, status: str) -> None:
    Journey.objects.filter(pk=journey.pk).update(status=status, status_changed_at=timezone.now())


@transaction.atomic
def shut_everybody_out(*, journey: Journey, by: User) -> None:
    """End every share, invitation, doctor's code and calendar by which the journey can be seen."""
    end(journey=journey, by=by)
    end_codes(journey)
    journey.calendar_feeds.end()
