"""An appointment, with the clock changes handled kindly."""

import zoneinfo
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput, ZoneField
from content.models import VisitKind
from content.translations import said
from journeys.forms.base import RecordForm
from journeys.models import Appointment

MOST_REPEATS = 52
# What the next visit has in common with the one before it.
COMES_AGAIN = ("kind", "title", "time", "zone", "place", "person", "phone", "only_me")


class Repeat(models.TextChoices):
    """How often a visit comes again; a number is weeks."""

    ONCE = "", _("No")
    WEEK = "1", _("Every week")
    TWO_WEEKS = "2", _("Every 2 weeks")
    THREE_WEEKS = "3", _("Every 3 weeks")
    FOUR_WEEKS = "4", _("Every 4 weeks")
    MONTH = "month", _("Every month, on the same date")


class AppointmentForm(RecordForm):
    kind = forms.ChoiceField(
        label=_("What kind of visit?"),
        error_messages={"required": _("Choose what kind of visit it is.")},
    )
    untimed = forms.BooleanField(
        label=_("The time is not known yet"),
        help_text=_("You can add it when you hear. Until then there is no alarm."),
        required=False,
    )
    zone = ZoneField(label=_("Time zone of the place"))
    fold = forms.TypedChoiceField(
        label=_("Which of the two?"),
        choices=[("0", _("The first one")), ("1", _("The second one"))],
        coerce=int,
        empty_value=0,
        required=False,
        widget=forms.RadioSelect,
    )
    repeat = forms.ChoiceField(label=_("Does it repeat?"), choices=Repeat.choices, required=False)
    times = forms.IntegerField(
        label=_("How many visits in all?"),
        help_text=_("Only if it repeats. Each one can be changed later on its own."),
        required=False,
        min_value=2,
        max_value=MOST_REPEATS,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a number from 2 to 52.")
        ),
    )
    field_order = ["kind", "title", "day", "time", "untimed", "fold", "repeat", "times", "zone"]

    class Meta:
        model = Appointment
        fields = [
            "kind", "title", "day", "time", "zone", "fold", "place", "person", "phone", "notes",
            "only_me",
        ]  # fmt: skip
        widgets = {
            "day": DateInput,
            "time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "notes": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }
        error_messages = {
            "day": {"required": _("Choose the day."), "invalid": _("Please check the day.")},
            "time": {"invalid": _("Please check the time.")},
        }
        help_texts = {
            "title": _("Only if you want your own words for it."),
            "only_me": _("Nobody you share with sees this appointment."),
        }

    def __init__(
        self, *args: Any, like: Appointment | None = None, zone: str = "", **kwargs: Any
    ) -> None:
        """`like`: a visit that a new one begins as a copy of, without its day and notes.

        `zone`: where a new one takes place, unless its writer says something else.
        """
        super().__init__(*args, **kwargs)
        kinds = VisitKind.objects.in_language().only("slug", "name", "status")
        self.fields["kind"].choices = [("", _("Choose"))] + [
            (kind.slug, said(kind.name))
            for kind in kinds
            if kind.status == "published" or kind.slug == self.instance.kind
        ]
        if self.instance._state.adding:
            self.fields["zone"].initial = zone
            self.initial["fold"] = ""
            self.initial["untimed"] = like is not None and like.time is None
            if like is not None:
                self.initial |= {name: getattr(like, name) for name in COMES_AGAIN}
        else:
            self.initial["untimed"] = self.instance.time is None
            del self.fields["repeat"], self.fields["times"]
        if not self._asks_which():
            self.fields["fold"].widget = forms.HiddenInput()

    @property
    def visits(self) -> list[tuple[date, int]]:
        """Every day of a valid form with its `fold`: one, or all of a series."""
        data = self.cleaned_data
        zone = zoneinfo.ZoneInfo(data["zone"])
        return [
            (moment.date(), data["fold"] if _exists_twice(moment, zone) else 0)
            for moment in self._moments(data)
        ]

    def _moments(self, data: dict[str, Any]) -> list[datetime]:
        days = days_of(data["day"], data.get("repeat") or "", data.get("times") or 1)
        # No clock is changed at noon.
        return [datetime.combine(day, data["time"] or time(12)) for day in days]

    def _asks_which(self) -> bool:
        """Whether a typed clock time exists twice, so that the form must ask which is meant."""
        if not self.is_bound:
            return False
        names = [name for name in ("day", "time", "repeat", "times") if name in self.fields]
        try:
            data = {name: self.fields[name].to_python(self[name].value()) for name in names}
            zone = zoneinfo.ZoneInfo(str(self["zone"].value()))
            if not data["day"] or data["time"] is None or (data.get("times") or 1) > MOST_REPEATS:
                return False
            return any(_exists_twice(moment, zone) for moment in self._moments(data))
        except (forms.ValidationError, zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            return False
        except OverflowError:
            return False  # a series beyond the last year there is

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if not 1950 <= day.year <= 2200:
            raise forms.ValidationError(_("Please check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "time" in data and data["time"] is None and not data.get("untimed"):
            self.add_error("time", _("Choose the time, or say below that it is not known yet."))
        if not all(data.get(name) for name in ("day", "zone")) or "time" not in data:
            return data
        if data.get("repeat") and "times" in data and not data["times"]:
            self.add_error("times", _("How many visits are planned, with the first one?"))
        if data.get("times") and "repeat" in data and not data["repeat"]:
            self.add_error("repeat", _("Choose how often, or leave the number of visits empty."))
        zone = zoneinfo.ZoneInfo(data["zone"])
        moments = self._moments(data)
        if missing := next((row for row in moments if _does_not_exist(row, zone)), None):
            self.add_error("time", self._does_not_exist_words(missing.date(), data["day"]))
        if not any(_exists_twice(row, zone) for row in moments):
            data["fold"] = 0
        elif self.data.get("fold") not in ("0", "1"):
            self.add_error(
                "fold", _("The clocks go back that night: this time comes twice. Choose one.")
            )
        return data

    def _does_not_exist_words(self, day: date, first: date) -> str:
        if day == first:
            return _(
                "This clock time does not exist on that day, because the clocks go forward. "
                "Please check it with the clinic."
            )
        return _(
            "On %(day)s this clock time does not exist, because the clocks go forward. "
            "Please check it with the clinic."
        ) % {"day": date_format(day, "DATE_FORMAT")}


class LookBackForm(RecordForm):
    """How a visit went, in the person's own words."""

    class Meta:
        model = Appointment
        fields = ["how_it_went"]
        widgets = {"how_it_went": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"how_it_went": _("What was said, what was decided, how you feel about it.")}


def days_of(first: date, repeat: str, times: int) -> list[date]:
    """Return the days of a series; a month that is too short has its visit on its last day."""
    if repeat == Repeat.MONTH:
        return [_months_later(first, number) for number in range(times)]
    if repeat in Repeat.values and repeat:
        return [first + timedelta(weeks=int(repeat) * number) for number in range(times)]
    return [first]


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _does_not_exist(local: datetime, zone: zoneinfo.ZoneInfo) -> bool:
    there = local.replace(tzinfo=zone)
    back = there.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(zone)
    return back.replace(tzinfo=None) != local


def _exists_twice(local: datetime, zone: zoneinfo.ZoneInfo) -> bool:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset() and not _does_not_exist(local, zone)
