"""A whole lab report in one go: values as they are printed, each with its unit."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from content.models import LabKind
from journeys.forms.base import SubmitOnce, VersionField, is_past_day
from journeys.forms.symptom_fields import NumberField
from journeys.lab_words import is_odd, plain, read_back
from journeys.models import LabReport, LabResult

# Kinds whose result is a limit as often as a number.
WITH_LIMIT = {"mrd"}


def _number(label: Any, **options: Any) -> NumberField:
    return NumberField(
        label=label,
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=5,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Please write a number, for example 0.5."),
            "min_value": _("This number cannot be below 0."),
        },
        **options,
    )


class LabFields:
    """One value's part of the form: fields `L`, `L-unit`, `L-low`, `L-high` and so on."""

    def __init__(self, form: "LabReportForm", kind: LabKind, unit: str) -> None:
        self.form, self.kind, self.slug = form, kind, kind.slug
        units = [one.unit for one in kind.units.all()]
        form.fields |= {
            self.slug: _number(kind.name),
            f"{self.slug}-unit": forms.ChoiceField(
                label=_("Unit"),
                choices=[(one, one) for one in units],
                initial=unit if unit in units else units[0],
                required=False,
            ),
            f"{self.slug}-low": _number(_("from")),
            f"{self.slug}-high": _number(_("to")),
        }
        if self.slug in WITH_LIMIT:
            form.fields[f"{self.slug}-below"] = forms.BooleanField(
                label=_("Not found, down to this limit"), required=False
            )
            form.fields[f"{self.slug}-method"] = forms.CharField(
                label=_("How was it measured?"), max_length=80, required=False
            )

    def result(self, data: Mapping[str, Any]) -> LabResult | None:
        value = data.get(self.slug)
        unit = data.get(f"{self.slug}-unit") or self.form.fields[f"{self.slug}-unit"].choices[0][0]
        if value is None:
            return None
        return LabResult(
            lab=self.slug,
            value=value,
            unit=unit,
            below=bool(data.get(f"{self.slug}-below")),
            low=data.get(f"{self.slug}-low"),
            high=data.get(f"{self.slug}-high"),
            method=data.get(f"{self.slug}-method") or "",
        )

    # --- showing ----------------------------------------------------------------------------
    @property
    def number(self) -> list[forms.BoundField]:
        return [self.form[self.slug], self.form[f"{self.slug}-unit"]]

    @property
    def range(self) -> list[forms.BoundField]:
        return [self.form[f"{self.slug}-low"], self.form[f"{self.slug}-high"]]

    @property
    def limit(self) -> list[forms.BoundField]:
        names = (f"{self.slug}-below", f"{self.slug}-method")
        return [self.form[name] for name in names if name in self.form.fields]

    @property
    def opened(self) -> bool:
        return any(field.value() not in (None, "") or field.errors for field in self.range)


class LabReportForm(SubmitOnce):
    """`shown` are the slugs on the page; those that come back as `lab` values are shown again.

    An odd value is asked about once: with the same form sent again and `sure`, it is saved.
    """

    taken_on = forms.DateField(
        label=_("When was it taken?"),
        widget=DateInput,
        validators=[is_past_day],
        error_messages={"required": _("Choose the day."), "invalid": _("Please check the day.")},
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    only_me = forms.BooleanField(
        label=_("Only me"), required=False, help_text=_("Nobody you share with sees this report.")
    )
    sure = forms.BooleanField(label=_("Yes, that is what the report says"), required=False)
    version = VersionField()

    def __init__(
        self,
        *args: Any,
        kinds: Mapping[str, LabKind],
        shown: Iterable[str],
        units: Mapping[str, str],
        report: LabReport | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken_on"].initial = timezone.localdate
        self.shown = [slug for slug in dict.fromkeys(shown) if slug in kinds]
        self.values = [LabFields(self, kinds[slug], units.get(slug, "")) for slug in self.shown]
        self.kinds, self.report = kinds, report
        # What the page asks about, in words; set while it is checked.
        self.odd: list[str] = []
        if report is not None:
            self._fill(report)

    def _fill(self, report: LabReport) -> None:
        self.initial |= {
            "taken_on": report.taken_on,
            "note": report.note,
            "only_me": report.only_me,
            "version": report.version,
        }
        for row in report.results.all():
            self.initial |= {row.lab: plain(row.value), f"{row.lab}-unit": row.unit}
            for name in ("low", "high"):
                number = getattr(row, name)
                self.initial[f"{row.lab}-{name}"] = "" if number is None else plain(number)
            self.initial |= {f"{row.lab}-below": row.below, f"{row.lab}-method": row.method}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for slug in self.shown:
            low, high = data.get(f"{slug}-low"), data.get(f"{slug}-high")
            if low is not None and high is not None and low > high:
                self.add_error(f"{slug}-high", _("The range ends below its beginning."))
        results = self.results()
        if not self.errors and not results:
            self.add_error(None, _("Nothing is filled in yet. One value is enough."))
        for row in results:
            kind = self.kinds[row.lab]
            if is_odd(kind, row.value, row.unit):
                said = read_back(kind, row.value, row.unit) or f"{row.value} {row.unit}"
                self.odd.append(f"{kind.name}: {said}")
        if self.odd and not data.get("sure"):
            self.add_error(
                "sure", _("This looks unusual. Please look at the unit and the decimal point.")
            )
        return data

    def results(self) -> list[LabResult]:
        """Return an unsaved result for each value that was given and can be read."""
        data = getattr(self, "cleaned_data", {})
        found = [values.result(data) for values in self.values]
        return [row for row in found if row is not None]
