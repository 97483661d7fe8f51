"""The guide: sections, topics, questions, glossary, visits and sources."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.admin.base import REVIEW, ContentAdmin, FixedRows, WorkshopAdmin
from content.admin.relevance import RelevanceInline
from content.models import (
    Notice,
    Section,
    Source,
    Status,
    SuggestedQuestion,
    Term,
    Topic,
    Translation,
    VisitKind,
)
from content.rendering import rerender


@admin.register(Section)
class SectionAdmin(ContentAdmin):
    slug_from = "title"
    list_display = ("__str__", "status")
    fieldsets = (
        (None, {"fields": ("title", "slug", "number", "status", "summary", "source_label")}),
        REVIEW,
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Links to topics of an archived section must go.
        rerender()


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    slug_from = "title"
    list_display = ("title", "section", "status", "review_due")
    list_filter = ("status", "section")
    list_select_related = ("section",)
    search_fields = ("slug", "title", "body")
    inlines = (RelevanceInline,)
    fieldsets = (
        (None, {"fields": ("title", "slug", "section", "status", "summary", "body")}),
        (_("More"), {"fields": ("changed_since_2013", "numbers")}),
        REVIEW,
    )

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        shown = obj and obj.status == obj.section.status == Status.PUBLISHED
        if obj and not shown:
            return reverse("admin:topic_page", args=[obj.pk])
        return super().get_view_on_site_url(obj)


@admin.register(SuggestedQuestion)
class QuestionAdmin(ContentAdmin):
    slug_from = "text"
    list_display = ("text", "theme", "status", "review_due")
    list_filter = ("status", "theme")
    search_fields = ("slug", "text")
    inlines = (RelevanceInline,)
    fieldsets = ((None, {"fields": ("text", "slug", "status", "theme", "topic")}), REVIEW)


@admin.register(Term)
class TermAdmin(ContentAdmin):
    slug_from = "term"
    search_fields = ("slug", "term", "definition")
    fieldsets = (
        (None, {"fields": ("term", "slug", "status", "aliases", "definition", "topic")}),
        REVIEW,
    )


@admin.register(VisitKind)
class VisitKindAdmin(ContentAdmin):
    slug_from = "name"
    fieldsets = ((None, {"fields": ("name", "slug", "status", *VisitKind.TEXTS)}), REVIEW)


@admin.register(Notice)
class NoticeAdmin(FixedRows, WorkshopAdmin):
    list_display = ("title", "valid_from")
    fields = ("title", "slug", "valid_from", "body")
    readonly_fields = ("slug",)


@admin.register(Translation)
class TranslationAdmin(FixedRows, WorkshopAdmin):
    """To be read here. They come with the files, so that no one editor words what means "call"."""

    list_display = ("source", "text", "language", "reviewer")
    list_filter = ("language",)
    search_fields = ("source", "text")
    fields = ("language", "source", "text", "reviewer", "reviewed_on")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(WorkshopAdmin):
    list_display = ("key", "title", "publisher", "year")
    search_fields = ("key", "title", "publisher")
    fields = ("key", "title", "publisher", "year", "url", "note")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()
