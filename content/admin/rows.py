"""Rows that belong to a row of the guide, as a table on its page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from content.admin.base import HoldingMixin


def label_itself(field: forms.Field) -> None:
    """Give a field in a table the name that nothing but the head of its column tells."""
    if not isinstance(field.widget, forms.MultiWidget):  # whose parts have names of their own
        field.widget.attrs["aria-label"] = str(field.label)


class RowsInline(HoldingMixin, admin.TabularInline):
    template = "admin/content/rows.html"
    extra = 0
    show_full_result_count = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            label_itself(field)
        return formset
