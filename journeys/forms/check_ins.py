"""The check-in: scores, signs and numbers of several symptoms on one page."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateTimeInput
from content.call_levels import Rules, SymptomRules
from journeys.forms.base import SubmitOnce, VersionField
from journeys.models import CheckIn, SymptomEntry

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
# More than the catalogue has, so that no answer of a long check-in is left out.
MOST_SYMPTOMS = 100
OLDEST = timedelta(days=3 * 366)


class NumberField(forms.DecimalField):
    """A number as people type it: 37,8 is 37.8."""

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            value = value.replace(",", ".")
        return super().to_python(value)


class CheckInForm(SubmitOnce):
    """Fields of symptom S: `S` (score), `S-signs`, `S-<measure>` with `-unit` and `-method`.

    The fields are those of the symptoms shown. On a post, the symptoms that were shown come back
    as `symptom` values; one that the catalogue does not know keeps its score, so that nothing
    typed is lost, and its level is "unchecked".
    """

    occurred_at = forms.DateTimeField(
        label=_("When was it?"),
        widget=DateTimeInput,
        error_messages={
            "required": _("Give the day and the time."),
            "invalid": _("We could not read this. Give the day and the time."),
        },
    )
    own_name = forms.CharField(
        label=_("Anything else? In your own words"), max_length=80, required=False
    )
    own_score = forms.TypedChoiceField(
        label=_("How strong?"),
        coerce=int,
        required=False,
        widget=forms.RadioSelect,
        empty_value=None,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
    )
    only_me = forms.BooleanField(
        label=_("Only me"), required=False, help_text=_("Nobody you share with sees this check-in.")
    )
    rest_is_none = forms.BooleanField(
        label=_("None of the rest"),
        required=False,
        help_text=_("Notes a 0 for every symptom above that you left open."),
    )
    version = VersionField()

    def __init__(
        self,
        *args: Any,
        rules: Rules,
        shown: Iterable[str],
        unit: str = "C",
        own_scale: Iterable[tuple[int, str]] = (),
        check_in: CheckIn | None = None,
        open_first: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.check_in = check_in
        self.open_first = open_first
        self.unit = unit
        self.fields["own_score"].choices = list(own_scale)
        self.fields["occurred_at"].initial = timezone.localtime().replace(second=0, microsecond=0)
        known = rules.symptoms
        self.shown = list(dict.fromkeys([*shown, *self._posted()]))[:MOST_SYMPTOMS]
        self.symptoms = [self._add(rules.symptoms[slug]) for slug in self.shown if slug in known]
        # Unknown ones come last: none may take the place of a field that is there already.
        self.symptoms += [
            self._add(SymptomRules(slug=slug, name=slug))
            for slug in self.shown
            if slug not in known and slug not in self.fields
        ]
        if check_in is not None:
            self._fill(check_in)

    def _posted(self) -> list[str]:
        if not self.is_bound:
            return []
        slugs = self.data.getlist("symptom") if hasattr(self.data, "getlist") else []
        return [slug for slug in slugs if SLUG.fullmatch(slug)]

    # --- building ---------------------------------------------------------------------------

    def _add(self, symptom: SymptomRules) -> "ShownSymptom":
        slug = symptom.slug
        # A scored symptom that lost its anchors keeps its score: it is saved as unchecked.
        if symptom.anchors or symptom.kind == "scored":
            self.fields[slug] = forms.TypedChoiceField(
                label=symptom.name,
                choices=[
                    (score, symptom.anchors[score].text if score in symptom.anchors else score)
                    for score in range(5)
                ],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Please choose one of the five answers.")},
            )
        if symptom.signs:
            self.fields[f"{slug}-signs"] = forms.MultipleChoiceField(
                label=_("Is any of this true?"),
                choices=[(sign.slug, sign.text) for sign in symptom.signs.values()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        measures = self._measures(symptom)
        for measure in measures:
            self._add_measure(slug, measure)
        return ShownSymptom(self, symptom, measures)

    def _measures(self, symptom: SymptomRules) -> list[str]:
        measures = [symptom.score_from] if symptom.score_from else []
        measures += [threshold.measure for threshold in symptom.thresholds]
        return [name for name in dict.fromkeys(measures) if name in self.rules.measures]

    def _add_measure(self, slug: str, name: str) -> None:
        measure = self.rules.measures[name]
        self.fields[f"{slug}-{name}"] = NumberField(
            label=measure.name,
            required=False,
            max_digits=7,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"invalid": _("Please write a number, for example 37.8.")},
        )
        units = [(unit, unit_name(unit)) for unit in measure.units]
        self.fields[f"{slug}-{name}-unit"] = forms.ChoiceField(
            label=_("Unit"),
            choices=units,
            required=False,
            initial=self.unit if self.unit in measure.units else measure.units[0],
            error_messages={"invalid_choice": _("Please choose a unit from the list.")},
        )
        if measure.methods:
            self.fields[f"{slug}-{name}-method"] = forms.ChoiceField(
                label=_("How did you measure?"),
                choices=[("", _("not said")), *((row, _t(row)) for row in measure.methods)],
                required=False,
            )

    def _fill(self, check_in: CheckIn) -> None:
        """Start from what the check-in says now."""
        self.initial |= {
            "occurred_at": timezone.localtime(check_in.occurred_at).replace(
                second=0, microsecond=0
            ),
            "note": check_in.note,
            "only_me": check_in.only_me,
            "version": check_in.version,
        }
        for entry in check_in.entries.all():
            if entry.own_name:
                self.initial |= {"own_name": entry.own_name, "own_score": entry.score}
                continue
            self.initial |= {entry.symptom: entry.score, f"{entry.symptom}-signs": entry.signs}
            for reading in entry.readings:
                name = f"{entry.symptom}-{reading['measure']}"
                self.initial |= {
                    name: reading["value"],
                    f"{name}-unit": reading["unit"],
                    f"{name}-method": reading.get("method", ""),
                }

    # --- checking ---------------------------------------------------------------------------

    def clean_occurred_at(self) -> datetime:
        moment = self.cleaned_data["occurred_at"]
        now = timezone.now()
        if moment > now + timedelta(minutes=5):
            raise forms.ValidationError(_("This time is still to come. Please check it."))
        if moment < now - OLDEST:
            raise forms.ValidationError(_("Please check the year."))
        return min(moment, now)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for symptom in self.symptoms:
            for name in symptom.measures:
                self._clean_measure(symptom.slug, name, data)
        if data.get("own_name") and data.get("own_score") is None:
            self.add_error("own_score", _("Say how strong it is."))
        if data.get("own_score") is not None and not data.get("own_name"):
            self.add_error("own_name", _("Give it a name, in your own words."))
        if not self.errors and not self.entries() and not data.get("note"):
            self.add_error(
                None, _("Nothing is filled in yet. One answer is enough, or just a note.")
            )
        return data

    def _clean_measure(self, slug: str, name: str, data: dict[str, Any]) -> None:
        value, unit = data.get(f"{slug}-{name}"), data.get(f"{slug}-{name}-unit")
        if value is None or f"{slug}-{name}-unit" in self.errors:
            return
        if not unit:
            self.add_error(f"{slug}-{name}-unit", _("Please choose the unit."))
            return
        lowest, highest = self.rules.measures[name].plausible[unit]
        if not lowest <= value <= highest:
            self.add_error(
                f"{slug}-{name}",
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

    # --- what was entered -------------------------------------------------------------------

    def entries(self) -> list[SymptomEntry]:
        """Return unsaved entries of everything that was answered and can be read."""
        data = getattr(self, "cleaned_data", {})
        entries = []
        for symptom in self.symptoms:
            entry = SymptomEntry(
                symptom=symptom.slug,
                area=symptom.rules.area,
                score=data.get(symptom.slug),
                signs=data.get(f"{symptom.slug}-signs") or [],
                readings=self._readings(symptom, data),
            )
            answered = entry.score is not None or entry.signs or entry.readings
            # A temperature that nobody took is not "no fever".
            can_be_none = symptom.slug in self.fields and not symptom.rules.score_from
            if not answered and data.get("rest_is_none") and can_be_none:
                entry.score, answered = 0, True
            if answered:
                entries.append(entry)
        if data.get("own_name") and data.get("own_score") is not None:
            entries.append(SymptomEntry(own_name=data["own_name"], score=data["own_score"]))
        return entries

    def _readings(self, symptom: "ShownSymptom", data: dict[str, Any]) -> list[dict[str, str]]:
        readings = []
        for name in symptom.measures:
            field = f"{symptom.slug}-{name}"
            value: Decimal | None = data.get(field)
            unit = data.get(f"{field}-unit")
            if value is None or not unit:
                continue
            reading = {"measure": name, "value": str(value), "unit": unit}
            if method := data.get(f"{field}-method"):
                reading["method"] = method
            readings.append(reading)
        return readings


class ShownSymptom:
    """One symptom of the form with its bound fields, for the template."""

    def __init__(self, form: CheckInForm, rules: SymptomRules, measures: list[str]) -> None:
        self.form = form
        self.rules = rules
        self.slug = rules.slug
        self.measures = measures

    @property
    def score(self) -> forms.BoundField | None:
        return self.form[self.slug] if self.slug in self.form.fields else None

    @property
    def signs(self) -> forms.BoundField | None:
        name = f"{self.slug}-signs"
        return self.form[name] if name in self.form.fields else None

    def numbers(self) -> list[tuple[forms.BoundField, ...]]:
        """Return (number, unit, how it was measured or nothing) for each measure."""
        rows = []
        for name in self.measures:
            field = f"{self.slug}-{name}"
            rows.append(
                tuple(
                    self.form[part]
                    for part in (field, f"{field}-unit", f"{field}-method")
                    if part in self.form.fields
                )
            )
        return rows

    @property
    def opened(self) -> bool:
        """Whether signs or numbers hold an answer or an error, so that they are shown open."""
        names = [f"{self.slug}-signs", *(f"{self.slug}-{name}" for name in self.measures)]
        return any(self._holds(name) for name in names)

    @property
    def answered(self) -> bool:
        """Whether anything of this symptom holds an answer or an error."""
        return self.opened or self._holds(self.slug) or self.slug == self.form.open_first

    def _holds(self, name: str) -> bool:
        if name not in self.form.fields:
            return False
        field = self.form[name]
        return field.value() not in (None, "", []) or bool(field.errors)


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
