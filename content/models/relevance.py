"""When a topic, a question or a symptom matters, and how much."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class RelevanceRule(models.Model):
    """One rule of one item. An empty list means any; inside a list any may match, all lists must.

    The lists hold slugs, so that ranking needs one plain query whatever the number of rules.
    """

    DIMENSIONS = ("classifications", "subtypes", "phases", "roles", "symptoms", "visit_kinds")

    topic = models.ForeignKey(
        "content.Topic", models.CASCADE, null=True, blank=True, related_name="relevance_rules"
    )
    question = models.ForeignKey(
        "content.SuggestedQuestion",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="relevance_rules",
    )
    symptom = models.ForeignKey(
        "content.Symptom", models.CASCADE, null=True, blank=True, related_name="relevance_rules"
    )
    classifications = models.JSONField(_("classifications"), default=list, blank=True)
    subtypes = models.JSONField(_("subtypes"), default=list, blank=True)
    phases = models.JSONField(_("phases"), default=list, blank=True)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    symptoms = models.JSONField(_("logged symptoms"), default=list, blank=True)
    visit_kinds = models.JSONField(_("kinds of the next visit"), default=list, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("relevance rule")
        ordering = ["-weight", "pk"]
        constraints = [
            models.CheckConstraint(
                name="content_relevancerule_one_item",
                condition=(
                    models.Q(topic__isnull=False, question__isnull=True, symptom__isnull=True)
                    | models.Q(topic__isnull=True, question__isnull=False, symptom__isnull=True)
                    | models.Q(topic__isnull=True, question__isnull=True, symptom__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="content_relevancerule_weight",
                condition=models.Q(weight__gte=1, weight__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weight}"
