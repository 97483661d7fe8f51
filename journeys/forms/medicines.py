"""Medicines: what somebody takes, the plan of its doses, and what became of one."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from content.medicine_names import MedicineNames
from journeys.forms.base import RecordForm, SubmitOnce
from journeys.models import Dose, DosePlan, OwnMedicine
from journeys.models.medicines import WEEKDAYS

NUMBERS = re.compile(r"^\d{1,3}(-\d{1,3})?$")
LONGEST_CYCLE = 366
MOST_TIMES = 12
# Fields of a plan that are asked with some schedules alone.
ASKED_WITH = {
    "weekdays": {DosePlan.Schedule.WEEKDAYS},
    "cycle_days": {DosePlan.Schedule.CYCLE},
    "cycle_length": {DosePlan.Schedule.CYCLE},
    "times": set(DosePlan.Schedule) - {DosePlan.Schedule.AS_NEEDED},
}


class NameInput(forms.TextInput):
    """Offers the guide's names while one types; any other name is just as good."""

    def __init__(self) -> None:
        super().__init__(attrs={"list": "medicine-names", "autocomplete": "off"})


class TimesField(forms.CharField):
    """Times of the day as people write them: "8:00, 20:00"; becomes ["08:00", "20:00"]."""

    def to_python(self, value: Any) -> list[str]:
        found = []
        for part in re.split(r"[,;\s]+", super().to_python(value)):
            if not part:
                continue
            hours, _colon, minutes = part.replace(".", ":").partition(":")
            try:
                found.append(time(int(hours), int(minutes or 0)).strftime("%H:%M"))
            except (ValueError, OverflowError):
                raise forms.ValidationError(
                    _("We could not read “%(part)s”. Write times like 8:00, 20:00."),
                    params={"part": part[:20]},
                ) from None
        if len(found) > MOST_TIMES:
            raise forms.ValidationError(_("Please write at most 12 times."))
        return sorted(set(found))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class DaysField(forms.CharField):
    """Days of a cycle: "1-14" or "1, 8, 15"; becomes the days in rising order."""

    def to_python(self, value: Any) -> list[int]:
        days: set[int] = set()
        for part in re.split(r"[,;\s]+", super().to_python(value)):
            if not part:
                continue
            if not NUMBERS.match(part):
                raise forms.ValidationError(_("Write the days like 1-14 or 1, 8, 15."))
            first, _dash, last = part.partition("-")
            days |= set(range(int(first), int(last or first) + 1))
        if days and (min(days) < 1 or max(days) > LONGEST_CYCLE):
            raise forms.ValidationError(_("Days of a cycle are counted from 1."))
        return sorted(days)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value


class WeeklyQuestion(forms.Form):
    """Asks back when a medicine taken once a week is planned more often. Only a question."""

    weekly_checked = forms.BooleanField(label=_("Yes, it is right as I wrote it."), required=False)
    asks_weekly = False

    def ask_weekly(self, data: dict[str, Any], plan: DosePlan | None) -> None:
        if plan is None or data.get("weekly_checked") or not plan.is_more_than_weekly:
            return
        self.asks_weekly = True
        self.add_error(
            "weekly_checked",
            _(
                "In leukemia this medicine is mostly taken once a week, on one fixed day. "
                "Is it once a week? Please look at the box or ask your team. Change it above, "
                "or tick the box if it is right."
            ),
        )


