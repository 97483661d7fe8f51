"""The one writer of the access log. An error here stops the request: nobody looks unseen."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from journeys.models import AccessEvent, Journey, User

# Several looks at one area in a row are one event.
READS_COUNT_ONCE_FOR = timedelta(minutes=15)


def record(*, journey: Journey, actor: User, areas: Iterable[str], wrote: bool) -> None:
    """Note that `actor` looked at, or changed, these areas of the journey."""
    now = timezone.now()
    kind = AccessEvent.Kind.WRITE if wrote else AccessEvent.Kind.READ
    noted = set()
    if not wrote:
        lately = AccessEvent.objects.filter(
            journey=journey, actor=actor, kind=kind, at__gt=now - READS_COUNT_ONCE_FOR
        )
        noted = set(lately.values_list("area", flat=True))
    _note(journey, actor, kind, set(areas) - noted, now)


def record_shown(*, journey: Journey, by: User, areas: Iterable[str]) -> None:
    """Note that a code of `by` opened these areas for somebody without an account."""
    _note(journey, by, AccessEvent.Kind.SHOWN, areas, timezone.now())


def _note(journey: Journey, actor: User, kind: str, areas: Iterable[str], at: datetime) -> None:
    AccessEvent.objects.bulk_create(
        AccessEvent(journey=journey, actor=actor, kind=kind, area=area, at=at)
        for area in sorted(areas)
    )
