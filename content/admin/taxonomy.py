"""Where a person can be: classifications, subtypes, phases, and which go together."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from content.admin.base import REVIEW, ContentAdmin
from content.models import Classification, Phase, StageFit, Subtype


@admin.register(Classification)
class ClassificationAdmin(ContentAdmin):
    slug_from = "name"
    fieldsets = (
        (None, {"fields": ("name", "slug", "status", "description", "because", "gentle")}),
        REVIEW,
    )


@admin.register(Subtype)
class SubtypeAdmin(ContentAdmin):
    slug_from = "name"
    fixed = ("axis",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "axis", "status", "description", "because")}),
        REVIEW,
    )


@admin.register(Phase)
class PhaseAdmin(ContentAdmin):
    slug_from = "name"
    fixed = ("alongside",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "also_called", "alongside", "status", "because")}),
        (None, {"fields": (*Phase.TEXTS, "next")}),
        REVIEW,
    )


@admin.register(StageFit)
class StageFitAdmin(ContentAdmin):
    list_display = ("__str__", "fit", "status")
    list_filter = ("fit", "classification")
    fixed = ("classification", "phase")
    fieldsets = (
        (None, {"fields": ("classification", "phase", "fit", "note", "status")}),
        REVIEW,
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.fixed if obj else ()
