"""The sign-in asks whose device it is, and a mailed code is counted by who asks for it."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from careguide.account import answer_at_once, network_of, within_limit
from careguide.http import error_answer
from careguide.idle import DEVICE, Device, end_with_the_browser_unless_own
from careguide.known_browser import name_of


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


class ResetPasswordForm(AllauthResetPasswordForm):
    """Asks for a mailed code. A stranger who does so again and again uses up their own codes."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if not may_mail_a_code(request, self.cleaned_data["email"].lower()):
            answer_at_once(error_answer(429))
        return super().save(request, **kwargs)


def may_mail_a_code(request: HttpRequest, email: str) -> bool:
    """Count one more code to this address; False when who asks has asked too often.

    A browser that the person signed in with counts for itself, an unknown one with its network;
    and all unknown ones together send no flood of mails.
    """
    known = name_of(request, email)
    if not within_limit(request, "mailed_code", f"{email} {known or network_of(request)}"):
        return False
    return bool(known) or within_limit(request, "mailed_codes", email)
