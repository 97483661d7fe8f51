"""Lab values in words: read back in the other units, what is odd, which kinds are shown."""

import uuid
from collections.abc import Mapping
from decimal import Decimal

from content.kept import Kept
from content.models import LabKind, LabUnit
from content.translations import said
from journeys.models import LabResult

# What people look at first; these stand on an empty form, in this order.
USUAL = 4


def _kinds() -> dict[str, LabKind]:
    """Read every kind of lab value by its slug, archived ones too, with its units."""
    rows = LabKind.objects.in_language().defer("about", "about_html", "search_text", "shipped")
    kinds = {row.slug: row for row in rows.prefetch_related("units")}
    for kind in kinds.values():
        kind.name, kind.meaning = said(kind.name), said(kind.meaning)
    return kinds


# In memory, by slug. Only to be read: everybody gets the same rows.
lab_kinds = Kept(_kinds)


def lab_names(revision: uuid.UUID | None = None) -> dict[str, str]:
    """Return what each kind of lab value is called, by its slug."""
    return {slug: kind.name for slug, kind in lab_kinds(revision).items()}


def unit_of(kind: LabKind, name: str) -> LabUnit | None:
    return next((unit for unit in kind.units.all() if unit.unit == name), None)


def plain(number: Decimal) -> str:
    """Return a number without idle zeros, rounded to five places."""
    return f"{round(number, 5).normalize():f}"


def as_printed(row: LabResult) -> str:
    """Return a result as its report prints it: "< 10 U/L"."""
    return f"{'< ' if row.below else ''}{plain(row.value)} {row.unit}"


def read_back(kind: LabKind, value: Decimal, unit: str) -> str:
    """Return the value in every unit that writes it with another number, as one sentence.

    "0.5 10³/µL = 500 cells/µL": whoever took the wrong unit sees it at once. Empty when there is
    no other way to write it.
    """
    own = unit_of(kind, unit)
    if own is None:
        return ""
    first = own.to_first(value)
    said = [f"{plain(value)} {unit}"]
    for other in kind.units.all():
        if other.factor != own.factor:
            said.append(f"{plain(other.from_first(first))} {other.unit}")
    return " = ".join(said) if len(said) > 1 else ""


def is_odd(kind: LabKind, value: Decimal, unit: str) -> bool:
    """Whether a value looks like a slip of the unit or the comma."""
    own = unit_of(kind, unit)
    return own is not None and kind.is_odd(own.to_first(value))


def shown_first(kinds: Mapping[str, LabKind], lately: list[str]) -> list[str]:
    """Return which kinds a new report shows: the usual ones, then those of the last report."""
    offered = [slug for slug, kind in kinds.items() if kind.status == "published"]
    return list(dict.fromkeys([*offered[:USUAL], *(slug for slug in lately if slug in kinds)]))
