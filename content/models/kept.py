"""Fields that were edited here when an upgrade brought another text: somebody has to choose."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KeptQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(status=KeptField.Status.OPEN)

    def queue(self, file: str, key: str, field: str, theirs: Any) -> None:
        """Put a shipped value up for decision, in place of an older one that still waits."""
        self.open().update_or_create(
            file=file,
            key=key,
            field=field,
            defaults={"theirs": theirs, "seen_at": timezone.now()},
        )


class KeptField(models.Model):
    """One field of one row, named as content files name it. What stands here is in the row."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        TAKEN = "taken", _("The new text was taken")
        REFUSED = "refused", _("Ours was kept")
        SETTLED = "settled", _("Nothing to decide any more")

    file = models.CharField(_("file"), max_length=80)
    key = models.CharField(_("row"), max_length=200)
    field = models.CharField(_("field"), max_length=60)
    theirs = models.JSONField(_("new text"), null=True)
    seen_at = models.DateTimeField(_("came with an upgrade at"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    # Editors are text: content has no key to accounts.
    decided_by = models.CharField(_("decided by"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("text kept in an upgrade")
        verbose_name_plural = _("texts kept in an upgrade")
        ordering = ["file", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "key", "field"],
                name="content_keptfield_one_open",
                condition=models.Q(status="open"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.key}: {self.field}"

    def close(self, status: Status, by: str = "") -> None:
        self.status, self.decided_by, self.decided_at = status, by, timezone.now()
        self.save()
