"""Where staff edit the texts of the guide. Nothing here reaches a patient's record."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from content.models import (
    Centre,
    RelevanceRule,
    Section,
    SuggestedQuestion,
    Term,
    Topic,
    VisitKind,
)

REVIEW = ("status", "sources", "certainty", "facts_checked_on", "reviewed_on", "reviewer")
REVIEW_FIELDS = (*REVIEW, "review_due")


class RelevanceInline(admin.TabularInline):
    model = RelevanceRule
    fields = (*RelevanceRule.DIMENSIONS, "weight")
    extra = 0


class ContentAdmin(SimpleHistoryAdmin):
    """Rows are archived, never deleted: patients' records name them."""

    list_display = ("__str__", "status", "review_due")
    list_filter = ("status",)
    search_fields = ("slug",)
    readonly_fields = ("slug",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Section)
class SectionAdmin(ContentAdmin):
    fields = ("slug", "number", "title", "summary", "source_label", *REVIEW_FIELDS)


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    list_display = ("title", "section", "status", "review_due")
    list_filter = ("status", "section")
    search_fields = ("slug", "title")
    fields = (
        "slug",
        "section",
        "order",
        "title",
        "summary",
        "changed_since_2013",
        "body",
        "numbers",
        *REVIEW_FIELDS,
    )
    inlines = (RelevanceInline,)


@admin.register(SuggestedQuestion)
class QuestionAdmin(ContentAdmin):
    search_fields = ("slug", "text")
    fields = ("slug", "text", "theme", "topic", "order", *REVIEW_FIELDS)
    inlines = (RelevanceInline,)


@admin.register(Term)
class TermAdmin(ContentAdmin):
    search_fields = ("slug", "term")
    fields = ("slug", "term", "aliases", "definition", "topic", *REVIEW_FIELDS)


@admin.register(VisitKind)
class VisitKindAdmin(ContentAdmin):
    fields = ("slug", "name", "what", "prepare", "bring", "after", "order", *REVIEW_FIELDS)


@admin.register(Centre)
class CentreAdmin(admin.ModelAdmin):
    fields = ("name", "cancer_line", "emergency_number", "crisis_line")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Centre.objects.exists()
