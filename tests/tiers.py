"""Which rows of a long table run every day, and which in `make verify` only."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def some_every_day(rows: Iterable[Any], every_day: Callable[[Any], bool]) -> list[Any]:
    """Return all rows for `parametrize`; those that are not for every day run in verify."""
    return [
        row if every_day(row) else pytest.param(*_parts(row), marks=pytest.mark.verify)
        for row in rows
    ]


def _parts(row: Any) -> tuple:
    return row if isinstance(row, tuple) else (row,)
