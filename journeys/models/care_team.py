"""The care team: people and places beside the emergency numbers, and which number when."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key


class CareTeamQuerySet(RecordQuerySet):
    def in_order(self) -> Self:
        """Who coordinates first, then as the person put them."""
        return self.order_by("-coordinates", "order", "created_at", "pk")


class CareTeamMember(JourneyRecord):
    """One person or place. The numbers for emergencies stay with the journey and the center."""

    class Role(models.TextChoices):
        HEMATOLOGIST = "hematologist", _("Blood cancer doctor (hematologist)")
        NURSE = "nurse", _("Nurse")
        CASE_MANAGER = "case-manager", _("Case manager or nurse navigator")
        DAY_CLINIC = "day-clinic", _("Day clinic")
        WARD = "ward", _("Hospital ward")
        TRANSPLANT = "transplant", _("Transplant team")
        FAMILY_DOCTOR = "family-doctor", _("Family doctor")
        PHARMACY = "pharmacy", _("Pharmacy")
        HOME_CARE = "home-care", _("Home care")
        COMFORT = "comfort-care", _("Comfort-care (palliative) team")
        COUNSELOR = "counselor", _("Psychologist or counselor")
        SOCIAL_WORKER = "social-worker", _("Social worker")
        DIETITIAN = "dietitian", _("Dietitian")
        THERAPIST = "therapist", _("Physical or occupational therapist")
        DENTIST = "dentist", _("Dentist")
        INTERPRETER = "interpreter", _("Interpreter")

    journey = journey_key("care_team_members")
    name = models.CharField(
        _("Who is it?"),
        max_length=120,
        help_text=_("A person or a place, for example “Dr. Gray” or “Day ward, third floor”."),
    )
    role = models.CharField(_("What do they do?"), max_length=20, choices=Role.choices, blank=True)
    own_role = models.CharField(
        _("In your own words"),
        max_length=80,
        blank=True,
        help_text=_("If the list does not fit."),
    )
    day_number = models.CharField(_("Number by day"), max_length=40, blank=True)
    day_hours = models.CharField(
        _("When does somebody answer there?"),
        max_length=80,
        blank=True,
        help_text=_("For example “Monday to Friday, 8 to 16”."),
    )
    night_number = models.CharField(
        _("Number for evenings, nights and weekends"), max_length=40, blank=True
    )
    call_for = models.CharField(
        _("What do you call them for?"),
        max_length=300,
        blank=True,
        help_text=_("For example “to move a visit” or “when the pump alarms”."),
    )
    note = models.TextField(_("Note"), max_length=1000, blank=True)
    # One at most. It is a mark on the list, not a part of what somebody wrote.
    coordinates = models.BooleanField(default=False, editable=False)
    order = models.PositiveIntegerField(default=0, editable=False)

    objects = CareTeamQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("care team member")
        ordering = ["order", "created_at"]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["journey"],
                condition=models.Q(coordinates=True),
                name="journeys_careteammember_one_coordinates",
            ),
            # Else the mark of a hidden row would show: no other could be given it.
            models.CheckConstraint(
                name="journeys_careteammember_coordinates_openly",
                condition=models.Q(coordinates=False) | models.Q(only_me=False),
            ),
        ]

    @property
    def role_name(self) -> str:
        return self.own_role or str(self.get_role_display())
