"""Words that the guide explains in place."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.base import ContentItem
from content.models.fields import CappedTextField
from content.rendering import rerender
from content.text import search_text


class Term(ContentItem):
    """A word, its other spellings, and what it means in one or two sentences."""

    term = models.CharField(_("word"), max_length=120)
    aliases = models.JSONField(
        _("other words for it"), default=list, blank=True, help_text=_("A list of texts.")
    )
    definition = CappedTextField(_("meaning"), max_length=2000)
    topic = models.SlugField(
        _("topic"), max_length=80, blank=True, help_text=_("Slug of the topic that explains it.")
    )
    search_text = models.TextField(blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped", "search_text"])

    class Meta(ContentItem.Meta):
        verbose_name = _("glossary word")
        verbose_name_plural = _("glossary words")

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return reverse("content:term", args=[self.slug])

    @property
    def also_called(self) -> list[str]:
        """The other words as readers need them: without the plain plural of another."""
        words = {word.casefold() for word in (self.term, *self.aliases)}
        return [
            alias
            for alias in self.aliases
            if not (alias.endswith("s") and alias[:-1].casefold() in words)
        ]

    def refresh(self) -> None:
        """Fill the columns that are made from the text."""
        self.search_text = search_text(self.term, " · ".join(self.aliases), self.definition)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh()
        super().save(*args, **kwargs)
        # The word may now be linked, or no longer be linked, in any text.
        rerender()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        rerender()
        return deleted
