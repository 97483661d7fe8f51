"""Medicines: both names, how they are given, what they are for and what to watch."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.base import ContentItem
from content.models.fields import CappedTextField
from content.rendering import Renderer
from content.text import search_text


class Medicine(ContentItem):
    """A medicine by its generic name. The guide says what it is, never how much to take."""

    RENDERED = ("about_html", "search_text")

    class Kind(models.TextChoices):
        CHEMO = "chemo", _("Chemotherapy")
        STEROID = "steroid", _("Steroid")
        TARGETED = "targeted", _("Targeted tablet")
        ANTIBODY = "antibody", _("Antibody")
        CELLS = "cells", _("Cell treatment")
        SUPPORT = "support", _("Protection and support")

    name = models.CharField(_("generic name"), max_length=120)
    aliases = models.JSONField(_("other words for it"), default=list, blank=True)
    brands = models.JSONField(_("brand names"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    routes = models.JSONField(_("how it is given"), default=list, blank=True)
    purpose = CappedTextField(_("what it is for"), max_length=600)
    about = CappedTextField(
        _("good to know"), max_length=4000, blank=True, help_text=_("Markdown.")
    )
    about_html = models.TextField(blank=True, editable=False)
    watch = models.JSONField(_("side effects to watch"), default=list, blank=True)
    opens_window = models.SlugField(_("opens the window of risk"), max_length=80, blank=True)
    once_weekly = models.BooleanField(
        _("taken once a week"),
        default=False,
        help_text=_("Entered as daily, the app asks whether that is right."),
    )
    as_of = models.CharField(
        _("as of when"), max_length=300, blank=True, help_text=_("Approval, country and date.")
    )
    topic = models.SlugField(
        _("topic"), max_length=80, blank=True, help_text=_("Slug of the topic that explains it.")
    )
    search_text = models.TextField(blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped", *RENDERED])

    class Meta(ContentItem.Meta):
        verbose_name = _("medicine")
        verbose_name_plural = _("medicines")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:medicine", args=[self.slug])

    def render(self, renderer: Renderer) -> None:
        """Fill the columns that are made from the text."""
        self.about_html = renderer.to_html(self.about)
        names = " · ".join([*self.brands, *self.aliases])
        self.search_text = search_text(self.name, names, self.purpose, self.about_html)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render(Renderer.load())
        super().save(*args, **kwargs)
