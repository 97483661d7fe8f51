"""The words of the follow-up plan; every field may stay empty."""

from django import forms

from journeys.forms.base import RecordForm
from journeys.models import FollowUpPlan


class FollowUpForm(RecordForm):
    class Meta:
        model = FollowUpPlan
        fields = ["treatment", "plan", "watch", "contact"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 6, "maxlength": 4000})
            for name in ("treatment", "plan", "watch")
        }
