"""Where a person can be: classification, subtype and phase, and which of them go together."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.base import ContentItem
from content.models.fields import CappedTextField
from content.rendering import Renderer


class Classification(ContentItem):
    """How the disease stands: newly diagnosed, in remission, recurrent, refractory."""

    name = models.CharField(_("name"), max_length=120)
    description = CappedTextField(_("description"), max_length=2000, blank=True)
    because = models.CharField(
        _("reason"),
        max_length=200,
        blank=True,
        help_text=_("Follows the word 'because', for example 'you are in induction'."),
    )
    gentle = models.BooleanField(
        _("needs gentle words"),
        default=False,
        help_text=_("A move to it leads with people to talk to."),
    )

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("classification")
        verbose_name_plural = _("classifications")

    def __str__(self) -> str:
        return self.name


class Subtype(ContentItem):
    """One answer on one of the two axes of the subtype."""

    class Axis(models.TextChoices):
        CELL = "cell", _("Cell type")
        PHILADELPHIA = "philadelphia", _("Philadelphia chromosome")

    axis = models.CharField(_("axis"), max_length=20, choices=Axis.choices)
    name = models.CharField(_("name"), max_length=120)
    description = CappedTextField(_("description"), max_length=2000, blank=True)
    because = models.CharField(_("reason"), max_length=200, blank=True)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("subtype")
        verbose_name_plural = _("subtypes")

    def __str__(self) -> str:
        return self.name


class Phase(ContentItem):
    """A part of the treatment, told to somebody who stands before it or in it."""

    TEXTS = ("what", "length", "usual_drugs", "usual_visits", "next_text", "caregiver")
    RENDERED = ("html",)

    name = models.CharField(_("name"), max_length=120)
    also_called = models.CharField(_("also called"), max_length=200, blank=True)
    alongside = models.BooleanField(
        _("runs alongside another phase"), default=False, help_text=_("Such as CNS prophylaxis.")
    )
    because = models.CharField(_("reason"), max_length=200, blank=True)
    what = CappedTextField(_("what it is"), max_length=2000, blank=True)
    length = CappedTextField(_("how long it takes"), max_length=1000, blank=True)
    usual_drugs = CappedTextField(_("usual medicines"), max_length=2000, blank=True)
    usual_visits = CappedTextField(_("usual visits"), max_length=2000, blank=True)
    next = models.JSONField(
        _("next phases"), default=list, blank=True, help_text=_("Slugs of phases.")
    )
    next_text = CappedTextField(_("what comes next"), max_length=2000, blank=True)
    caregiver = CappedTextField(_("for caregivers"), max_length=2000, blank=True)
    # The texts as HTML, by the name of the field.
    html = models.JSONField(default=dict, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped", *RENDERED])

    class Meta(ContentItem.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:phase", args=[self.slug])

    def render(self, renderer: Renderer) -> None:
        """Fill the column that is made from the texts."""
        self.html = {name: renderer.to_html(getattr(self, name), 1) for name in self.TEXTS}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render(Renderer.load())
        super().save(*args, **kwargs)


class StageFit(ContentItem):
    """Whether a classification and a phase usually go together. It informs, it never blocks."""

    class Fit(models.TextChoices):
        FITS = "fits", _("Fits")
        UNUSUAL = "unusual", _("Unusual")
        DOES_NOT_FIT = "does-not-fit", _("Does not fit")

    classification = models.SlugField(_("classification"), max_length=80)
    phase = models.SlugField(_("phase"), max_length=80)
    fit = models.CharField(_("fit"), max_length=20, choices=Fit.choices)
    note = CappedTextField(_("note"), max_length=1000, blank=True)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("stage combination")
        verbose_name_plural = _("stage combinations")
        constraints = [
            *ContentItem.Meta.constraints,
            models.UniqueConstraint(
                fields=["classification", "phase", "language"], name="content_stagefit_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.classification} / {self.phase}"

    def refresh(self) -> None:
        """Fill the slug, which is made from the pair."""
        self.slug = f"{self.classification}--{self.phase}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh()
        super().save(*args, **kwargs)
