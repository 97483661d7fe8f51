"""The symptoms that can be logged, each with the level that its scores, numbers and signs give."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.call_rules import FEVER_LIMIT, OPS, Level
from content.models.base import ContentItem
from content.models.fields import CappedTextField
from content.models.revision import touch_content
from content.rendering import Renderer, rerender
from content.text import search_text

WINDOW_HELP = _("Slug of a window, or 'any' for every window that counts as any.")


def validate_five_levels(value: Any) -> None:
    """Accept a list of five levels, for the scores 0 to 4."""
    if not isinstance(value, list) or len(value) != 5 or not set(value) <= set(Level.values):
        raise ValidationError(_("Give five levels, for the scores 0 to 4."))


def validate_levels_by_window(value: Any) -> None:
    """Accept a mapping from the slug of a window to a level."""
    if not isinstance(value, dict) or not set(value.values()) <= set(Level.values):
        raise ValidationError(_("Give a level for the slug of each window."))


class Symptom(ContentItem):
    """One entry of the catalogue. Its number and slug are stable for ever."""

    class Kind(models.TextChoices):
        SCORED = "scored", _("Scored from 0 to 4")
        MEASURED = "measured", _("A number")
        EVENT = "event", _("Signs only")

    class Area(models.TextChoices):
        SYMPTOMS = "symptoms", _("Symptoms")
        MOOD = "mood", _("Mood")

    RENDERED = ("search_text",)
    READ_TO_RENDER = ("anchors", "signs")

    class AfterRule(models.TextChoices):
        STEP_DOWN = "step_down", _("One level lower")
        SAME = "same", _("The same levels")
        LEVELS = "levels", _("Levels of its own")

    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    area = models.CharField(
        _("area"), max_length=10, choices=Area.choices, help_text=_("Mood is shared separately.")
    )
    do_now = CappedTextField(_("what to do now"), max_length=500, blank=True)
    do_not = CappedTextField(_("what not to do"), max_length=500, blank=True)
    score_from = models.SlugField(
        _("score from"),
        max_length=40,
        blank=True,
        help_text=_("A measure: if its number is given, the score is not used."),
    )
    after_rule = models.CharField(
        _("after treatment"),
        max_length=10,
        choices=AfterRule.choices,
        default=AfterRule.SAME,
        help_text=_("For scores and plain numbers. Signs and ambulance are never lowered."),
    )
    after_levels = models.JSONField(
        _("levels after treatment"),
        default=list,
        blank=True,
        help_text=_("Five levels for the scores 0 to 4, if it has levels of its own."),
    )
    topics = models.JSONField(
        _("topics"), default=list, blank=True, help_text=_("Slugs of topics that explain it.")
    )
    sections = models.JSONField(
        _("sections"), default=list, blank=True, help_text=_("Numbers of sections of the guide.")
    )

    search_text = models.TextField(blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped", "search_text"])

    class Meta(ContentItem.Meta):
        verbose_name = _("symptom")
        verbose_name_plural = _("symptoms")
        constraints = [
            *ContentItem.Meta.constraints,
            models.UniqueConstraint(
                fields=["number", "language"], name="content_symptom_number_language"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:symptom", args=[self.slug])

    def render(self, renderer: Renderer) -> None:
        """Fill the column that the search reads, from the rows of its rules, too."""
        rows = [row.text for name in self.READ_TO_RENDER for row in getattr(self, name).all()]
        self.search_text = search_text(self.name, self.do_now, self.do_not, " · ".join(rows))

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        # Only now can there be rows of its rules.
        rerender()

    def clean(self) -> None:
        super().clean()
        if self.after_rule == self.AfterRule.LEVELS:
            validate_five_levels(self.after_levels)


class SymptomRow(models.Model):
    """A row of a symptom's rules."""

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        touch_content()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        touch_content()
        return deleted


class SymptomAnchor(SymptomRow):
    """What a score from 0 to 4 means, and the level it gives."""

    symptom = models.ForeignKey(Symptom, models.CASCADE, related_name="anchors")
    score = models.PositiveSmallIntegerField(_("score"), validators=[MaxValueValidator(4)])
    text = models.CharField(_("meaning"), max_length=200)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["score"]
        constraints = [
            models.UniqueConstraint(
                fields=["symptom", "score"], name="content_symptomanchor_symptom_score"
            ),
            models.CheckConstraint(
                name="content_symptomanchor_score", condition=models.Q(score__lte=4)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} {self.text}"


class SymptomSign(SymptomRow):
    """A sign to tick, with a level of its own."""

    symptom = models.ForeignKey(Symptom, models.CASCADE, related_name="signs")
    slug = models.SlugField(_("slug"), max_length=60)
    text = models.CharField(_("sign"), max_length=200)
    level = models.CharField(
        _("level"),
        max_length=12,
        choices=Level.choices,
        help_text=_("'Nothing to do' = it only switches a number's rule on."),
    )
    level_by_window = models.JSONField(
        _("level while a window is present"),
        default=dict,
        blank=True,
        validators=[validate_levels_by_window],
        help_text=_("For example {'steroid': 'now'}. It only raises."),
    )

    class Meta:
        verbose_name = _("sign")
        verbose_name_plural = _("signs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["symptom", "slug"], name="content_symptomsign_symptom_slug"
            )
        ]

    def __str__(self) -> str:
        return self.text


class SymptomThreshold(SymptomRow):
    """A limit of a number. One row per unit: numbers are compared in the unit entered."""

    symptom = models.ForeignKey(Symptom, models.CASCADE, related_name="thresholds")
    measure = models.SlugField(_("measure"), max_length=40)
    op = models.CharField(_("is"), max_length=2, choices=[(op, op) for op in OPS])
    value = models.DecimalField(_("number"), max_digits=7, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=12)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    when_window = models.SlugField(
        _("only while this window is present"), max_length=40, blank=True, help_text=WINDOW_HELP
    )
    when_sign = models.SlugField(
        _("only with this sign"), max_length=60, blank=True, help_text=_("Slug of a sign.")
    )
    replace_by = models.CharField(
        _("gives way to"),
        max_length=20,
        blank=True,
        choices=[(FEVER_LIMIT, _("The fever limit in force"))],
    )

    class Meta:
        verbose_name = _("limit of a number")
        verbose_name_plural = _("limits of numbers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["symptom", "measure", "op", "value", "unit", "when_window", "when_sign"],
                name="content_symptomthreshold_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.op} {self.value} {self.unit}"


class SymptomWindowLevels(SymptomRow):
    """The levels of the scores while a window is present. They only raise."""

    symptom = models.ForeignKey(Symptom, models.CASCADE, related_name="window_levels")
    window = models.SlugField(_("window"), max_length=40, help_text=WINDOW_HELP)
    levels = models.JSONField(
        _("levels"), validators=[validate_five_levels], help_text=_("For the scores 0 to 4.")
    )

    class Meta:
        verbose_name = _("levels in a window")
        verbose_name_plural = _("levels in windows")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["symptom", "window"], name="content_symptomwindowlevels_symptom_window"
            )
        ]

    def __str__(self) -> str:
        return self.window
