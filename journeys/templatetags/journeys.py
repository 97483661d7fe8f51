"""How records look in templates."""

from decimal import Decimal

from django import template

from journeys.lab_words import plain as plain_number

register = template.Library()
# Outcomes that are no level look like one.
LOOKS_LIKE = {"unchecked": "now", "history": "none"}


@register.filter
def plain(number: Decimal | None) -> str:
    """Return a number without idle zeros; nothing for none."""
    return "" if number is None else plain_number(number)


@register.filter
def level_class(level: str) -> str:
    """Return the class of the box that tells a call level, "history" or "unchecked"."""
    return f"level-{LOOKS_LIKE.get(level, level)}"
