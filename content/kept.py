"""Something read from the content and kept in this process until the content changes."""

import uuid
from collections.abc import Callable
from typing import Generic, TypeVar

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
        self._last: tuple[uuid.UUID, T] | None = None

    def __call__(self, revision: uuid.UUID | None = None) -> T:
        revision = revision or content_revision()
        if self._last is not None and self._last[0] == revision:
            return self._last[1]
        found = self._read()
        # Read after the revision: a change in between has a newer one and is read next time.
        # Before anything was loaded there is no revision, and nothing is kept.
        self._last = (revision, found) if revision else None
        return found
