"""What a visit summary shows: since when, which parts, and which notes."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from journeys.models import Note
from journeys.summaries.build import LONGEST

MOST_NOTES = 12


class SummaryForm(forms.Form):
    """Read from the address, so that page, print and PDF are asked for in the same way.

    Without `chosen` nothing was chosen yet, and every part is shown.
    """

    since = forms.DateField(label=_("Since"), widget=DateInput, required=False)
    part = forms.MultipleChoiceField(
        label=_("What it shows"), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.MultipleChoiceField(
        label=_("Notes to show"), widget=forms.CheckboxSelectMultiple, required=False
    )
    chosen = forms.BooleanField(widget=forms.HiddenInput, required=False, initial=True)

    def __init__(
        self,
        data: QueryDict,
        *,
        since: date,
        parts: Mapping[str, Promise],
        notes: list[Note],
    ) -> None:
        chosen = "chosen" in data
        super().__init__(
            data if chosen else None, initial={"since": since, "part": list(parts), "chosen": True}
        )
        self.usual_since, self.parts = since, parts
        self.fields["part"].choices = list(parts.items())
        self.fields["note"].choices = [(str(row.pk), _shortly(row)) for row in notes]
        if not notes:
            del self.fields["note"]

    def clean_since(self) -> date:
        day = self.cleaned_data["since"] or self.usual_since
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("This day is still to come. Please give an earlier one."))
        if day < today - LONGEST:
            raise forms.ValidationError(_("A summary reaches back a year at most."))
        return day

    def choice(self) -> dict[str, Any]:
        """Return what to build: `since`, `without` and `notes`.

        A day that cannot be read is as usual; of parts and notes only those that were chosen are
        shown, whatever else is wrong.
        """
        if not self.is_bound:
            return {"since": self.usual_since, "without": frozenset(), "notes": []}
        self.is_valid()
        return {
            "since": self.cleaned_data.get("since") or self.usual_since,
            "without": frozenset(self.parts) - self._chosen("part"),
            "notes": [uuid.UUID(row) for row in self._chosen("note")],
        }

    def address(self) -> str:
        """Return the choice as a part of an address, with the day that is usual now."""
        choice = self.choice()
        shown = [code for code in self.parts if code not in choice["without"]]
        said = {"chosen": "1", "since": choice["since"], "part": shown, "note": choice["notes"]}
        return urlencode(said, doseq=True)

    def _chosen(self, name: str) -> frozenset[str]:
        """Return what was chosen of what is offered."""
        field = self.fields.get(name)
        offered = {code for code, _label in field.choices} if field else set()
        return frozenset(self.data.getlist(name)) & offered


def _shortly(note: Note) -> str:
    day = date_format(note.noted_on, "DATE_FORMAT")
    return f"{day}: {Truncator(note.text).words(12)}"
