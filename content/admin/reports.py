"""The inbox of reported mistakes: read, mended, ticked off with a note."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from content.admin.base import FixedRows
from content.models import MistakeReport
from content.report_views import KINDS
from content.second_look import name_of


class OpenFilter(admin.SimpleListFilter):
    """What is open comes first; what was handled is one tap away."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("handled", _("Handled")), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "all":
            return queryset
        return queryset.exclude(handled_at=None) if self.value() else queryset.open()


@admin.register(MistakeReport)
class MistakeReportAdmin(FixedRows, admin.ModelAdmin):
    list_display = ("title", "text", "received_at", "handled_by")
    list_filter = (OpenFilter,)
    fields = ("page", "text", "received_at", "note", "handled_by", "handled_at")
    readonly_fields = ("page", "text", "received_at", "handled_by", "handled_at")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("page"))
    def page(self, obj: MistakeReport) -> SafeString | str:
        row = KINDS[obj.kind].objects.filter(slug=obj.slug).first() if obj.kind in KINDS else None
        try:
            form = reverse(f"admin:content_{row._meta.model_name}_change", args=[row.pk])
        except (AttributeError, NoReverseMatch):
            return obj.title
        words = _("Edit: %(title)s") % {"title": obj.title}
        return format_html('<a href="{}">{}</a>', form, words)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saving it says that it was handled, and by whom."""
        obj.handled_at, obj.handled_by = timezone.now(), name_of(request.user)
        super().save_model(request, obj, form, change)
