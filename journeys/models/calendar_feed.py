"""Calendar feeds: one secret address per person and device, which shows what they see now."""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.shares import hash_token

if TYPE_CHECKING:
    from journeys.models.users import User

ALARMS = [
    (0, _("No")),
    (1, _("1 hour before")),
    (2, _("2 hours before")),
    (24, _("The day before")),
]


class CalendarFeedQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Feeds that nobody ended. Whether they show anything is decided at each fetch."""
        return self.filter(ended_at=None)

    def end(self) -> None:
        """End those of these that are open: they show nothing from the next fetch on."""
        self.open().update(ended_at=timezone.now())

    def of(self, user: "User") -> Self:
        return self.open().filter(user=user).order_by("created_at")

    def behind(self, token: str) -> Self:
        """The feed with this secret, if there is one."""
        return self.open().filter(token_hash=hash_token(token))


class CalendarFeed(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="calendar_feeds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # What it was made under: a feed dies with its share, and a new share does not wake it.
    # The owner's has none.
    share = models.ForeignKey("journeys.Share", models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("On which device?"), max_length=60)
    detailed = models.BooleanField(_("Show what kind of visit, where and with whom"), default=False)
    alarm_hours = models.PositiveSmallIntegerField(_("Ring before it?"), choices=ALARMS, default=0)
    # Made by the form that was submitted: of two taps, the second gives the one feed a new secret.
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_fetched_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "user", "client_id"],
                name="journeys_calendarfeed_one_per_submit",
            )
        ]

    def __str__(self) -> str:
        return f"Calendar feed {str(self.pk)[:8]}"

    def end(self) -> None:
        """It shows nothing from the next fetch on."""
        CalendarFeed.objects.filter(pk=self.pk).end()
