"""The guide: 13 sections, the topics in them, and the sources they rest on."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.markdown import MARKDOWN_LENGTH
from content.models.base import ContentItem, ContentQuerySet
from content.models.fields import CappedTextField
from content.models.revision import touch_content
from content.rendering import Renderer, rerender
from content.text import search_text


class Section(ContentItem):
    """One of the 13 parts of the guide."""

    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    summary = CappedTextField(_("summary"), max_length=1000, blank=True)
    source_label = models.CharField(
        _("date of the source"), max_length=60, blank=True, help_text=_("As the source says it.")
    )

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta(ContentItem.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("content:section", args=[self.slug])


class TopicQuerySet(ContentQuerySet):
    def published(self) -> Self:
        """Topics that readers see: published, in a section that is published, too."""
        return super().published().filter(section__status="published")

    def in_reading_order(self) -> Self:
        return self.order_by("section__order", "section__number", "order", "slug")

    def without_text(self) -> Self:
        """Leave out the long columns, for lists and links."""
        return self.defer("body", "numbers", "shipped", *Topic.RENDERED)


class Topic(ContentItem):
    """The unit that is read, surfaced, dated, sourced and reviewed."""

    RENDERED = ("body_html", "numbers_html", "search_text")

    section = models.ForeignKey(Section, models.PROTECT, related_name="topics")
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence: why it matters.")
    )
    changed_since_2013 = CappedTextField(
        _("what has changed since 2013"), max_length=2000, blank=True
    )
    body = CappedTextField(
        _("text"), max_length=MARKDOWN_LENGTH, blank=True, help_text=_("Markdown.")
    )
    body_html = models.TextField(blank=True, editable=False)
    numbers = CappedTextField(
        _("numbers"),
        max_length=MARKDOWN_LENGTH,
        blank=True,
        help_text=_("Survival, death and event-free figures only. Never surfaced or searched."),
    )
    numbers_html = models.TextField(blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    objects = TopicQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["shipped", *RENDERED])

    class Meta(ContentItem.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content:topic", args=[self.section.slug, self.slug])

    def render(self, renderer: Renderer) -> None:
        """Fill the columns that are made from the text."""
        self.body_html = renderer.to_html(self.body)
        self.numbers_html = renderer.to_html(self.numbers)
        self.search_text = search_text(self.title, self.summary, self.body_html)

    def save(self, *args: Any, **kwargs: Any) -> None:
        moved = self._address_changes()
        self.render(Renderer.load())
        super().save(*args, **kwargs)
        if moved:
            rerender()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        rerender()
        return deleted

    def _address_changes(self) -> bool:
        """Whether links that other texts hold to this topic must be made anew."""
        address = ("slug", "section_id", "status")
        before = type(self).objects.filter(pk=self.pk).values_list(*address).first()
        return before != tuple(getattr(self, name) for name in address)


class Source(models.Model):
    """Where a statement comes from. Items name it by its key."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    year = models.CharField(_("year"), max_length=40, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    note = CappedTextField(_("note"), max_length=2000, blank=True)
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["shipped"])

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        touch_content()

    @property
    def issuer(self) -> str:
        """Who stands behind it; its title where nobody is named."""
        return self.publisher or self.title

    def by_publisher(self) -> tuple[str, str, str]:
        """Return the key by which the list of all sources is sorted."""
        return self.issuer.casefold(), self.year, self.title.casefold()
