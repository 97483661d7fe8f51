"""The sign-in asks whose device it is: that decides how long one stays signed in."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from careguide.idle import DEVICE, Device, end_with_the_browser_unless_own


class LoginForm(AllauthLoginForm):
    device = forms.ChoiceField(
        label=_("Whose device is this?"),
        choices=[
            (Device.OWN, _("My own: keep me signed in for a week")),
            (Device.SHARED, _("Shared, or in the hospital: sign me out after 10 minutes")),
        ],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Without an answer you are signed out after half an hour."),
    )

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        request.session[DEVICE] = self.cleaned_data["device"]
        answer = super().login(request, redirect_url=redirect_url)
        if request.user.is_authenticated:
            # What this form is built on sets an end of its own.
            end_with_the_browser_unless_own(request)
        return answer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["login", "password", "device"])
