"""Recent treatment: what a person says about medicines and procedures that raise a risk."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, journey_key


class RecentTreatment(JourneyRecord):
    """One dated answer to one window's question. The newest answer counts; older ones stay."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_SURE = "not-sure", _("Not sure")

    journey = journey_key("recent_treatments")
    window = models.SlugField(max_length=80)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    last_on = models.DateField(_("Last time"), null=True, blank=True)

    class Meta(JourneyRecord.Meta):
        verbose_name = _("recent treatment")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["journey", "window", "-created_at"], name="journeys_treatment_new"
            ),
        ]
