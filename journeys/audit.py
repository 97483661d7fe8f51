"""The one writer of the access log. An error here stops the request: nobody looks unseen."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from journeys.models import AccessEvent, Journey, User

# Several looks at one area in a row are one event.
READS_COUNT_ONCE_FOR = timedelta(minutes=15)


def record(*, journey: Journey, actor: User, areas: Iterable[str], wrote: bool) -> None:
    """Note that `actor` looked at, or changed, these areas of the journey."""
    if wrote:
        _note(journey, actor, AccessEvent.Kind.WRITE, areas, timezone.now())
    else:
        _note_once(journey, actor, AccessEvent.Kind.READ, areas)


def record_fetch(*, journey: Journey, by: User, area: str) -> None:
    """Note that a calendar of `by` read this area. Calendars ask again and again, day and night."""
    _note_once(journey, by, AccessEvent.Kind.FETCHED, [area])


def record_shown(*, journey: Journey, by: User, areas: Iterable[str]) -> None:
    """Note that a code of `by` opened these areas for somebody without an account."""
    _note(journey, by, AccessEvent.Kind.SHOWN, areas, timezone.now())


def record_event(
    *, journey: Journey, by: User | None, kind: AccessEvent.Kind, about: User | None = None
) -> None:
    """Note what `by` did about the journey as a whole: shared it, ended that, took it along.

    Nobody: those who run the site.
    """
    AccessEvent.objects.create(journey=journey, actor=by, kind=kind, about=about, at=timezone.now())


def record_sign_in(user: User) -> None:
    """Note a sign-in in the log of every journey the person owns, so that they see it there."""
    for journey in user.own_journeys.all():
        record_event(journey=journey, by=user, kind=AccessEvent.Kind.SIGN_IN)


def _note_once(journey: Journey, actor: User, kind: str, areas: Iterable[str]) -> None:
    now = timezone.now()
    lately = AccessEvent.objects.filter(
        journey=journey, actor=actor, kind=kind, at__gt=now - READS_COUNT_ONCE_FOR
    )
    _note(journey, actor, kind, set(areas) - set(lately.values_list("area", flat=True)), now)


def _note(journey: Journey, actor: User, kind: str, areas: Iterable[str], at: datetime) -> None:
    AccessEvent.objects.bulk_create(
        AccessEvent(journey=journey, actor=actor, kind=kind, area=area, at=at)
        for area in sorted(areas)
    )
