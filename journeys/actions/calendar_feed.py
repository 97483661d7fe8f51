"""Make a calendar feed, find whose a secret address is, note a fetch."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from journeys import audit
from journeys.access import Access, access_for
from journeys.models import Area, CalendarFeed
from journeys.models.shares import hash_token, make_token


def make_feed(access: Access, *, client_id: uuid.UUID | None, **said: Any) -> str:
    """Make a feed for this person; return its secret, which is kept nowhere.

    A second submit of the same form makes no other feed, but gives the one a new secret.
    """
    token = make_token()
    CalendarFeed.objects.update_or_create(
        journey=access.journey,
        user=access.user,
        client_id=client_id or uuid.uuid4(),
        defaults=said | {"token_hash": hash_token(token), "share": access.share},
    )
    return token


@transaction.atomic
def fetch(token: str) -> tuple[CalendarFeed, Access] | None:
    """Return the feed behind this secret and what its person sees now; None if it shows nothing.

    The fetch is noted: on the feed, and in the log unless it is the owner's own.
    """
    feed = CalendarFeed.objects.behind(token).select_related("journey", "user", "share").first()
    access = _access(feed) if feed else None
    if feed is None or access is None:
        return None
    CalendarFeed.objects.filter(pk=feed.pk).update(last_fetched_at=timezone.now())
    if not access.is_owner:
        audit.record_fetch(journey=feed.journey, by=feed.user, area=Area.APPOINTMENTS)
    return feed, access


def _access(feed: CalendarFeed) -> Access | None:
    """What the person may see, so long as they see it by the share the feed was made under."""
    access = access_for(feed.user, feed.journey)
    if access is None or not access.sees(Area.APPOINTMENTS):
        return None
    return access if access.share == feed.share else None
