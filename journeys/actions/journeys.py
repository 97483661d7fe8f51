"""Start a journey; say that it is paused, closed or active again."""

from django.db import transaction
from django.utils import timezone

from journeys.models import Journey, User


@transaction.atomic
def start_journey(*, by: User, name: str = "") -> Journey:
    """Make the person's own journey, or return the one they have. Staff accounts have none."""
    _refuse_staff(by)
    existing = Journey.objects.filter(owner=by, kept_for_another=False).first()
    return existing or Journey.objects.create(owner=by, name=name)


def keep_journey(*, by: User, name: str) -> Journey:
    """Start a journey for somebody else, to be handed over to them."""
    _refuse_staff(by)
    return Journey.objects.create(owner=by, name=name, kept_for_another=True)


def _refuse_staff(user: User) -> None:
    if user.is_staff:
        raise ValueError("a staff account cannot own a journey")


def set_status(*, journey: Journey, status: str) -> None:
    Journey.objects.filter(pk=journey.pk).update(status=status, status_changed_at=timezone.now())
