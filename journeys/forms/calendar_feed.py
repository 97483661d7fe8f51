"""A new calendar feed: for which device, how much it says, whether it rings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.forms.base import SubmitOnce
from journeys.models import CalendarFeed


class CalendarFeedForm(SubmitOnce, forms.ModelForm):
    class Meta:
        model = CalendarFeed
        fields = ["name", "alarm_hours", "detailed"]
        help_texts = {
            "name": _("So that you know later which one to end, for example: my phone."),
            "detailed": _(
                "Without it, every visit is called “Appointment”. Choose it only if nobody else "
                "looks at this calendar."
            ),
        }
        error_messages = {"name": {"required": _("Give the device a name.")}}
