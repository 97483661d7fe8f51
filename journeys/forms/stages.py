"""Where are you now: every answer may stay open."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from content.index import content_index
from journeys.forms.base import RecordForm, answer_choices
from journeys.models import StageEntry

NOT_KNOWN = _("I don't know yet")


class StageForm(RecordForm):
    classification = forms.ChoiceField(
        label=_("Where are you now?"), required=False, widget=forms.RadioSelect
    )
    phase = forms.ChoiceField(
        label=_("Which part of treatment?"), required=False, widget=forms.RadioSelect
    )
    cell_type = forms.ChoiceField(
        label=_("Which cells did the leukemia start in?"), required=False, widget=forms.RadioSelect
    )
    philadelphia = forms.ChoiceField(
        label=_("Do the cells have the Philadelphia chromosome?"),
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = StageEntry
        fields = [
            "classification", "phase", "cns_prophylaxis", "cell_type", "philadelphia", "started_on",
        ]  # fmt: skip
        widgets = {"started_on": DateInput}
        help_texts = {"started_on": _("About is fine. You can correct it later.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry = self.instance
        index = content_index()
        subtypes = index.subtypes.values()
        choices = {
            "classification": (index.classifications.values(), entry.classification),
            "phase": ([row for row in index.phases.values() if not row.alongside], entry.phase),
            "cell_type": ([row for row in subtypes if row.axis == "cell"], entry.cell_type),
            "philadelphia": (
                [row for row in subtypes if row.axis == "philadelphia"],
                entry.philadelphia,
            ),
        }
        for name, (rows, current) in choices.items():
            self.fields[name].choices = answer_choices(rows, NOT_KNOWN, current)
        if entry._state.adding:
            self.fields["started_on"].initial = timezone.localdate

    def clean_started_on(self) -> Any:
        day = self.cleaned_data["started_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come. Please give the day it began, or today.")
            )
        if day.year < 1950:
            raise forms.ValidationError(_("Please check the year."))
        return day
