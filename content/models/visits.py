"""Kinds of visits: what happens, how to prepare, what to bring, what comes after."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.base import ContentItem
from content.models.fields import CappedTextField
from content.rendering import Renderer


class VisitKind(ContentItem):
    """A kind of visit, told in short Markdown texts."""

    TEXTS = ("what", "prepare", "bring", "after")
    RENDERED = ("html",)

    name = models.CharField(_("name"), max_length=120)
    what = CappedTextField(_("what happens"), max_length=4000, blank=True)
    prepare = CappedTextField(_("how to prepare"), max_length=4000, blank=True)
    bring = CappedTextField(_("what to bring"), max_length=4000, blank=True)
    after = CappedTextField(_("afterwards"), max_length=4000, blank=True)
    # The texts as HTML, by the name of the field.
    html = models.JSONField(default=dict, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped", *RENDERED])

    class Meta(ContentItem.Meta):
        verbose_name = _("kind of visit")
        verbose_name_plural = _("kinds of visits")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:visit", args=[self.slug])

    def render(self, renderer: Renderer) -> None:
        """Fill the column that is made from the texts."""
        self.html = {name: renderer.to_html(getattr(self, name), 1) for name in self.TEXTS}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render(Renderer.load())
        super().save(*args, **kwargs)
