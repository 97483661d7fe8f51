"""An entry of the treatment log: what was done, when, and what it showed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from careguide.forms import DateInput
from content.models import ProcedureKind
from journeys.forms.base import RecordForm, is_past_day
from journeys.models import Procedure


class ProcedureForm(RecordForm):
    """Asks only what belongs to this `kind`."""

    class Meta:
        model = Procedure
        fields = ["done_on", "ended_on", "name", "result", "note", "only_me"]
        widgets = {"done_on": DateInput, "ended_on": DateInput}
        help_texts = {"only_me": _("Nobody you share with sees this entry.")}
        error_messages = {
            "done_on": {
                "required": _("Choose the day."),
                "invalid": _("Please check the day."),
            },
            "ended_on": {"invalid": _("Please check the day.")},
        }

    def __init__(self, *args: Any, kind: ProcedureKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["done_on"].validators.append(is_past_day)
        if kind.lasts or self.instance.ended_on:
            fields["done_on"].label = _("First day")
            fields["ended_on"].validators.append(is_past_day)
            fields["ended_on"].help_text = _("Leave it empty while it goes on.")
        else:
            del fields["ended_on"]
        if not kind.results and not self.instance.result:
            del fields["result"]
        else:
            self._offer_results(kind)
        fields["name"].help_text = _(
            "If it has a name of its own, such as “Block 2” or a medicine."
        )

    def _offer_results(self, kind: ProcedureKind) -> None:
        # A result that the guide does not offer any more stays with its entry.
        known = dict.fromkeys(filter(None, [*kind.results, self.instance.result]))
        self.fields["result"] = forms.ChoiceField(
            label=self.fields["result"].label,
            choices=[("", _("No result yet")), *((one, one) for one in known)],
            required=False,
            help_text=_("In the words of your team, if you know it."),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        begun, ended = data.get("done_on"), data.get("ended_on")
        if begun and ended and ended < begun:
            self.add_error("ended_on", _t("The last day lies before the first one."))
        return data
