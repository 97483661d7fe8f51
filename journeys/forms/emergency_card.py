"""The emergency card: every answer may stay empty."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from journeys.forms.base import RecordForm, as_phone_number, is_past_day
from journeys.models import EmergencyCard

DAYS = ("asparaginase_on", "spinal_chemo_on", "steroids_on", "transplant_on")


GROUPS = (
    (_("About you"), "", ("name", "birth_year", "allergies", "conditions")),
    (_("Blood and lines"), "", ("blood_group", "irradiated", "line", "line_note")),
    (
        _("Last treatments"),
        _("What you answered about recent treatment counts as well: the later day is shown."),
        DAYS,
    ),
    (
        _("One person to call for you"),
        "",
        ("contact_name", "contact_relation", "contact_phone"),
    ),
    (_("What to leave off"), "", ("off_wallet", "off_sheet")),
)


def _parts(label: Any, help_text: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=EmergencyCard.Part.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class EmergencyCardForm(RecordForm):
    off_wallet = _parts(
        _("Leave these off the wallet card"), _("A wallet may get lost. Allergies always stay on.")
    )
    off_sheet = _parts(
        _("Leave these off the sheet for home"), _("Guests may read what hangs on the fridge.")
    )

    class Meta:
        model = EmergencyCard
        fields = [
            "name",
            "birth_year",
            "allergies",
            "blood_group",
            "irradiated",
            "line",
            "line_note",
            *DAYS,
            "conditions",
            "contact_name",
            "contact_relation",
            "contact_phone",
            "off_wallet",
            "off_sheet",
        ]
        widgets = {
            "birth_year": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "allergies": forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
            "conditions": forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        } | dict.fromkeys(DAYS, DateInput)
        error_messages = {
            "birth_year": {"invalid": _("Please write the year with four digits.")}
        } | {day: {"invalid": _("Please check the day.")} for day in DAYS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_phone_number(self.fields["contact_phone"])
        for name in DAYS:
            self.fields[name].validators.append(is_past_day)
        for name in ("blood_group", "irradiated", "line"):
            choices = [choice for choice in self.fields[name].choices if choice[0]]
            self.fields[name].choices = [("", _("Not written down")), *choices]

    def groups(self) -> list[tuple[Any, Any, list[forms.BoundField]]]:
        """Return (heading, hint, fields) in the order of the page."""
        return [(heading, hint, [self[name] for name in names]) for heading, hint, names in GROUPS]

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data["birth_year"]
        if year is not None and not 1900 <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Please check the year."))
        return year
