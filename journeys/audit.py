"""The one writer of the access log. An error here stops the request: nobody looks unseen."""

from datetime import timedelta

from django.utils import timezone

from journeys.models import AccessEvent, Journey, User

# Several looks at one area in a row are one event.
READS_COUNT_ONCE_FOR = timedelta(minutes=15)


def record(*, journey: Journey, actor: User, area: str, wrote: bool) -> None:
    """Note that `actor` looked at, or changed, one area of the journey."""
    now = timezone.now()
    if (
        not wrote
        and AccessEvent.objects.filter(
            journey=journey,
            actor=actor,
            area=area,
            kind=AccessEvent.Kind.READ,
            at__gt=now - READS_COUNT_ONCE_FOR,
        ).exists()
    ):
        return
    kind = AccessEvent.Kind.WRITE if wrote else AccessEvent.Kind.READ
    AccessEvent.objects.create(journey=journey, actor=actor, kind=kind, area=area, at=now)
