"""The fields of one symptom in the check-in: its score, its signs and its numbers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from content.call_rules import SCORES, MeasureRule, Rules, SymptomRules
from content.translations import said
from journeys.models import SymptomEntry

UNIT_NAMES = {
    "C": "°C",
    "F": "°F",
    "points": _("points"),
    "count": _("times"),
    "percent": "%",
    "days": _("days"),
    "h": _("hours"),
    "min": _("minutes"),
}


def unit_name(unit: str) -> str:
    return str(UNIT_NAMES.get(unit, unit))


class NumberField(forms.DecimalField):
    """A number as people type it: 37,8 is 37.8."""

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            value = value.replace(",", ".")
        return super().to_python(value)


def score_field(symptom: SymptomRules) -> forms.Field:
    anchors = symptom.anchors
    return forms.TypedChoiceField(
        label=said(symptom.name),
        choices=[
            (score, said(anchors[score].text) if score in anchors else score) for score in SCORES
        ],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Please choose one of the five answers.")},
    )


def signs_field(symptom: SymptomRules) -> forms.Field:
    return forms.MultipleChoiceField(
        label=_("Is any of this true?"),
        choices=[(sign.slug, said(sign.text)) for sign in symptom.signs.values()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def number_fields(name: str, measure: MeasureRule, usual_unit: str) -> dict[str, forms.Field]:
    """Return the fields of one number: itself, its unit and, where asked, how it was measured."""
    fields: dict[str, forms.Field] = {
        name: NumberField(
            label=said(measure.name),
            required=False,
            max_digits=7,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"invalid": _("Please write a number, for example 37.8.")},
        ),
        f"{name}-unit": forms.ChoiceField(
            label=_("Unit"),
            choices=[(unit, unit_name(unit)) for unit in measure.units],
            required=False,
            initial=usual_unit if usual_unit in measure.units else measure.units[0],
            error_messages={"invalid_choice": _("Please choose a unit from the list.")},
        ),
    }
    if measure.methods:
        fields[f"{name}-method"] = forms.ChoiceField(
            label=_("How did you measure?"),
            choices=[("", _("not said")), *((row, _t(row)) for row in measure.methods)],
            required=False,
        )
    return fields


class SymptomFields:
    """One symptom's part of a check-in form: fields `S`, `S-signs`, `S-<measure>` and so on.

    It adds its fields to the form, checks them, reads the entry from them and shows them to the
    template. `unit` is the temperature unit that the person is used to.
    """

    def __init__(self, form: forms.Form, symptom: SymptomRules, rules: Rules, unit: str) -> None:
        self.form = form
        self.rules = symptom
        self.slug = symptom.slug
        numbers = [symptom.score_from] if symptom.score_from else []
        numbers += [threshold.measure for threshold in symptom.thresholds]
        self.measures = {
            name: rules.measures[name] for name in dict.fromkeys(numbers) if name in rules.measures
        }
        # A scored symptom that lost its anchors keeps its score: it is saved as unchecked.
        if symptom.anchors or symptom.kind == "scored":
            form.fields[self.slug] = score_field(symptom)
        if symptom.signs:
            form.fields[f"{self.slug}-signs"] = signs_field(symptom)
        for name, measure in self.measures.items():
            form.fields |= number_fields(f"{self.slug}-{name}", measure, unit)

    # --- checking and reading ---------------------------------------------------------------

    def clean(self, data: dict[str, Any]) -> None:
        """Add an error for a number without its unit, and for one that cannot be true."""
        for name, measure in self.measures.items():
            field = f"{self.slug}-{name}"
            value, unit = data.get(field), data.get(f"{field}-unit")
            if value is None or f"{field}-unit" in self.form.errors:
                continue
            if not unit:
                self.form.add_error(f"{field}-unit", _("Please choose the unit."))
                continue
            lowest, highest = measure.plausible[unit]
            if not lowest <= value <= highest:
                self.form.add_error(
                    field,
                    _(
                        "This number does not look right: it is usually between %(lowest)s and "
                        "%(highest)s %(unit)s. Please check the number and the unit."
                    )
                    % {
                        "lowest": lowest.normalize().to_eng_string(),
                        "highest": highest.normalize().to_eng_string(),
                        "unit": unit_name(unit),
                    },
                )

    def entry(self, data: dict[str, Any], rest_is_none: bool) -> SymptomEntry | None:
        """Return the unsaved entry of what was answered and can be read, or None."""
        entry = SymptomEntry(
            symptom=self.slug,
            area=self.rules.area,
            score=data.get(self.slug),
            signs=data.get(f"{self.slug}-signs") or [],
            readings=self._readings(data),
        )
        if entry.score is not None or entry.signs or entry.readings:
            return entry
        # A temperature that nobody took is not "no fever".
        if rest_is_none and self.slug in self.form.fields and not self.rules.score_from:
            entry.score = 0
            return entry
        return None

    def _readings(self, data: dict[str, Any]) -> list[dict[str, str]]:
        readings = []
        for name in self.measures:
            field = f"{self.slug}-{name}"
            value: Decimal | None = data.get(field)
            unit = data.get(f"{field}-unit")
            if value is None or not unit:
                continue
            reading = {"measure": name, "value": str(value), "unit": unit}
            if method := data.get(f"{field}-method"):
                reading["method"] = method
            readings.append(reading)
        return readings

    # --- showing ----------------------------------------------------------------------------

    @property
    def score(self) -> forms.BoundField | None:
        return self._bound(self.slug)

    @property
    def signs(self) -> forms.BoundField | None:
        return self._bound(f"{self.slug}-signs")

    def numbers(self) -> list[list[forms.BoundField]]:
        """Return number, unit and, where it is asked, how it was measured, for each measure."""
        rows = []
        for name in self.measures:
            field = f"{self.slug}-{name}"
            parts = (field, f"{field}-unit", f"{field}-method")
            rows.append([self.form[part] for part in parts if part in self.form.fields])
        return rows

    @property
    def opened(self) -> bool:
        """Whether signs or numbers hold an answer or an error, so that they are shown open."""
        names = [f"{self.slug}-signs", *(f"{self.slug}-{name}" for name in self.measures)]
        return any(self._holds(name) for name in names)

    @property
    def answered(self) -> bool:
        """Whether anything of this symptom holds an answer or an error."""
        return self.opened or self._holds(self.slug)

    def _bound(self, name: str) -> forms.BoundField | None:
        return self.form[name] if name in self.form.fields else None

    def _holds(self, name: str) -> bool:
        field = self._bound(name)
        return field is not None and (field.value() not in (None, "", []) or bool(field.errors))
