"""What changed between two states of a row, line by line."""

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst

CONTEXT_LINES = 1


@dataclass(frozen=True)
class Line:
    """One line of a difference: `sign` is "+", "-" or " "."""

    sign: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that changed."""

    label: str
    lines: tuple[Line, ...]


def set_differences(records: Iterable[Any]) -> None:
    """Give each record of a history, newest first, the differences from the one before it."""
    for newer, older in pairwise(records):
        delta = newer.diff_against(older, excluded_fields=("updated_at",))
        newer.differences = [
            Difference(
                str(capfirst(newer.instance_type._meta.get_field(change.field).verbose_name)),
                tuple(lines(change.old, change.new)),
            )
            for change in delta.changes
        ]


def lines(old: Any, new: Any) -> Iterator[Line]:
    """Yield the lines that went and came, each with a line around it."""
    found = difflib.unified_diff(as_lines(old), as_lines(new), lineterm="", n=CONTEXT_LINES)
    for line in list(found)[2:]:
        yield Line("…", "") if line.startswith("@@") else Line(line[:1], line[1:])


def as_lines(value: Any) -> list[str]:
    """Return a stored value as the lines that an editor reads."""
    if isinstance(value, list | dict):
        value = json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True)
    return str("" if value is None else value).splitlines()
