"""The columns every piece of content carries: who checked it, when, and what was shipped."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.revision import touch_content


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class ContentQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def in_language(self, language: str = "en") -> Self:
        return self.filter(language=language)


class ContentItem(models.Model):
    """A row that staff edit. Patient rows name it by its slug, so it is archived, never deleted."""

    slug = models.SlugField(_("slug"), max_length=80)
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PUBLISHED
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    sources = models.JSONField(
        _("sources"), default=list, blank=True, help_text=_("Keys from the list of sources.")
    )
    certainty = models.JSONField(
        _("certainty"),
        default=list,
        blank=True,
        help_text=_("S source guide, V checked with a source, K to be checked, D our own choice."),
    )
    facts_checked_on = models.DateField(_("facts checked on"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewer = models.CharField(_("reviewed by"), max_length=200, blank=True)
    review_due = models.DateField(_("review due"), null=True, blank=True)
    # The field values as they were last loaded from files: what differs was edited here.
    shipped = models.JSONField(default=dict, blank=True, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language"], name="%(app_label)s_%(class)s_slug_language"
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        touch_content()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        touch_content()
        return deleted
