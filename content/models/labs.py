"""Blood values worth following: units both ways, typical ranges, what they mean."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.base import ContentItem
from content.models.fields import CappedTextField
from content.rendering import Renderer
from content.text import search_text

NUMBER = {"max_digits": 12, "decimal_places": 5}


class LabKind(ContentItem):
    """A blood value. Its numbers are in the first of its units; a report's own range wins."""

    RENDERED = ("about_html", "search_text")

    name = models.CharField(_("name"), max_length=120)
    aliases = models.JSONField(_("other words for it"), default=list, blank=True)
    meaning = models.CharField(_("what it means, in one line"), max_length=300)
    low = models.DecimalField(_("typical from"), null=True, blank=True, **NUMBER)
    high = models.DecimalField(_("typical to"), null=True, blank=True, **NUMBER)
    range_note = models.CharField(_("about this range"), max_length=300, blank=True)
    odd_below = models.DecimalField(
        _("ask again below"),
        null=True,
        blank=True,
        help_text=_("An entry beyond these is questioned, never refused."),
        **NUMBER,
    )
    odd_above = models.DecimalField(_("ask again above"), null=True, blank=True, **NUMBER)
    about = CappedTextField(
        _("more about it"), max_length=4000, blank=True, help_text=_("Markdown.")
    )
    about_html = models.TextField(blank=True, editable=False)
    topic = models.SlugField(
        _("topic"), max_length=80, blank=True, help_text=_("Slug of the topic that explains it.")
    )
    search_text = models.TextField(blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped", *RENDERED])

    class Meta(ContentItem.Meta):
        verbose_name = _("blood value")
        verbose_name_plural = _("blood values")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:lab", args=[self.slug])

    def render(self, renderer: Renderer) -> None:
        """Fill the columns that are made from the text."""
        self.about_html = renderer.to_html(self.about)
        self.search_text = search_text(
            self.name, " · ".join(self.aliases), self.meaning, self.about_html
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render(Renderer.load())
        super().save(*args, **kwargs)

    def is_odd(self, value: Decimal) -> bool:
        """Whether a value in the first unit looks like a slip of the unit or the comma."""
        too_low = self.odd_below is not None and 0 < value < self.odd_below
        return too_low or (self.odd_above is not None and value > self.odd_above)


class LabUnit(models.Model):
    """A unit of a blood value. One of it is `factor` of the first unit."""

    lab = models.ForeignKey(LabKind, models.CASCADE, related_name="units")
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    unit = models.CharField(_("unit"), max_length=30)
    ucum = models.CharField(_("UCUM code"), max_length=30, blank=True)
    factor = models.DecimalField(
        _("factor"),
        max_digits=12,
        decimal_places=8,
        help_text=_("One of this unit is so many of the first one."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "unit"], name="content_labunit_lab_unit"),
            models.CheckConstraint(
                name="content_labunit_factor", condition=models.Q(factor__gt=Decimal(0))
            ),
        ]

    def __str__(self) -> str:
        return self.unit

    def to_first(self, value: Decimal) -> Decimal:
        """Return a value of this unit in the first unit, exactly."""
        return value * self.factor

    def from_first(self, value: Decimal) -> Decimal:
        """Return a value of the first unit in this one."""
        return value / self.factor
