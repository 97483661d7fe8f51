"""The one writer of the access log. An error here stops the request: nobody looks unseen."""

from collections.abc import Iterable
from datetime import timedelta

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
    AccessEvent.objects.bulk_create(
        AccessEvent(journey=journey, actor=actor, kind=kind, area=area, at=now)
        for area in sorted(set(areas) - noted)
    )


def record_shown(*, journey: Journey, by: User, areas: Iterable[str]) -> None:
    """Note that a code of `by` opened these areas for somebody without an account."""
    now = timezone.now()
    AccessEvent.objects.bulk_create(
        AccessEvent(journey=journey, actor=by, kind=AccessEvent.Kind.SHOWN, area=area, at=now)
        for area in sorted(areas)
    )
