"""The pictures that a text of the guide may show: our own files, and nothing from elsewhere."""

import re

from django.contrib.staticfiles import finders
from django.templatetags.static import static

FOLDER = "guide"
NAME = re.compile(r"[a-z0-9-]+\.(png|jpg|webp|svg)")


def address_of(name: str) -> str | None:
    """Return the address of a picture in static/guide/, or None when there is no such file."""
    if not NAME.fullmatch(name) or finders.find(f"{FOLDER}/{name}") is None:
        return None
    try:
        return static(f"{FOLDER}/{name}")
    except ValueError:
        # It lies there, but was not collected yet: the server does not know it before its start.
        return None
