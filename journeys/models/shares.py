"""A share: what one caregiver may see and do on one journey, and until when."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
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
    MEDICINES = "medicines", _("Medicines and treatment")
    LABS = "labs", _("Lab results")
    APPOINTMENTS = "appointments", _("Appointments")
    QUESTIONS = "questions", _("Questions")
    NOTES = "notes", _("Notes")


# How long an invitation can be taken up, and how long a share lasts unless said otherwise.
INVITATION_LASTS = timedelta(days=7)
SHARE_LASTS = timedelta(days=90)
LONGEST_SHARE = timedelta(days=366)
# From when on a share says, to both sides, that it ends.
ENDS_SOON = timedelta(days=14)

SHARE_ROLES = [(role.value, role.label) for role in Role if role is not Role.OWNER]


def hash_token(token: str) -> str:
    """Return what is stored of a token: its hash, so that the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_token() -> str:
    return secrets.token_urlsafe(32)


class ShareQuerySet(models.QuerySet):
    def active(self, at: datetime) -> Self:
        """Shares that count at this moment: accepted, not revoked, not past their end."""
        return self.filter(accepted_at__lte=at, revoked_at=None, ends_at__gt=at)

    def ending(self, at: datetime, within: timedelta) -> Self:
        """Shares that count now and end within this time."""
        return self.active(at).filter(ends_at__lte=at + within)

    def invited(self, token: str, at: datetime) -> Self:
        """The open invitation that this token belongs to, if there is one."""
        return self.filter(
            token_hash=hash_token(token),
            user=None,
            revoked_at=None,
            invited_at__gt=at - INVITATION_LASTS,
            ends_at__gt=at,
        )

    def open(self, at: datetime) -> Self:
        """Everything the owner can still end: what counts, what waits, what is on its way."""
        return self.filter(revoked_at=None, ends_at__gt=at).exclude(
            user=None, invited_at__lte=at - INVITATION_LASTS
        )

    def invited_for_nothing(self, at: datetime) -> Self:
        """What still says whom it was sent to, though nobody waits for an answer any more."""
        waiting = self.open(at).filter(accepted_at=None)
        return self.exclude(invited_email="").exclude(pk__in=waiting.values("pk"))

    def hand_overs(self) -> Self:
        """Invitations to become the owner that can still be taken up, or were and wait."""
        return self.filter(hands_over=True, revoked_at=None)


class Share(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="shares")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="shares"
    )
    role = models.CharField(max_length=12, choices=SHARE_ROLES, default=Role.VIEWER)
    areas = models.JSONField(default=list)
    # Who it was sent to, and the hash of the link's secret; emptied once the link was used, or is
    # of no use any more.
    invited_email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    # The one who accepts becomes the owner of a journey that was kept for them.
    hands_over = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Without it a share does not count: nobody took it up, or the owner has yet to agree.
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
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~models.Q(token_hash=""),
                name="journeys_share_token_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Share {str(self.pk)[:8]}"

    @property
    def state(self) -> str:
        """Where it stands: "invited", "waiting" for the owner's word, or "active"."""
        if self.user_id is None:
            return "invited"
        return "active" if self.accepted_at else "waiting"

    @property
    def ends_soon(self) -> bool:
        return self.state == "active" and self.ends_at - timezone.now() <= ENDS_SOON

    @property
    def shows_more_than_appointments(self) -> bool:
        return Area.APPOINTMENTS in self.areas and len(self.areas) > 1

    @property
    def area_labels(self) -> list[str]:
        return [str(Area(area).label) for area in Area.values if area in self.areas]
