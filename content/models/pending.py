"""Changes of the call levels that wait until a second editor has looked at them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.fields import CappedTextField


class PendingQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(accepted=None)


class PendingChange(models.Model):
    """One row that somebody asked to change. Editors are text: content has no key to accounts."""

    model = models.CharField(_("kind of row"), max_length=80)
    row = models.PositiveBigIntegerField(_("row"))
    what = CappedTextField(_("what"), max_length=600)
    # By the name of the field: {"from": ..., "to": ...}, in the form that content files have.
    changes = models.JSONField(_("changes"))
    asked_by = models.CharField(_("asked by"), max_length=300)
    asked_by_key = models.CharField(max_length=40, editable=False)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    accepted = models.BooleanField(_("confirmed"), null=True, default=None)
    decided_by = models.CharField(_("decided by"), max_length=300, blank=True)
    decided_by_key = models.CharField(max_length=40, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = PendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("change that waits")
        verbose_name_plural = _("changes that wait")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="content_pendingchange_second_editor",
                condition=~models.Q(accepted=True, decided_by_key=models.F("asked_by_key")),
                violation_error_message=_("Somebody else has to confirm this change."),
            )
        ]

    def __str__(self) -> str:
        return self.what
