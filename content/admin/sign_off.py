"""The sign-off of the call levels: the sheet to print, what changed since, and who signed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from careguide.http import INVALID_FORM
from content.call_rules import Rules
from content.call_sheet import Line, changes, grouped, number, sheet
from content.catalogue import rules as load_rules
from content.models import Centre, PendingChange, SignOff
from content.red_path import is_signed
from content.second_look import name_of


class SignOffForm(forms.ModelForm):
    """Who signed which sheet. The number on the paper must be that of the rules as they are."""

    in_hand = forms.BooleanField(
        label=gettext_lazy("I have the signed sheet in my hands, and it goes into our files.")
    )

    class Meta:
        model = SignOff
        fields = ("sheet_number", "signed_by", "role", "signed_on")
        widgets = {
            "sheet_number": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
        }
        help_texts = {
            "sheet_number": gettext_lazy("At the top of every page, for example 1a2b-3c4d."),
            "role": gettext_lazy("For example: hematologist."),
        }

    def __init__(self, *args: Any, rules: Rules, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = sheet(rules, centre)
        self.broken = rules.broken or any(row.broken for row in rules.symptoms.values())
        today = timezone.localdate().isoformat()
        self.fields["signed_on"].widget = forms.DateInput(attrs={"type": "date", "max": today})

    def clean_sheet_number(self) -> str:
        given = self.cleaned_data["sheet_number"].strip().lower()
        if given != number(self.current):
            words = _(
                "This is not the number of the call levels as they are now. They may have changed "
                "since the sheet was printed. Please print it anew and have that one signed."
            )
            raise forms.ValidationError(words)
        return given

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        if self.broken:
            words = _("A part of the call levels could not be read. They cannot be signed.")
            raise forms.ValidationError(words)
        return super().clean()


def may(request: HttpRequest, what: str) -> None:
    """Raise PermissionDenied for staff who may not do this with sign-offs."""
    if not request.user.has_perm(f"content.{what}_signoff"):
        raise PermissionDenied


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    may(request, "view")
    centre = Centre.load()
    form = SignOffForm(rules=load_rules(), centre=centre)
    return _overview(request, form, centre)


@require_POST
@transaction.atomic
def record(request: HttpRequest) -> HttpResponse:
    """Keep a sign-off with the sheet it is about, and let it hold from now on."""
    may(request, "add")
    # Whoever changes the centre's limit or number meanwhile waits.
    list(Centre.objects.select_for_update().values_list("pk"))
    rules, centre = load_rules(), Centre.load()
    form = SignOffForm(request.POST, rules=rules, centre=centre)
    if not form.is_valid():
        return _overview(request, form, centre, status=INVALID_FORM)
    signed = form.save(commit=False)
    signed.version, signed.sheet = rules.version, form.current
    signed.recorded_by = name_of(request.user)
    signed.save()
    centre.call_levels_signed_by = signed.signature
    centre.call_levels_signed_on = signed.signed_on
    centre.call_levels_signed_version = signed.version
    centre.save()
    messages.success(request, _("The sign-off is recorded. The banner is gone."))
    return redirect("admin:sign_off")


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Let the sign-off hold no more; that it was given stays in the list."""
    may(request, "add")
    centre = Centre.load()
    centre.call_levels_signed_version = ""
    centre._change_reason = _("The sign-off was withdrawn")
    centre.save()
    messages.success(request, _("The sign-off is withdrawn. The banner stands again."))
    return redirect("admin:sign_off")


def _overview(
    request: HttpRequest, form: SignOffForm, centre: Centre, status: int = 200
) -> HttpResponse:
    last = SignOff.objects.first()
    context = {
        **admin.site.each_context(request),
        "title": _("Sign-off of the call levels"),
        "form": form,
        "signed": is_signed(centre, load_rules()),
        "last": last,
        "changes": changes(last.sheet, form.current) if last else [],
        "number": number(form.current),
        "history": SignOff.objects.defer("sheet"),
        "waiting": PendingChange.objects.open(),
        "may_record": request.user.has_perm("content.add_signoff"),
    }
    return TemplateResponse(request, "admin/content/sign_off.html", context, status=status)


@require_safe
def print_sheet(request: HttpRequest) -> HttpResponse:
    """Show the sheet to print: everything, and what changed since the last signature."""
    may(request, "view")
    rules, centre, last = load_rules(), Centre.load(), SignOff.objects.first()
    lines = sheet(rules, centre)
    context = {
        "groups": grouped(lines),
        "number": number(lines),
        "version": rules.version,
        "before": last,
        "changes": changes(last.sheet, lines) if last else [],
        "waiting": PendingChange.objects.open(),
        "printed_on": timezone.localdate(),
    }
    return _sheet(request, context)


@require_safe
def signed_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet as it was signed, and what had changed since the one before."""
    may(request, "view")
    signed = get_object_or_404(SignOff, pk=pk)
    before = SignOff.objects.filter(pk__lt=pk).first()
    lines = [Line(*line) for line in signed.sheet]
    context = {
        "groups": grouped(lines),
        "number": signed.sheet_number,
        "version": signed.version,
        "before": before,
        "changes": changes(before.sheet, lines) if before else [],
        "sign_off": signed,
    }
    return _sheet(request, context)


def _sheet(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    title = _("Call levels to sign: sheet %(number)s") % {"number": context["number"]}
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, "admin/content/sign_off_sheet.html", context)


def urls(admin_view: Callable) -> list[URLPattern]:
    """Return the addresses of these pages, each behind the door of the workshop."""
    return [
        path("sign-off/", admin_view(overview), name="sign_off"),
        path("sign-off/sheet/", admin_view(print_sheet), name="sign_off_sheet"),
        path("sign-off/<int:pk>/", admin_view(signed_sheet), name="sign_off_signed"),
        path("sign-off/record/", admin_view(record), name="sign_off_record"),
        path("sign-off/withdraw/", admin_view(withdraw), name="sign_off_withdraw"),
    ]
