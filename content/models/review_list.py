"""What a clinician has to decide or look up before the guide can be called reviewed."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.fields import CappedTextField


class ReviewPointQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(settled_on=None)

    def settled(self) -> Self:
        return self.exclude(settled_on=None)


class ReviewPoint(models.Model):
    """One point of the list. What is asked anew later is a new point, with a slug of its own."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    theme = models.CharField(_("theme"), max_length=80)
    text = CappedTextField(_("what to decide"), max_length=2000, help_text=_("Markdown."))
    order = models.PositiveIntegerField(_("order"), default=0)
    settled_by = models.CharField(_("decided by"), max_length=200, blank=True)
    settled_on = models.DateField(_("decided on"), null=True, blank=True)
    note = CappedTextField(
        _("what was decided"), max_length=2000, blank=True, help_text=_("And where it stands now.")
    )
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    objects = ReviewPointQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta:
        verbose_name = _("point to review")
        verbose_name_plural = _("points to review")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(
                name="content_reviewpoint_settled",
                condition=(
                    models.Q(settled_by="", settled_on=None)
                    | (~models.Q(settled_by="") & models.Q(settled_on__isnull=False))
                ),
                violation_error_message=_("A decision needs a name and a day."),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_settled(self) -> bool:
        return self.settled_on is not None

    def settle(self, by: str, note: str, on: date) -> None:
        """Tick the point off. Raises ValidationError without a name."""
        self.settled_by, self.note, self.settled_on = by, note, on
        self._save()

    def reopen(self) -> None:
        """Put the point back on the list; what was decided stays in its history and its note."""
        self.settled_by, self.settled_on = "", None
        self._save()

    def _save(self) -> None:
        self.full_clean()
        self.save()
