"""Somebody of the care team, with the numbers by time of day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.forms.base import RecordForm, as_phone_number
from journeys.models import CareTeamMember

NUMBERS = ("day_number", "night_number")


class CareTeamMemberForm(RecordForm):
    class Meta:
        model = CareTeamMember
        fields = [
            "name",
            "role",
            "own_role",
            "day_number",
            "day_hours",
            "night_number",
            "call_for",
            "note",
            "only_me",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3, "maxlength": 1000})}
        help_texts = {"only_me": _("Nobody you share with sees this one.")}
        error_messages = {"name": {"required": _("Write a name, of a person or a place.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NUMBERS:
            as_phone_number(self.fields[name])
        self.fields["role"].choices = [("", _("Choose")), *CareTeamMember.Role.choices]
        if self.instance.coordinates:
            self.fields.pop("only_me", None)
