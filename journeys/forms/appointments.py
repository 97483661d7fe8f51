"""An appointment, with the clock changes handled kindly."""

import zoneinfo
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from content.models import VisitKind
from journeys.forms.base import RecordForm
from journeys.models import Appointment

ZONES = sorted(
    zone
    for zone in zoneinfo.available_timezones()
    if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
)


class AppointmentForm(RecordForm):
    kind = forms.ChoiceField(
        label=_("What kind of visit?"),
        error_messages={"required": _("Choose what kind of visit it is.")},
    )
    zone = forms.ChoiceField(label=_("Time zone of the place"), choices=[("UTC", "UTC")])
    fold = forms.TypedChoiceField(
        label=_("Which of the two?"),
        choices=[("0", _("The first one")), ("1", _("The second one"))],
        coerce=int,
        empty_value=0,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Appointment
        fields = [
            "kind",
            "title",
            "day",
            "time",
            "zone",
            "fold",
            "place",
            "person",
            "phone",
            "notes",
        ]
        widgets = {
            "day": DateInput,
            "time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "notes": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }
        error_messages = {
            "day": {"required": _("Choose the day."), "invalid": _("Please check the day.")},
            "time": {"required": _("Choose the time."), "invalid": _("Please check the time.")},
        }
        help_texts = {"title": _("Only if you want your own words for it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = VisitKind.objects.in_language().only("slug", "name", "status")
        self.fields["kind"].choices = [("", _("Choose"))] + [
            (kind.slug, kind.name)
            for kind in kinds
            if kind.status == "published" or kind.slug == self.instance.kind
        ]
        self.fields["zone"].choices = [("UTC", "UTC")] + [
            (zone, zone.replace("_", " ")) for zone in ZONES
        ]
        if self.instance._state.adding:
            self.fields["zone"].initial = timezone.get_current_timezone_name() or settings.TIME_ZONE
            self.initial["fold"] = ""
        if not self._asks_which():
            self.fields["fold"].widget = forms.HiddenInput()

    def _asks_which(self) -> bool:
        """Whether the typed clock time exists twice, so that the form must ask which is meant."""
        if not self.is_bound:
            return False
        try:
            day = self.fields["day"].to_python(self["day"].value())
            time = self.fields["time"].to_python(self["time"].value())
            zone = zoneinfo.ZoneInfo(str(self["zone"].value()))
        except (forms.ValidationError, zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            return False
        return bool(day and time and _exists_twice(datetime.combine(day, time), zone))

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if not 1950 <= day.year <= 2200:
            raise forms.ValidationError(_("Please check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not all(data.get(name) for name in ("day", "zone")) or data.get("time") is None:
            return data
        zone = zoneinfo.ZoneInfo(data["zone"])
        local = datetime.combine(data["day"], data["time"])
        if _does_not_exist(local, zone):
            self.add_error(
                "time",
                _(
                    "This clock time does not exist on that day, because the clocks go forward. "
                    "Please check it with the clinic."
                ),
            )
        elif _exists_twice(local, zone):
            if self.data.get("fold") not in ("0", "1"):
                self.add_error(
                    "fold", _("The clocks go back that night: this time comes twice. Choose one.")
                )
        else:
            data["fold"] = 0
        return data


def _does_not_exist(local: datetime, zone: zoneinfo.ZoneInfo) -> bool:
    there = local.replace(tzinfo=zone)
    back = there.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(zone)
    return back.replace(tzinfo=None) != local


def _exists_twice(local: datetime, zone: zoneinfo.ZoneInfo) -> bool:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset() and not _does_not_exist(local, zone)
