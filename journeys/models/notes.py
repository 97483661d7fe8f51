"""Notes: a diary in one's own words, with days."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key


class NoteQuerySet(RecordQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-noted_on", "-created_at", "-pk")


class Note(JourneyRecord):
    journey = journey_key("notes")
    noted_on = models.DateField(_("Day"), default=timezone.localdate)
    text = models.TextField(_("Note"), max_length=8000)

    objects = NoteQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("note")
        ordering = ["-noted_on", "-created_at"]
        indexes = [
            models.Index(fields=["journey", "-noted_on"], name="journeys_note_recent"),
        ]
