"""Mistakes that readers report on a page of the guide: words alone, never who wrote them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.fields import CappedTextField


class MistakeReportQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(handled_at=None)


class MistakeReport(models.Model):
    """One report. There is no key to an account and no address: nothing leads back to a reader."""

    kind = models.SlugField(_("kind of page"), max_length=20)
    slug = models.SlugField(_("page"), max_length=80)
    title = models.CharField(_("title of the page"), max_length=200)
    text = CappedTextField(_("What is wrong?"), max_length=2000)
    # Made by the form: two submits of one form make one row.
    client_id = models.UUIDField(unique=True, editable=False)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True, editable=False)
    handled_by = models.CharField(_("handled by"), max_length=300, blank=True, editable=False)
    note = CappedTextField(_("what was done"), max_length=2000, blank=True)

    objects = MistakeReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported mistake")
        verbose_name_plural = _("reported mistakes")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.title
