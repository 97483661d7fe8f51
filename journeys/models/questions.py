"""Questions for the team, with the answers beside them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key

MOST_STARRED = 3


class QuestionQuerySet(RecordQuerySet):
    def open(self) -> Self:
        """Questions without an answer, the starred ones first."""
        return self.present().filter(answer="").order_by("-starred", "created_at")

    def answered(self) -> Self:
        return self.present().exclude(answer="").order_by("-answered_on", "-created_at")


class Question(JourneyRecord):
    journey = journey_key("questions")
    text = models.CharField(_("Your question"), max_length=500)
    # The slug of the suggested question it came from, if it did.
    suggested = models.SlugField(max_length=80, blank=True)
    starred = models.BooleanField(default=False)
    answer = models.TextField(_("The answer"), max_length=4000, blank=True)
    answered_on = models.DateField(_("When"), null=True, blank=True)
    answered_by = models.CharField(_("Who said it"), max_length=120, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("question")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["journey", "created_at"], name="journeys_question_list")]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["journey", "suggested"],
                condition=~models.Q(suggested="") & models.Q(deleted_at=None),
                name="journeys_question_suggested_once",
            ),
        ]
