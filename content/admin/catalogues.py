"""What people look up: blood values with their units, and medicines."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.admin.base import REVIEW, ContentAdmin
from content.admin.rows import RowsInline
from content.models import LabKind, LabUnit, Medicine, ProcedureKind


class UnitFormSet(BaseInlineFormSet):
    """The first unit is the one in which ranges and limits are given."""

    def clean(self) -> None:
        super().clean()
        units = [
            form.cleaned_data
            for form in self.forms
            if form.is_valid() and form.cleaned_data.get("unit")
        ]
        if not any(form.errors for form in self.forms) and (not units or units[0]["factor"] != 1):
            raise ValidationError(
                _("The first unit needs the factor 1: the ranges are given in it.")
            )


class UnitInline(RowsInline):
    model = LabUnit
    formset = UnitFormSet
    fields = ("unit", "ucum", "factor")
    min_num = 1

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).order_by("order", "pk")


@admin.register(LabKind)
class LabKindAdmin(ContentAdmin):
    slug_from = "name"
    search_fields = ("slug", "name", "search_text")
    inlines = (UnitInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "status", "aliases", "meaning", "about", "topic")}),
        (
            gettext_lazy("Numbers, in the first unit"),
            {"fields": ("low", "high", "range_note", "odd_below", "odd_above")},
        ),
        REVIEW,
    )


@admin.register(Medicine)
class MedicineAdmin(ContentAdmin):
    slug_from = "name"
    list_display = ("name", "kind", "status", "review_due")
    list_filter = ("status", "kind")
    search_fields = ("slug", "name", "search_text")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("name", "slug", "status", "brands", "aliases", "kind", "routes"),
                    *("once_weekly", "purpose", "about", "as_of", "topic"),
                )
            },
        ),
        (gettext_lazy("What to watch"), {"fields": ("watch", "opens_window")}),
        REVIEW,
    )


@admin.register(ProcedureKind)
class ProcedureKindAdmin(ContentAdmin):
    slug_from = "name"
    list_display = ("name", "group", "status", "review_due")
    list_filter = ("status", "group")
    search_fields = ("slug", "name", "about")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("name", "slug", "status", "group", "about", "topic"),
                    *("lasts", "one_at_a_time", "results", "visit_kind"),
                )
            },
        ),
        (gettext_lazy("What the check-in assumes"), {"fields": ("opens_windows", "asks_again")}),
        REVIEW,
    )
