"""What a person wants to be reminded of, and when no mail may come."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careguide.forms import CrispyModelForm
from journeys.models import ReminderChoice


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ReminderForm(CrispyModelForm):
    """`stopped`: no mails at all, whatever else is chosen."""

    stopped = forms.BooleanField(label=_("Send me nothing"), required=False)

    class Meta:
        model = ReminderChoice
        fields = [
            *("stopped", "day_before", "hours_before", "after_visit", "check_in", "doses"),
            "share_end",
            *("quiet_from", "quiet_until"),
        ]
        widgets = {
            "check_in": forms.RadioSelect,
            "quiet_from": TimeInput,
            "quiet_until": TimeInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stopped"].initial = self.instance.stopped_at is not None
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].error_messages["invalid"] = _("Write a time, for example 21:00.")
