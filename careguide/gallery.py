"""Every component side by side, for whoever changes the style sheet; there only in debug."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

LEVELS = ("none", "self_care", "next_visit", "same_day", "now", "ambulance", "unchecked")
ANSWERS = [("yes", _("Yes")), ("no", _("No")), ("not-sure", _("Not sure"))]


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("One line"), help_text=_("A hint stands below its label."))
    text = forms.CharField(label=_("Several lines"), widget=forms.Textarea(attrs={"rows": 3}))
    choice = forms.ChoiceField(label=_("One of many"), choices=ANSWERS)
    answer = forms.ChoiceField(
        label=_("One of a few"), choices=ANSWERS, widget=forms.RadioSelect, required=False
    )
    score = forms.ChoiceField(
        label=_("A score"),
        choices=[(number, _("in words")) for number in range(5)],
        widget=forms.RadioSelect,
        required=False,
    )
    several = forms.MultipleChoiceField(
        label=_("Any of these"),
        choices=ANSWERS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    box = forms.BooleanField(label=_("One box"), required=False)


@require_safe
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """The page. Raises Http404 unless in debug."""
    if not settings.DEBUG:
        raise Http404
    context = {
        "form": Sample(),
        "wrong": Sample({"choice": "none of them"}, prefix="", auto_id="wrong_%s"),
        "levels": LEVELS,
        "reasons": [_("you are in induction"), _("you logged: Fever or low temperature")],
    }
    return TemplateResponse(request, "gallery.html", context)