class PlanFields(WeeklyQuestion):
    """How much and when. `once_weekly` asks back when it is planned more often than that."""

    begins_on = forms.DateField(
        label=_("From which day?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day."), "invalid": _("Please check the day.")},
    )
    dose = forms.CharField(
        label=_("How much, as prescribed"),
        max_length=120,
        help_text=_("As it stands on the box or the plan, for example: 2 tablets of 50 mg."),
        error_messages={"required": _("Write how much, or “not sure”.")},
    )
    schedule = forms.ChoiceField(
        label=_("When?"), choices=DosePlan.Schedule.choices, widget=forms.RadioSelect
    )
    times = TimesField(
        label=_("At what times?"),
        required=False,
        max_length=120,
        help_text=_("For example 8:00, 20:00. Leave it empty if there is no fixed time."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days of the week?"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cycle_days = DaysField(
        label=_("On which days of the cycle?"),
        required=False,
        max_length=120,
        help_text=_("For example 1-14. The first day is the day above."),
    )
    cycle_length = forms.IntegerField(
        label=_("How many days has a cycle?"),
        required=False,
        min_value=1,
        max_value=LONGEST_CYCLE,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a number from 1 to 366.")
        ),
    )

    def start_plan(self, plan: DosePlan | None) -> None:
        """Start from the plan that holds now, beginning today."""
        self.fields["begins_on"].initial = timezone.localdate
        self.fields["schedule"].initial = DosePlan.Schedule.DAILY
        if plan is not None:
            self.initial |= {name: getattr(plan, name) for name in DosePlan.PRESCRIBED[1:]}

    def clean_begins_on(self) -> date:
        day = self.cleaned_data["begins_on"]
        if not 1950 < day.year < timezone.localdate().year + 3:
            raise forms.ValidationError(_("Please check the year."))
        return day

    def clean_plan(self, data: dict[str, Any], *, once_weekly: bool) -> None:
        """Check that the schedule is whole, and ask back about a weekly medicine."""
        schedule = data.get("schedule")
        # The page hides what another schedule asks: nobody could mend what is wrong there.
        for name, schedules in ASKED_WITH.items():
            if schedule and schedule not in schedules:
                self.errors.pop(name, None)
        if schedule == DosePlan.Schedule.WEEKDAYS and not data.get("weekdays"):
            self._ask("weekdays", _("Choose at least one day."))
        if schedule == DosePlan.Schedule.CYCLE:
            if not data.get("cycle_days"):
                self._ask("cycle_days", _("Write the days, for example 1-14."))
            if not data.get("cycle_length"):
                self._ask("cycle_length", _("Write how many days a cycle has."))
            elif data.get("cycle_days") and max(data["cycle_days"]) > data["cycle_length"]:
                self._ask("cycle_days", _("The cycle has fewer days than that."))
        if once_weekly and not self.errors:
            self.ask_weekly(data, self.plan())

    def _ask(self, field: str, words: Any) -> None:
        if field not in self.errors:
            self.add_error(field, words)

    def plan(self) -> DosePlan:
        """Return the unsaved plan; what does not belong to its schedule is left out."""
        data = self.cleaned_data
        plan = DosePlan(**{name: data.get(name) for name in DosePlan.PRESCRIBED})
        if plan.schedule != DosePlan.Schedule.WEEKDAYS:
            plan.weekdays = []
        if plan.schedule != DosePlan.Schedule.CYCLE:
            plan.cycle_days, plan.cycle_length = [], None
        if plan.schedule == DosePlan.Schedule.AS_NEEDED:
            plan.times = []
        return plan


class MedicineForm(WeeklyQuestion, RecordForm):
    """What the medicine is. Its doses have a form of their own, so that changes are dated."""

    class Meta:
        model = OwnMedicine
        fields = ["name", "route", "purpose", "ended_on", "note", "only_me"]
        widgets = {"name": NameInput, "ended_on": DateInput}
        help_texts = {
            "name": _("The name on the box. Generic or brand name, both are fine."),
            "ended_on": _("Leave it empty while you take it."),
            "only_me": _("Nobody you share with sees this medicine."),
        }
        error_messages = {
            "name": {"required": _("Write the name of the medicine.")},
            "ended_on": {"invalid": _("Please check the day.")},
        }

    def __init__(self, *args: Any, names: MedicineNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        before = self.instance.guide
        route = OwnMedicine.ROUTE_WORDS.get(data.get("route", ""), "")
        self.instance.guide = self.names.find(data.get("name", ""), route)
        renamed = before != self.instance.guide and self.known and self.known.once_weekly
        if renamed and not self.instance._state.adding and not self.errors:
            self.ask_weekly(data, self.instance.plan_on(timezone.localdate()))
        return data

    @property
    def known(self) -> Any:
        return self.names.by_slug.get(self.instance.guide)


class AddMedicineForm(PlanFields, MedicineForm):
    """A medicine with its first plan, on one page."""

    field_order = ["name", "route", "purpose", *DosePlan.PRESCRIBED, "weekly_checked", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["ended_on"]
        self.start_plan(None)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.clean_plan(data, once_weekly=bool(self.known and self.known.once_weekly))
        return data


class DosePlanForm(PlanFields, SubmitOnce):
    """A change of the dose or of its times, from a day on."""

    def __init__(self, *args: Any, plan: DosePlan | None, once_weekly: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.once_weekly = once_weekly
        self.start_plan(plan)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.clean_plan(data, once_weekly=self.once_weekly)
        return data


class DoseForm(forms.Form):
    """One press: what became of the dose of a day and time."""

    day = forms.DateField()
    slot = forms.CharField(max_length=5, required=False)
    outcome = forms.ChoiceField(choices=Dose.Outcome.choices)
    note = forms.CharField(max_length=200, required=False)
    client_id = forms.UUIDField(required=False)
