"""The call levels as they stand in the database, read once and kept until the content changes."""

import uuid
from collections import defaultdict
from typing import Any

from django.db import models

from content.call_rows import build_rules
from content.call_rules import Row, Rules
from content.models import (
    CallLevel,
    CallSettings,
    CallWindow,
    CombinationRule,
    Measure,
    Symptom,
    SymptomAnchor,
    SymptomSign,
    SymptomThreshold,
    SymptomWindowLevels,
    content_revision,
)

# The levels are signed in one language; a translation may only add texts.
LANGUAGE = "en"
CALL_RULES = {
    "levels": CallLevel,
    "windows": CallWindow,
    "measures": Measure,
    "combinations": CombinationRule,
    "settings": CallSettings,
}
CHILDREN = {
    "anchors": SymptomAnchor,
    "signs": SymptomSign,
    "thresholds": SymptomThreshold,
    "window_levels": SymptomWindowLevels,
}

# The last table of this process with the revision it belongs to. Revisions are random and never
# come back, so a table of a rolled-back change is never taken for another.
_last: tuple[uuid.UUID, Rules] | None = None


def rules(revision: uuid.UUID | None = None) -> Rules:
    """Return the table as it is now, with one query when nothing has changed.

    `revision` is `content_revision()` when the caller has just asked for it. An empty or damaged
    table gives rules that leave every entry unchecked.
    """
    global _last
    revision = revision or content_revision()
    if _last is not None and _last[0] == revision:
        return _last[1]
    found = build_rules(_symptoms(), {name: _rows(model) for name, model in CALL_RULES.items()})
    # Read after the revision: a change in between has a newer one and is read next time.
    _last = (revision, found) if revision else None
    return found


def _rows(model: type[models.Model]) -> list[Row]:
    return list(model.objects.in_language(LANGUAGE).values().order_by("order", "slug"))


def _symptoms() -> list[Row]:
    children = {name: _children(model) for name, model in CHILDREN.items()}
    return [
        {**row, **{name: rows[row["id"]] for name, rows in children.items()}}
        for row in _rows(Symptom)
    ]


def _children(model: type[models.Model]) -> defaultdict[int, list[dict[str, Any]]]:
    grouped = defaultdict(list)
    for row in model.objects.filter(symptom__language=LANGUAGE).values().order_by("pk"):
        grouped[row["symptom_id"]].append(row)
    return grouped
