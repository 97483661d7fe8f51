"""Mails as people read them: plain text, and beside it the same words as simple HTML."""

import re

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language

# What allauth asks to be typed in: a code on a line of its own.
CODE = re.compile(r"[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}")


def with_html(mail: EmailMessage) -> EmailMultiAlternatives:
    """Return the mail with its text as HTML, too. Nothing in it is fetched from anywhere.

    Only an address of this site, on a line of its own, becomes a link: what a person chose, such as
    their name, stays text whatever it looks like.
    """
    both = EmailMultiAlternatives(
        mail.subject,
        mail.body,
        mail.from_email,
        mail.to,
        headers=mail.extra_headers,
        connection=mail.connection,
    )
    parts = [part.strip() for part in mail.body.split("\n\n") if part.strip()]
    context = {
        "subject": mail.subject,
        "language": get_language() or settings.LANGUAGE_CODE,
        "parts": [(_kind_of(part), part) for part in parts],
    }
    both.attach_alternative(render_to_string("emails/_frame.html", context), "text/html")
    return both


def _kind_of(part: str) -> str:
    if len(part.split()) == 1 and part.startswith(f"{settings.SITE_URL.rstrip('/')}/"):
        return "link"
    return "code" if CODE.fullmatch(part) else "text"
