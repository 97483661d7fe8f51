"""A note of the diary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from journeys.forms.base import RecordForm, is_past_day
from journeys.models import Note


class NoteForm(RecordForm):
    class Meta:
        model = Note
        fields = ["noted_on", "text", "only_me"]
        widgets = {
            "noted_on": DateInput,
            "text": forms.Textarea(attrs={"rows": 8, "maxlength": 8000}),
        }
        help_texts = {"only_me": _("Nobody you share with sees this note.")}
        error_messages = {
            "noted_on": {
                "required": _("Choose the day."),
                "invalid": _("Please check the day."),
            },
            "text": {"required": _("Write a few words first.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["noted_on"].validators.append(is_past_day)
