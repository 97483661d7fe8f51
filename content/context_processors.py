"""The centre and its sign-off for every page, read only where a template asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from content.catalogue import rules as load_rules
from content.models import Centre
from content.red_path import is_signed


def centre(request: HttpRequest) -> dict[str, Any]:
    lazy_centre = SimpleLazyObject(Centre.load)
    return {
        "centre": lazy_centre,
        "call_levels_signed": SimpleLazyObject(lambda: is_signed(lazy_centre, load_rules())),
    }
