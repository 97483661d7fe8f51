"""Start a journey; say that it is paused, closed or active again."""

from django.db import transaction
from django.utils import timezone

from journeys.models import Journey, User


@transaction.atomic
def start_journey(*, by: User, name: str = "") -> Journey:
    """Make the person's own journey, or return the one they have. Staff accounts have none."""
    if by.is_staff:
        raise ValueError("a staff account cannot own a journey")
    existing = Journey.objects.filter(owner=by).first()
    return existing or Journey.objects.create(owner=by, name=name)


def set_status(*, journey: Journey, status: str) -> None:
    Journey.objects.filter(pk=journey.pk).update(status=status, status_changed_at=timezone.now())
