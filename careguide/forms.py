"""Form bases: the template owns the form element, crispy lays out the fields."""

import zoneinfo
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ZONES = sorted(
    zone
    for zone in zoneinfo.available_timezones()
    if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
)


def form_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True  # the template's form carries the token
    helper.form_show_errors = True
    return helper


class CrispyForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class CrispyModelForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class LongSelect(forms.Select):
    """A list of hundreds, written at once: a template for each choice takes a tenth of a second."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        selected = flatatt({"selected": True})
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((one, selected if one == value else "", label) for one, label in self.choices),
        )
        own = flatatt(self.build_attrs({"name": name} | self.attrs, attrs))
        return format_html("<select{}>{}</select>", own, options)


class ZoneField(forms.ChoiceField):
    """A time zone by its name, such as "Europe/Vienna". `empty`: what it is called to give none."""

    widget = LongSelect

    def __init__(self, empty: Any = None, **kwargs: Any) -> None:
        none = [] if empty is None else [("", empty)]
        names = [(zone, zone.replace("_", " ")) for zone in ("UTC", *ZONES)]
        super().__init__(choices=[*none, *names], **kwargs)
