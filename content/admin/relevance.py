"""For whom a topic, a question or a symptom matters, as rows of its own page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from content.admin.base import HoldingMixin, RowForm
from content.models import RelevanceRule


class RelevanceInline(HoldingMixin, admin.StackedInline):
    model = RelevanceRule
    form = RowForm
    extra = 0
    fields = ("weight", *RelevanceRule.DIMENSIONS)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A rule is not named by any record; it may go.
        return self.has_change_permission(request, obj)
