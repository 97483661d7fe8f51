"""The call levels as they stand in the database, read once and kept until the content changes."""

from collections import defaultdict
from typing import Any

from django.db import models

from content.call_rows import build_rules
from content.call_rules import Row, Rules
from content.kept import Kept
from content.models import (
    CallLevel,
    CallSettings,
    CallWindow,
    Centre,
    CombinationRule,
    Measure,
    Symptom,
    SymptomAnchor,
    SymptomSign,
    SymptomThreshold,
    SymptomWindowLevels,
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


def _read() -> Rules:
    return build_rules(_symptoms(), {name: _rows(model) for name, model in CALL_RULES.items()})


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


# The table as it is now. An empty or damaged one gives rules that leave every entry unchecked.
rules = Kept(_read)
# Numbers and limits of the centre, in memory: for rules and pages that only read them.
centre = Kept(Centre.load)
