"""How records look in templates."""

from decimal import Decimal

from django import template

from journeys.lab_words import plain as plain_number

register = template.Library()


@register.filter
def plain(number: Decimal | None) -> str:
    """Return a number without idle zeros; nothing for none."""
    return "" if number is None else plain_number(number)
