"""The weight in a check-in: a number with its unit, the one of last time."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from journeys.forms.symptom_fields import NumberField
from journeys.lab_words import plain
from journeys.models import CheckIn
from journeys.models.symptoms import WEIGHT_UNITS
from journeys.weights import Weight

# Beyond these a comma slipped; no medical limit.
LIKELY = {"kg": (20, 350), "lb": (44, 770)}


class WeightFields(forms.Form):
    weight = NumberField(
        label=_("Weight"),
        required=False,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": _("Please write a number, for example 68.4.")},
    )
    weight_unit = forms.ChoiceField(label=_("Unit"), choices=WEIGHT_UNITS, required=False)

    def __init__(self, *args: Any, last_weight: Weight | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if last_weight is not None:
            self._remember(last_weight)

    def _remember(self, last: Weight) -> None:
        self.fields["weight_unit"].initial = last.unit
        self.fields["weight"].help_text = _t("Last time: %(weight)s on %(day)s.") % {
            "weight": last,
            "day": date_format(last.on, "DATE_FORMAT"),
        }

    def start_from(self, check_in: CheckIn) -> None:
        if check_in.weight is not None:
            self.initial["weight"] = plain(check_in.weight)
            self.initial["weight_unit"] = check_in.weight_unit

    def clean_weight_with_unit(self, data: dict[str, Any]) -> None:
        """Add an error for a weight without its unit, and for one that cannot be true."""
        value, unit = data.get("weight"), data.get("weight_unit")
        if value is None or "weight_unit" in self.errors:
            return
        if not unit:
            self.add_error("weight_unit", _("Please choose the unit."))
            return
        lowest, highest = LIKELY[unit]
        if not lowest <= value <= highest:
            self.add_error(
                "weight",
                _(
                    "This number does not look right: it is usually between %(lowest)s and "
                    "%(highest)s %(unit)s. Please check the number and the unit."
                )
                % {"lowest": lowest, "highest": highest, "unit": unit},
            )

    def weighed(self) -> tuple[Decimal, str] | None:
        """Return the weight with its unit, or None when there is none that can be read."""
        data = getattr(self, "cleaned_data", {})
        if data.get("weight") is None or not data.get("weight_unit"):
            return None
        return data["weight"], data["weight_unit"]
