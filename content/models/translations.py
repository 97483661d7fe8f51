"""Sentences of the guide in another language, each found by its English."""

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.fields import CappedTextField
from content.models.revision import touch_content


class Translation(models.Model):
    """One sentence. When its English changes, it is no longer found, and the English is shown."""

    slug = models.SlugField(max_length=40, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10)
    source = CappedTextField(_("English"), max_length=2000)
    text = CappedTextField(_("translation"), max_length=2000)
    # Until a clinician has read it, what means "call now" has its English beside it.
    reviewer = models.CharField(_("reviewed by"), max_length=120, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.language}: {self.source[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = slug_of(self.language, self.source)
        super().save(*args, **kwargs)
        touch_content()

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewer and self.reviewed_on)


def slug_of(language: str, source: str) -> str:
    return f"{language}-{hashlib.sha256(source.encode()).hexdigest()[:16]}"
