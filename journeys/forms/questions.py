"""A question of one's own, and the answer beside it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from journeys.forms.base import RecordForm, is_past_day
from journeys.models import Appointment, Question

ONLY_ME = _("Nobody you share with sees this question.")


class QuestionForm(RecordForm):
    class Meta:
        model = Question
        fields = ["text", "only_me"]
        help_texts = {"only_me": ONLY_ME}
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "maxlength": 500})}
        error_messages = {"text": {"required": _("Write your question first.")}}


class AnswerForm(RecordForm):
    class Meta:
        model = Question
        fields = ["text", "answer", "answered_on", "answered_by", "only_me"]
        help_texts = {"only_me": ONLY_ME}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
            "answer": forms.Textarea(attrs={"rows": 5}),
            "answered_on": DateInput,
        }
        error_messages = {"text": {"required": _("The question cannot be empty.")}}

    def __init__(self, *args: Any, visit: Appointment | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_by"].widget.attrs["list"] = "people"
        self.fields["answered_on"].validators.append(is_past_day)
        if not (self.instance.answer and self.instance.answered_on):
            today = timezone.localdate()
            # An empty day of the record would win over the field’s own start.
            self.initial["answered_on"] = min(visit.day, today) if visit else today

    def clean(self) -> dict[str, Any]:
        """Keep the day only with its answer: that of an answer to come would be today's."""
        data = super().clean()
        if not data.get("answer"):
            data["answered_on"] = None
        return data


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("Search questions and answers"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].initial = words
