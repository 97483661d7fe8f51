"""The check-in: scores, signs and numbers of several symptoms on one page."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateTimeInput
from content.call_levels import Rules, SymptomRules
from journeys.forms.base import SubmitOnce, VersionField
from journeys.forms.symptom_fields import SymptomFields
from journeys.forms.weights import WeightFields
from journeys.models import CheckIn, SymptomEntry
from journeys.same_as_last import LastTime

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
# More than the catalogue has, so that no answer of a long check-in is left out.
MOST_SYMPTOMS = 100
OLDEST = timedelta(days=3 * 366)


class CheckInForm(WeightFields, SubmitOnce):
    """Fields of symptom S: `S` (score), `S-signs`, `S-<measure>` with `-unit` and `-method`.

    The fields are those of the symptoms shown. On a post, the symptoms that were shown come back
    as `symptom` values. Those of an area that the person does not see are passed over; one that
    the catalogue does not know keeps its score, so that nothing typed is lost, and its level is
    "unchecked".
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
        areas: Collection[str],
        unit: str = "C",
        own_scale: Iterable[tuple[int, str]] = (),
        check_in: CheckIn | None = None,
        last_time: LastTime | None = None,
        open_first: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        self.check_in = check_in
        self.last_time = last_time
        self.open_first = open_first
        self.fields["own_score"].choices = list(own_scale)
        self.fields["occurred_at"].initial = _to_the_minute(timezone.now())
        known = {slug: row for slug, row in rules.symptoms.items() if row.area in areas}
        self.shown = list(dict.fromkeys([*shown, *self._posted()]))[:MOST_SYMPTOMS]
        self.symptoms = [
            SymptomFields(self, known[slug], rules, unit) for slug in self.shown if slug in known
        ]
        # Unknown ones come last: none may take the place of a field that is there already.
        self.symptoms += [
            SymptomFields(self, SymptomRules(slug=slug, name=slug), rules, unit)
            for slug in self.shown
            if slug not in rules.symptoms and slug not in self.fields
        ]
        if check_in is not None:
            self._fill(check_in)
        elif last_time is not None:
            self._fill_as_last_time(last_time)

    def _posted(self) -> list[str]:
        slugs = self.data.getlist("symptom") if isinstance(self.data, QueryDict) else []
        return [slug for slug in slugs if SLUG.fullmatch(slug)]

    def _fill(self, check_in: CheckIn) -> None:
        """Start from what the check-in says now."""
        self.initial |= {
            "occurred_at": _to_the_minute(check_in.occurred_at),
            "note": check_in.note,
            "only_me": check_in.only_me,
            "version": check_in.version,
        }
        self.start_from(check_in)
        for entry in check_in.entries.all():
            if entry.own_name:
                self.initial |= {"own_name": entry.own_name, "own_score": entry.score}
                continue
            self.initial |= {entry.symptom: entry.score, f"{entry.symptom}-signs": entry.signs}
            for reading in entry.readings:
                if "from" in reading:
                    continue
                name = f"{entry.symptom}-{reading['measure']}"
                self.initial |= {
                    name: reading["value"],
                    f"{name}-unit": reading["unit"],
                    f"{name}-method": reading.get("method", ""),
                }

    def _fill_as_last_time(self, last_time: LastTime) -> None:
        self.initial |= last_time.scores
        # Who kept the last one to themselves does not tell the same by one tap.
        self.initial["only_me"] = last_time.check_in.only_me
        if last_time.own:
            self.initial["own_name"], self.initial["own_score"] = last_time.own

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
            symptom.clean(data)
        if data.get("own_name") and data.get("own_score") is None:
            self.add_error("own_score", _("Say how strong it is."))
        if data.get("own_score") is not None and not data.get("own_name"):
            self.add_error("own_name", _("Give it a name, in your own words."))
        self.clean_weight_with_unit(data)
        if not (self.errors or self.entries() or data.get("note") or data.get("weight")):
            self.add_error(
                None, _("Nothing is filled in yet. One answer is enough, or just a note.")
            )
        return data

    def entries(self) -> list[SymptomEntry]:
        """Return unsaved entries of everything that was answered and can be read."""
        data = getattr(self, "cleaned_data", {})
        rest_is_none = bool(data.get("rest_is_none"))
        found = [symptom.entry(data, rest_is_none) for symptom in self.symptoms]
        entries = [entry for entry in found if entry is not None]
        if data.get("own_name") and data.get("own_score") is not None:
            entries.append(SymptomEntry(own_name=data["own_name"], score=data["own_score"]))
        return entries


def _to_the_minute(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(second=0, microsecond=0)
