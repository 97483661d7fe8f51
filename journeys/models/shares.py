"""A share: what one caregiver may see and do on one journey, and until when."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    CONTRIBUTOR = "contributor", _("Contributor")
    VIEWER = "viewer", _("Viewer")


class Area(models.TextChoices):
    STAGE = "stage", _("Stage")
    SYMPTOMS = "symptoms", _("Symptoms")
    MOOD = "mood", _("Mood")
    MEDICINES = "medicines", _("Medicines")
    LABS = "labs", _("Lab results")
    APPOINTMENTS = "appointments", _("Appointments")
    QUESTIONS = "questions", _("Questions")
    NOTES = "notes", _("Notes")


SHARE_ROLES = [(role.value, role.label) for role in Role if role is not Role.OWNER]


class ShareQuerySet(models.QuerySet):
    def active(self, at: datetime) -> Self:
        """Shares that count at this moment: accepted, not revoked, not past their end."""
        return self.filter(accepted_at__lte=at, revoked_at=None, ends_at__gt=at)


class Share(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="shares")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="shares"
    )
    role = models.CharField(max_length=12, choices=SHARE_ROLES, default=Role.VIEWER)
    areas = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share")
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "user"],
                condition=models.Q(revoked_at=None),
                name="journeys_share_one_open_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"Share {str(self.pk)[:8]}"
