"""Which check-ins the history shows: of a symptom, a level, somebody's, a time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.call_rules import Level, Rules
from journeys.access import Access
from journeys.call_check import ways_to_judge
from journeys.models.symptoms import CheckInQuerySet

PERIODS = [("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days")), ("365", _("A year"))]
ALL = ("", _("All"))


class CheckInFilter(forms.Form):
    """What is chosen is posted and kept in the session: no health word stands in an address.

    Choices come from the catalogue and from the reader's areas alone, so they tell of no record.
    """

    symptom = forms.ChoiceField(label=_("Symptom"), required=False)
    level = forms.ChoiceField(label=_("What it asked for"), required=False)
    who = forms.ChoiceField(
        label=_("Written by"),
        required=False,
        choices=[ALL, ("me", _("me")), ("others", _("somebody else"))],
    )
    days = forms.ChoiceField(label=_("How far back"), required=False, choices=[ALL, *PERIODS])

    def __init__(self, data: Any, *, access: Access, rules: Rules) -> None:
        super().__init__(data)
        self.access = access
        symptoms = [row for row in rules.symptoms.values() if access.sees(row.area)]
        self.fields["symptom"].choices = [ALL, *((row.slug, row.name) for row in symptoms)]
        levels = [(text.slug.value, text.name) for text in rules.levels.values()]
        self.fields["level"].choices = [ALL, *reversed(levels)]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by the name of the field; what cannot be read counts as not chosen."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def in_words(self) -> list[str]:
        words = {name: dict(field.choices) for name, field in self.fields.items()}
        return [
            f"{self.fields[name].label}: {words[name][value]}"
            for name, value in self.chosen.items()
        ]

    def apply(self, rows: CheckInQuerySet) -> CheckInQuerySet:
        """Return the check-ins that fit. A level is the one that this reader is shown."""
        chosen: Mapping[str, str] = self.chosen
        if symptom := chosen.get("symptom"):
            rows = rows.about(symptom)
        if level := chosen.get("level"):
            rows = rows.at_level(Level(level), ways_to_judge(self.access))
        if who := chosen.get("who"):
            rows = rows.by(self.access.user, others=who == "others")
        if days := chosen.get("days"):
            rows = rows.since(timezone.localdate() - timedelta(days=int(days)))
        return rows
