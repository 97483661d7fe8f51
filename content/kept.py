"""Something read from the content and kept in this process until the content changes."""

import uuid
from collections.abc import Callable
from typing import Generic, TypeVar

from django.utils.translation import get_language

from content.models.revision import content_revision

T = TypeVar("T")


class Kept(Generic[T]):
    """Call it to get what `read` returns, read anew only when the content's revision has changed.

    Revisions are random and never come back, so what was read within a rolled-back change is never
    taken for another, and workers never disagree. One query asks for the revision, unless the
    caller has just asked and hands it in.
    """

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        # By language: what was read may hold words of the interface.
        self._last: dict[str | None, tuple[uuid.UUID, T]] = {}

    def __call__(self, revision: uuid.UUID | None = None) -> T:
        revision, language = revision or content_revision(), get_language()
        kept = self._last.get(language)
        if kept is not None and kept[0] == revision:
            return kept[1]
        found = self._read()
        # Read after the revision: a change in between has a newer one and is read next time.
        # Before anything was loaded there is no revision, and nothing is kept.
        if revision:
            self._last[language] = (revision, found)
        return found
