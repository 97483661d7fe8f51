"""How far the rows of a list are reviewed, for the pages that show many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Checked(Protocol):
    """What carries a review: a row of content, or its entry in a list."""

    reviewer: str
    reviewed_on: date | None
    facts_checked_on: date | None


@dataclass(frozen=True)
class ReviewState:
    """`checked_since` is the oldest day on which facts were checked, None when one has no day."""

    rows: int
    reviewed: int
    checked_since: date | None


def review_state(rows: Iterable[Checked]) -> ReviewState:
    rows = list(rows)
    days = [row.facts_checked_on for row in rows]
    return ReviewState(
        rows=len(rows),
        reviewed=sum(bool(row.reviewer and row.reviewed_on) for row in rows),
        checked_since=min(days) if days and all(days) else None,
    )
