"""Questions that a person may want to ask their team."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.base import ContentItem
from content.models.fields import CappedTextField
from content.text import search_text


class SuggestedQuestion(ContentItem):
    """One question in the words of a patient or a caregiver."""

    text = CappedTextField(_("question"), max_length=500)
    theme = models.CharField(_("theme"), max_length=80, blank=True)
    topic = models.SlugField(
        _("topic"), max_length=80, blank=True, help_text=_("Slug of the topic that explains it.")
    )
    search_text = models.TextField(blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped", "search_text"])

    class Meta(ContentItem.Meta):
        verbose_name = _("suggested question")
        verbose_name_plural = _("suggested questions")

    def __str__(self) -> str:
        return self.text

    def refresh(self) -> None:
        """Fill the columns that are made from the text."""
        self.search_text = search_text(self.text, self.theme)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh()
        super().save(*args, **kwargs)
