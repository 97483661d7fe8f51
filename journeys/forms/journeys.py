"""A journey's own details: the name, the numbers to ring, the own fever limit, how it stands."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careguide.forms import CrispyModelForm
from content.call_levels import looser_than
from content.catalogue import rules
from content.models import Centre
from journeys.forms.base import as_phone_number
from journeys.forms.symptom_fields import NumberField
from journeys.models import Journey
from journeys.models.journeys import TEMPERATURE_UNITS


class VersionedJourneyForm(CrispyModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class NameForm(CrispyModelForm):
    class Meta:
        model = Journey
        fields = ["name"]


class KeepForm(NameForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Whom is it about?")
        self.fields["name"].help_text = _("A first name or any name you both like.")
        self.fields["name"].required = True


class NumbersForm(CrispyModelForm):
    class Meta:
        model = Journey
        fields = ["cancer_line", "emergency_number", "comfort_line"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            as_phone_number(self.fields[name])


class FeverLimitForm(CrispyModelForm):
    """The person's own limit. One that is looser than the centre's counts once it is confirmed."""

    fever_limit = NumberField(
        label=_("Your own fever limit"),
        required=False,
        max_digits=5,
        decimal_places=2,
        # A number input sends nothing where it does not know "38,2": that would clear the limit.
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": _("Please write a number, for example 38.2.")},
        help_text=_("Only if your team gave you one. Leave it empty to use the usual limit."),
    )
    fever_limit_unit = forms.ChoiceField(label=_("Unit"), choices=TEMPERATURE_UNITS)
    confirm = forms.BooleanField(
        label=_("My team told me this limit. I know that it is higher than the usual one."),
        required=False,
    )

    class Meta:
        model = Journey
        fields = ["fever_limit", "fever_limit_unit", "temperature_unit"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        limit, unit = data.get("fever_limit"), data.get("fever_limit_unit")
        if limit is None or unit is None:
            return data
        allowed = rules().settings.own_limit_range.get(unit)
        if allowed is None:
            self.add_error(None, _("Limits cannot be set just now. The usual limit counts."))
            return data
        lowest, highest = allowed
        if not lowest <= limit <= highest:
            self.add_error(
                "fever_limit",
                _("Please give a limit between %(lowest)s and %(highest)s °%(unit)s.")
                % {"lowest": lowest, "highest": highest, "unit": unit},
            )
        elif self.is_looser(limit, unit) and not data.get("confirm"):
            self.add_error(
                "confirm",
                _(
                    "This limit is higher than the usual one, so a fever would show later. "
                    "Tick the box if your team told you this limit."
                ),
            )
        return data

    def is_looser(self, limit: Decimal, unit: str) -> bool:
        return looser_than((limit, unit), Centre.load().limit, rules())

    def save(self, commit: bool = True) -> Journey:
        self.instance.fever_limit_confirmed = bool(self.cleaned_data.get("confirm"))
        return super().save(commit)


class StatusForm(CrispyModelForm):
    class Meta:
        model = Journey
        fields = ["status"]
        widgets = {"status": forms.RadioSelect}
        labels = {"status": _("How does this journey stand?")}
