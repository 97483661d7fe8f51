"""The account's own name and time zone."""

from django.utils.translation import gettext_lazy as _

from careguide.forms import CrispyModelForm, ZoneField
from journeys.models import User


class ProfileForm(CrispyModelForm):
    time_zone = ZoneField(
        label=_("Your time zone"),
        empty=_("As this site"),
        required=False,
        help_text=_("Times are shown in this zone. Appointments keep the zone of their place."),
    )

    class Meta:
        model = User
        fields = ["name", "time_zone"]
        help_texts = {"name": _("People you share with see it beside what you write.")}
