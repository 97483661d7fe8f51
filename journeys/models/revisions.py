"""Corrections: what a record said before it was changed. The rows go with the journey."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One earlier state of one record."""

    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="revisions")
    model = models.CharField(max_length=40)
    record_id = models.UUIDField()
    version = models.PositiveIntegerField()
    before = models.JSONField()
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("revision")
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "record_id", "version"], name="journeys_revision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.version}"
