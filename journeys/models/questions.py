"""Questions for the team, with the answers beside them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key

MOST_STARRED = 3
# Where a question stands that nobody has moved: after those that somebody has.
NOT_MOVED = 32_767


class QuestionQuerySet(RecordQuerySet):
    def in_order(self) -> Self:
        """The starred ones first, then as the person put them."""
        return self.order_by("-starred", "order", "created_at")

    def newest_first(self) -> Self:
        return self.order_by("-created_at")

    def open(self) -> Self:
        """Questions without an answer, in order."""
        return self.present().filter(answer="").in_order()

    def answered(self) -> Self:
        return self.present().exclude(answer="").order_by("-answered_on", "-created_at")


class Question(JourneyRecord):
    journey = journey_key("questions")
    text = models.CharField(_("Your question"), max_length=500)
    # The slug of the suggested question it came from, if it did.
    suggested = models.SlugField(max_length=80, blank=True)
    starred = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=NOT_MOVED)
    # The visit at which it is to be asked, or was.
    appointment = models.ForeignKey(
        "journeys.Appointment", models.SET_NULL, null=True, blank=True, related_name="questions"
    )
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
