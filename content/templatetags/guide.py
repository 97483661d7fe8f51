"""Show what was rendered when the text was saved."""

import re
from urllib.parse import urlsplit

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from content.markdown import TO_CHECK, to_check_mark
from content.translations import is_another, said

register = template.Library()

# As the guide says it, and as its translations do.
MARKS = re.compile(rf"{TO_CHECK.pattern}|\(por\s+comprobar\)", re.IGNORECASE)


@register.filter
def rendered(html: str) -> SafeString:
    """Mark stored HTML as safe: it went through the sanitiser when it was saved.

    Use it for columns named `*_html` and for the `html` of a phase or a visit kind, never else.
    These long texts are in English, and say so on a page in another language.
    """
    text = mark_safe(html or "")  # noqa: S308
    return format_html('<div lang="en">{}</div>', text) if text and is_another() else text


@register.filter
def say(english: str) -> SafeString:
    """Return a sentence of the guide in the reader's language; marked where it is in English."""
    sentence = said(str(english or ""))
    if not sentence.language:
        return conditional_escape(sentence)
    return format_html('<span lang="{}">{}</span>', sentence.language, sentence)


@register.filter
def say_beside(english: str) -> SafeString:
    """The same, with its English beside it until a clinician has read the translation."""
    sentence = said(str(english or ""))
    if not sentence.beside:
        return say(english)
    return format_html('{} <span class="beside" lang="en">{}</span>', sentence, sentence.beside)


@register.filter
def said_text(english: str) -> str:
    """The same as plain text, for titles and choices."""
    return said(str(english or ""))


@register.filter
def to_check(text: str) -> SafeString:
    """Return a plain text with "(to be checked)" marked as in the texts of the guide."""
    parts = MARKS.split(str(text or ""))
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
