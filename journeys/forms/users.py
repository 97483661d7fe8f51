"""The account's own name and time zone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careguide.forms import CrispyModelForm
from journeys.forms.appointments import ZONES
from journeys.models import User


class ProfileForm(CrispyModelForm):
    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        required=False,
        help_text=_("Times are shown in this zone. Appointments keep the zone of their place."),
    )

    class Meta:
        model = User
        fields = ["name", "time_zone"]
        help_texts = {"name": _("People you share with see it beside what you write.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [("", _("As this site")), ("UTC", "UTC")] + [
            (zone, zone.replace("_", " ")) for zone in ZONES
        ]
