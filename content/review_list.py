"""What the content itself says is not settled: marks "(to be checked)", and who reviewed what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from content.file_format import CATALOGUES, Catalogue
from content.markdown import TO_CHECK
from content.models import ContentItem, Status
from content.plain_rows import plain_row, rows_of

MARK = "(to be checked)"
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Marked:
    """A row that carries the mark, with each sentence that does."""

    row: models.Model
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Reviewed:
    """How many rows of one kind a clinician has reviewed, and how many are due."""

    model: type[models.Model]
    rows: int
    reviewed: int
    overdue: int

    @property
    def not_reviewed(self) -> int:
        return self.rows - self.reviewed


def marked() -> list[Marked]:
    """Return every row with the mark that is not archived, in the order of the files."""
    return [
        Marked(row, sentences)
        for catalogue in _items()
        for row in rows_of(catalogue).exclude(status=Status.ARCHIVED).filter(language="en")
        if (sentences := tuple(_sentences(plain_row(catalogue, row))))
    ]


def _sentences(value: Any) -> Iterator[str]:
    """Yield the sentences with the mark of a text, or of all texts inside lists and mappings."""
    if isinstance(value, str):
        sentences = SENTENCE_END.split(TO_CHECK.sub(MARK, value))
        yield from (one.strip() for one in sentences if MARK in one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _sentences(one)
    elif isinstance(value, list):
        for one in value:
            yield from _sentences(one)


def reviewed(today: date) -> list[Reviewed]:
    """Count what was reviewed, for each kind of row that a clinician reviews."""
    counts = {
        "rows": models.Count("pk"),
        "reviewed": models.Count("pk", filter=~models.Q(reviewer="") & ~models.Q(reviewed_on=None)),
        "overdue": models.Count("pk", filter=models.Q(review_due__lt=today)),
    }
    found = []
    for catalogue in _items():
        rows = catalogue.model.objects.in_language().exclude(status=Status.ARCHIVED)
        found.append(Reviewed(catalogue.model, **rows.aggregate(**counts)))
    return found


def _items() -> Iterator[Catalogue]:
    """Yield the catalogues whose rows are reviewed one by one."""
    for catalogue in CATALOGUES:
        if issubclass(catalogue.model, ContentItem) and "reviewer" in catalogue.fields:
            yield catalogue
