"""Show what was rendered when the text was saved."""

import re
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from content.markdown import TO_CHECK, to_check_mark

register = template.Library()


@register.filter
def rendered(html: str) -> SafeString:
    """Mark stored HTML as safe: it went through the sanitiser when it was saved.

    Use it for columns named `*_html` and for the `html` of a phase or a visit kind, never else.
    """
    return mark_safe(html or "")  # noqa: S308


@register.filter
def to_check(text: str) -> SafeString:
    """Return a plain text with "(to be checked)" marked as in the texts of the guide."""
    parts = TO_CHECK.split(str(text or ""))
    return format_html_join(mark_safe(to_check_mark()), "{}", ((part,) for part in parts))  # noqa: S308


@register.filter
def host(url: str) -> str:
    """Return where a link goes: its host without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def dialed(number: str) -> str:
    """Return a phone number as a link dials it; the "(0)" after a country code is not dialed."""
    if number.startswith("+"):
        number = number.replace("(0)", "")
    return re.sub(r"[^0-9+]", "", number)
