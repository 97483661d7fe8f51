"""The treatment log: blocks, procedures and what they showed, once they were done."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key


class ProcedureQuerySet(RecordQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-done_on", "-created_at")

    def since(self, day: date) -> Self:
        return self.filter(done_on__gte=day)


class Procedure(JourneyRecord):
    """Something that was done to the person, as FHIR uses the word: a block, a tap, a line.

    `kind` names a kind of procedure of the content. One that lasts goes on until `ended_on`.
    """

    journey = journey_key("procedures")
    kind = models.SlugField(_("What was done"), max_length=80)
    done_on = models.DateField(_("When was it?"), default=timezone.localdate)
    ended_on = models.DateField(_("Last day"), null=True, blank=True)
    name = models.CharField(_("What is it called?"), max_length=120, blank=True)
    result = models.CharField(_("What did it show?"), max_length=120, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    # The visit at which it was done.
    appointment = models.ForeignKey(
        "journeys.Appointment", models.SET_NULL, null=True, blank=True, related_name="procedures"
    )

    objects = ProcedureQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("entry of the treatment log")
        ordering = ["-done_on", "-created_at"]
        indexes = [models.Index(fields=["journey", "-done_on"], name="journeys_procedure_recent")]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.CheckConstraint(
                name="journeys_procedure_ends_after",
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("done_on")),
            ),
        ]
