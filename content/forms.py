"""The search form of the guide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.search import QUERY_LENGTH


class SearchForm(forms.Form):
    """A search by GET, so that a result can be bookmarked; too long a query is cut, not refused."""

    q = forms.CharField(
        label=_("Search the guide"),
        required=False,
        widget=forms.SearchInput(attrs={"maxlength": QUERY_LENGTH, "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        query: Any = self.cleaned_data["q"]
        return query[:QUERY_LENGTH]
