"""Who looked at a journey, and who changed it. No content stands in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.shares import Area


class AccessEvent(models.Model):
    class Kind(models.TextChoices):
        READ = "read", _("looked at")
        WRITE = "write", _("changed")
        SHOWN = "shown", _("showed by code")
        FETCHED = "fetched", _("fetched by a calendar")

    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="access_events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.CharField(max_length=20, choices=Area.choices)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("access event")
        ordering = ["-at"]
        indexes = [models.Index(fields=["journey", "-at"], name="journeys_accessevent_recent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.area}"
