"""Recent treatment: one question a window, each may stay "not sure"."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput, form_helper
from content.call_levels import Rules
from journeys.models import RecentTreatment


class RecentTreatmentForm(forms.Form):
    """Fields `<window>` (yes, no, not sure) and `<window>-on` (last time) for every window.

    Those in `listed` are known from the list of medicines, and not asked.
    """

    def __init__(
        self,
        *args: Any,
        rules: Rules,
        answers: dict[str, RecentTreatment],
        phases: frozenset[str] = frozenset(),
        listed: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.phases = phases
        self.helper = form_helper()
        self.windows = [
            window
            for window in rules.windows.values()
            if window.question and window.slug not in listed
        ]
        for window in self.windows:
            answer = answers.get(window.slug)
            self.fields[window.slug] = forms.ChoiceField(
                label=window.question,
                choices=RecentTreatment.Answer.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=answer.answer if answer else RecentTreatment.Answer.NOT_SURE,
                help_text=window.length,
            )
            if window.days:
                self.fields[f"{window.slug}-on"] = forms.DateField(
                    label=_("Last time (if you know it)"),
                    required=False,
                    widget=DateInput,
                    initial=answer.last_on if answer else None,
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for window in self.windows:
            day = data.get(f"{window.slug}-on")
            if day and day > timezone.localdate():
                self.add_error(
                    f"{window.slug}-on", _("This day is still to come. Please give the last time.")
                )
            # A mistyped year would end the window, and with it the warning.
            elif day and day.year < 1950:
                self.add_error(f"{window.slug}-on", _("Please check the year."))
        return data

    def answers(self) -> list[tuple[str, str, date | None]]:
        """Return (window, answer, last time or None) for every window that was answered."""
        data = self.cleaned_data
        return [
            (window.slug, data[window.slug], data.get(f"{window.slug}-on"))
            for window in self.windows
            if data.get(window.slug)
        ]

    def likely(self) -> list["Row"]:
        """Questions that matter in the person's phases, or that hold an answer or an error."""
        return [row for row in self._rows() if row.is_likely]

    def unlikely(self) -> list["Row"]:
        return [row for row in self._rows() if not row.is_likely]

    def _rows(self) -> list["Row"]:
        return [
            Row(
                answer=self[window.slug],
                last=self[f"{window.slug}-on"] if window.days else None,
                is_likely=not self.phases
                or bool(self.phases & set(window.unknown_present_in))
                or self[window.slug].value() != RecentTreatment.Answer.NOT_SURE
                or window.slug in self.errors,
            )
            for window in self.windows
        ]


@dataclass(frozen=True)
class Row:
    """A question with its date field, for the template."""

    answer: forms.BoundField
    last: forms.BoundField | None
    is_likely: bool
