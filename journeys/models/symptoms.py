"""Check-ins: how a person was at one moment, with the call level that was found then."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key

if TYPE_CHECKING:
    from datetime import date, datetime

    from content.call_rules import Level
    from journeys.models.users import User


WEIGHT_UNITS = [("kg", "kg"), ("lb", "lb")]


class CheckInQuerySet(RecordQuerySet):
    def with_entries(self) -> Self:
        return self.prefetch_related("entries")

    def within(self, areas: Collection[str]) -> Self:
        """Check-ins that say something of these areas. One without entries hides nothing."""
        entries = SymptomEntry.objects.filter(check_in=models.OuterRef("pk"))
        return self.filter(models.Exists(entries.filter(area__in=areas)) | ~models.Exists(entries))

    def newest_first(self) -> Self:
        return self.order_by("-occurred_at", "-created_at")

    def before(self, moment: "datetime") -> Self:
        return self.filter(occurred_at__lt=moment)

    def about(self, symptom: str) -> Self:
        """Check-ins in which this symptom was there, by a score, a sign or a number."""
        entries = SymptomEntry.objects.filter(check_in=models.OuterRef("pk"), symptom=symptom)
        absent = models.Q(score=0, signs=[], readings=[])
        return self.filter(models.Exists(entries.exclude(absent)))

    def at_level(self, level: "Level", ways: Collection[str]) -> Self:
        """Check-ins of this call level, as found in the first of these ways, else as a whole.

        `ways` are fields: `without_mood`, `for_others`.
        """
        fits = models.Q(level=level)
        for way in reversed(ways):
            absent = models.Q(**{f"{way}__isnull": True})
            fits = models.Q(**{f"{way}__level": level.value}) | (absent & fits)
        return self.filter(fits)

    def by(self, user: "User", *, others: bool) -> Self:
        """Those this person wrote, or those of all others."""
        return self.exclude(author=user) if others else self.filter(author=user)

    def since(self, day: "date") -> Self:
        return self.filter(occurred_on__gte=day)

    def between(self, begin: "date", end: "date") -> Self:
        """Check-ins from the first to the last day, both counted."""
        return self.filter(occurred_on__range=(begin, end))

    def weighed(self) -> Self:
        """Check-ins with a weight, the newest first."""
        return self.exclude(weight=None).newest_first()


class CheckIn(JourneyRecord):
    """One check-in. Level, reasons and rule version are stored at save and never recomputed."""

    journey = journey_key("check_ins")
    occurred_at = models.DateTimeField(_("When was it?"))
    # The local day, so that grouping by day is a plain GROUP BY in both databases.
    occurred_on = models.DateField(editable=False)
    note = models.TextField(_("Note"), max_length=2000, blank=True)
    # As it was weighed; what was gained or lost since is worked out from earlier check-ins.
    weight = models.DecimalField(_("Weight"), max_digits=5, decimal_places=2, null=True, blank=True)
    weight_unit = models.CharField(max_length=2, choices=WEIGHT_UNITS, blank=True)
    level = models.CharField(max_length=12, editable=False)
    reasons = models.JSONField(default=list, editable=False)
    unchecked = models.BooleanField(default=False, editable=False)
    late = models.BooleanField(default=False, editable=False)
    rules_version = models.CharField(max_length=64, editable=False)
    # Level, reasons and "unchecked" as found without what its readers do not see, where that
    # differs: without what the patient kept to themselves in the hours before, and for readers
    # with whom mood is not shared without mood, too. Nothing of it tells that there was more.
    for_others = models.JSONField(null=True, editable=False)
    without_mood = models.JSONField(null=True, editable=False)

    objects = CheckInQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("check-in")
        ordering = ["-occurred_at"]
        indexes = [
            models.Index(fields=["journey", "-occurred_at"], name="journeys_checkin_recent"),
        ]

    @property
    def weighed(self) -> str:
        """The weight as it was given, "68.4 kg", or nothing."""
        return "" if self.weight is None else f"{self.weight.normalize():f} {self.weight_unit}"


class SymptomEntryQuerySet(RecordQuerySet):
    def within(self, begin: "datetime", end: "datetime") -> Self:
        """Entries of check-ins between two moments, both included."""
        return self.filter(
            check_in__deleted_at=None,
            check_in__occurred_at__gte=begin,
            check_in__occurred_at__lte=end,
        )


class SymptomEntry(JourneyRecord):
    """One symptom within a check-in: from the catalogue by slug, or the person's own by name."""

    journey = journey_key("symptom_entries")
    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="entries")
    symptom = models.SlugField(max_length=80, blank=True)
    own_name = models.CharField(_("Your own symptom"), max_length=80, blank=True)
    # "symptoms" or "mood": mood is shared apart from the rest.
    area = models.CharField(max_length=12, default="symptoms")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    signs = models.JSONField(default=list, blank=True)
    # [{"measure": "temperature", "value": "38.4", "unit": "C", "method": "ear"}], as entered.
    readings = models.JSONField(default=list, blank=True)
    level = models.CharField(max_length=12, editable=False)
    reasons = models.JSONField(default=list, editable=False)

    objects = SymptomEntryQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("symptom entry")
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["journey", "symptom"], name="journeys_symptom_of_journey"),
        ]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.CheckConstraint(
                name="journeys_symptomentry_score",
                condition=models.Q(score=None) | models.Q(score__lte=4),
            ),
            models.CheckConstraint(
                name="journeys_symptomentry_named",
                condition=~models.Q(symptom="") | ~models.Q(own_name=""),
            ),
        ]

    def reading(self, measure: str) -> dict[str, Any] | None:
        return next((row for row in self.readings if row["measure"] == measure), None)
