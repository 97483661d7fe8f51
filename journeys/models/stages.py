"""Where a person is in their treatment: dated rows, never overwritten."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key

if TYPE_CHECKING:
    from journeys.models.journeys import Journey


class StageEntryQuerySet(RecordQuerySet):
    def standing(self) -> Self:
        """Rows that hold: not deleted and not replaced by a correction."""
        return self.present().filter(superseded_by=None)

    def on(self, day: date) -> Self:
        """The standing rows that had begun by this day, the latest first."""
        return self.standing().filter(started_on__lte=day).order_by("-started_on")


class StageEntry(JourneyRecord):
    """One stage from a date on. It lasts until the next standing row begins, so spans never clash.

    Answers are slugs of the taxonomy; an empty answer means "not known".
    """

    journey = journey_key("stage_entries")
    started_on = models.DateField(_("Since when?"))
    classification = models.SlugField(_("Where are you now?"), max_length=80, blank=True)
    phase = models.SlugField(_("Which part of treatment?"), max_length=80, blank=True)
    cell_type = models.SlugField(_("Which cells?"), max_length=80, blank=True)
    philadelphia = models.SlugField(_("Philadelphia chromosome?"), max_length=80, blank=True)
    cns_prophylaxis = models.BooleanField(
        _("I also get treatment to protect the brain and spine"), default=False
    )
    superseded_by = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="supersedes"
    )

    objects = StageEntryQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("stage")
        ordering = ["-started_on", "-created_at"]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["journey", "started_on"],
                condition=models.Q(superseded_by=None, deleted_at=None),
                name="journeys_stageentry_one_per_day",
            ),
        ]

    ANSWERS = ("classification", "phase", "cell_type", "philadelphia", "cns_prophylaxis")

    @property
    def subtypes(self) -> frozenset[str]:
        return frozenset(filter(None, (self.cell_type, self.philadelphia)))

    @property
    def phases(self) -> frozenset[str]:
        """The phase and what runs alongside it."""
        return frozenset(filter(None, (self.phase, "cns" if self.cns_prophylaxis else "")))

    @classmethod
    def current(cls, journey: "Journey", on: date) -> "StageEntry | None":
        return cls.objects.filter(journey=journey).on(on).first()
