"""Texts about the site itself: what happens with people's data, on what terms, whom to ask."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.markdown import to_html
from content.models.fields import CappedTextField
from content.models.revision import touch_content


class NoticeQuerySet(models.QuerySet):
    def asked(self) -> Self:
        """The texts that an account agrees to."""
        return self.filter(slug__in=Notice.ASKED)


class Notice(models.Model):
    """One of these texts. Whoever has an account accepts each version of those that ask for it."""

    # What an account agrees to; the day a text holds from is its version.
    ASKED = ("privacy", "terms")
    RENDERED = ("html",)

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    body = CappedTextField(_("text"), max_length=20_000)
    valid_from = models.DateField(
        _("holds from"),
        help_text=_("Set a new day when the meaning changes: everybody is asked to read it again."),
    )
    html = models.TextField(blank=True, editable=False)
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["shipped", *RENDERED])

    class Meta:
        verbose_name = _("text about this site")
        verbose_name_plural = _("texts about this site")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh()
        super().save(*args, **kwargs)
        touch_content()

    def get_absolute_url(self) -> str:
        return reverse("content:notice", args=[self.slug])

    @property
    def is_as_shipped(self) -> bool:
        """Whether nobody filled in yet what only those who run the site can know."""
        return self.body == self.shipped.get("body")

    def refresh(self) -> None:
        """Fill the column that is made from the text."""
        self.html = to_html(self.body)
