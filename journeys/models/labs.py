"""Lab results: what one report says of one day, in the units it was printed in."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key

NUMBER = {"max_digits": 14, "decimal_places": 5}


class LabReportQuerySet(RecordQuerySet):
    def with_results(self) -> Self:
        return self.prefetch_related("results")

    def newest_first(self) -> Self:
        return self.order_by("-taken_on", "-created_at")


class LabReport(JourneyRecord):
    """One report: the day the blood was taken, and what belongs to all its values."""

    journey = journey_key("lab_reports")
    taken_on = models.DateField(_("When was it taken?"), default=timezone.localdate)
    note = models.CharField(_("Note"), max_length=300, blank=True)

    objects = LabReportQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("lab report")
        ordering = ["-taken_on", "-created_at"]
        indexes = [models.Index(fields=["journey", "-taken_on"], name="journeys_labreport_recent")]


class LabResultQuerySet(RecordQuerySet):
    def reported(self) -> Self:
        """Results from reports that are there, the oldest first, with their reports."""
        rows = self.filter(report__deleted_at=None).select_related("report")
        return rows.order_by("report__taken_on", "report__created_at")

    def of(self, lab: str) -> Self:
        return self.reported().filter(lab=lab)

    def since(self, day: date) -> Self:
        return self.filter(report__taken_on__gte=day)


class LabResult(JourneyRecord):
    """One value as it is printed. `below`: less than this, or not found down to this limit."""

    journey = journey_key("lab_results")
    report = models.ForeignKey(LabReport, models.CASCADE, related_name="results")
    lab = models.SlugField(max_length=80)
    value = models.DecimalField(**NUMBER)
    unit = models.CharField(max_length=30)
    below = models.BooleanField(default=False)
    # The range that is printed on the report, in the same unit.
    low = models.DecimalField(null=True, blank=True, **NUMBER)
    high = models.DecimalField(null=True, blank=True, **NUMBER)
    method = models.CharField(_("How was it measured?"), max_length=80, blank=True)

    objects = LabResultQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("lab result")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["journey", "lab"], name="journeys_labresult_of")]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.UniqueConstraint(fields=["report", "lab"], name="journeys_labresult_once"),
        ]

    @property
    def outside(self) -> str:
        """ "low" or "high" where the value lies outside the range of its own report, else ""."""
        if self.low is not None and self.value < self.low:
            return "low"
        if self.high is not None and self.value > self.high and not self.below:
            return "high"
        return ""
