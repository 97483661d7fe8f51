"""A journey: one patient's record, and who may see it."""

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.shares import Share

if TYPE_CHECKING:
    from journeys.models.users import User

TEMPERATURE_UNITS = [("C", "°C"), ("F", "°F")]


class JourneyQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Journeys the person owns or that are shared with them now. Staff accounts see none."""
        if not user.is_authenticated or user.is_staff or not user.is_active or user.is_going:
            return self.none()
        shared = Share.objects.active(timezone.now()).filter(user=user).values("journey_id")
        return self.filter(models.Q(owner=user) | models.Q(pk__in=shared))

    def kept_for_others(self) -> Self:
        """Journeys whose owner keeps them until the person they are about takes over."""
        return self.filter(kept_for_another=True)


class Journey(models.Model):
    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Closed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="own_journeys")
    name = models.CharField(
        _("What shall we call you?"),
        max_length=80,
        blank=True,
        help_text=_("A first name or any name you like. People you share with see it."),
    )
    # A caregiver may keep a journey for somebody until that person takes it over.
    kept_for_another = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    status_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancer_line = models.CharField(
        _("Your 24-hour cancer line"),
        max_length=40,
        blank=True,
        help_text=_("The number your team gave you for day and night."),
    )
    emergency_number = models.CharField(
        _("Your emergency number"),
        max_length=40,
        blank=True,
        help_text=_("The number for an ambulance where you live."),
    )
    comfort_line = models.CharField(
        _("Number of your comfort-care team"),
        max_length=40,
        blank=True,
        help_text=_("If you have one. In comfort-focused care it is shown first."),
    )
    temperature_unit = models.CharField(
        _("I measure in"), max_length=1, choices=TEMPERATURE_UNITS, default="C"
    )
    fever_limit = models.DecimalField(
        _("Your own fever limit"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Only if your team gave you one. Leave it empty to use the usual limit."),
    )
    fever_limit_unit = models.CharField(max_length=1, choices=TEMPERATURE_UNITS, default="C")
    fever_limit_confirmed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Set in the transaction that deletes it: without it the database keeps the access log.
    is_going = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("journey")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["owner"], name="journeys_journey_owner")]

    def __str__(self) -> str:
        return f"Journey {str(self.pk)[:8]}"

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE

    @property
    def own_limit(self) -> tuple[Decimal, str] | None:
        """The person's own fever limit as (number, "C" or "F"), or None."""
        return (self.fever_limit, self.fever_limit_unit) if self.fever_limit else None


@receiver(pre_delete, sender=Journey)
def let_the_log_go(instance: Journey, **_kwargs: Any) -> None:
    """The one lawful way to delete lines of the log is together with their journey."""
    Journey.objects.filter(pk=instance.pk).update(is_going=True)
