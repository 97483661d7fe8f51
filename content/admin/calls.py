"""What holds for all symptoms: call levels, windows, measures, combinations, and the centre."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.admin.base import REVIEW, ContentAdmin, FixedRows, RowForm, WorkshopAdmin
from content.admin.history import as_lines
from content.catalogue import rules
from content.models import (
    CallLevel,
    CallSettings,
    CallWindow,
    Centre,
    CombinationRule,
    Measure,
)


@admin.register(CallLevel)
class CallLevelAdmin(FixedRows, ContentAdmin):
    fixed = ("status",)
    fieldsets = ((None, {"fields": ("name", "slug", "status", "act")}), REVIEW)


@admin.register(CallWindow)
class CallWindowAdmin(ContentAdmin):
    fieldsets = (
        (None, {"fields": ("name", "slug", "status", "question", "length")}),
        (
            gettext_lazy("When it counts"),
            {"fields": ("days", "hours", "counts_as_any", "unknown_present_in")},
        ),
        REVIEW,
    )


def readable(model: type[Model], column: str) -> Callable[[Model], SafeString]:
    """Return a field of a form which shows a column that holds lists, one part on each line."""

    @admin.display(description=capfirst(model._meta.get_field(column).verbose_name))
    def shown(row: Model) -> SafeString:
        return format_html("<pre>{}</pre>", "\n".join(as_lines(getattr(row, column))))

    return shown


@admin.register(Measure)
class MeasureAdmin(FixedRows, ContentAdmin):
    fixed = (
        "status",
        *(readable(Measure, column) for column in ("units", "plausible", "methods")),
        "computed_from",
    )
    fieldsets = (
        (None, {"fields": ("name", "slug", "remark", *fixed)}),
        REVIEW,
    )


@admin.register(CombinationRule)
class CombinationAdmin(ContentAdmin):
    slug_from = "text"
    list_display = ("text", "level", "enabled", "status")
    list_filter = ("status", "level", "enabled")
    search_fields = ("slug", "text")
    fieldsets = (
        (None, {"fields": ("text", "slug", "level", "enabled", "status", "conditions", "remark")}),
        REVIEW,
    )


@admin.register(CallSettings)
class CallSettingsAdmin(FixedRows, ContentAdmin):
    """To be looked at: limits and the red list change with the files that ship them."""

    list_display = ("__str__", "version")
    fixed = (readable(CallSettings, "values"),)
    fieldsets = ((None, {"fields": ("slug", "version", *fixed)}),)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CentreForm(RowForm):
    """The centre's limit stays in the range of the call levels."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        limit, unit = cleaned.get("fever_limit"), cleaned.get("fever_limit_unit")
        low, high = rules().settings.centre_limit_range.get(unit, (Decimal(0), Decimal(0)))
        if limit is not None and not low <= limit <= high:
            words = _("Between %(low)s and %(high)s.") % {"low": low, "high": high}
            self.add_error("fever_limit", ValidationError(words))
        return cleaned

    class Meta:
        widgets = {"fever_limit": forms.NumberInput(attrs={"step": "0.1"})}


@admin.register(Centre)
class CentreAdmin(WorkshopAdmin):
    """Its sign-off has pages of its own."""

    form = CentreForm
    fieldsets = (
        (None, {"fields": ("name", "cancer_line", "emergency_number", "crisis_line")}),
        (gettext_lazy("Fever limit"), {"fields": ("fever_limit", "fever_limit_unit")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Centre.objects.exists()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # A state restored from the history brings no old sign-off back.
        now = Centre.load()
        for name in Centre.SIGNED:
            setattr(obj, name, getattr(now, name))
        super().save_model(request, obj, form, change)
