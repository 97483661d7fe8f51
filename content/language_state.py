"""What of the guide is there in another language, what is missing, and what lost its English."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from content.models import (
    CallLevel,
    CallSettings,
    CallWindow,
    Classification,
    CombinationRule,
    LabKind,
    Measure,
    Medicine,
    Phase,
    ProcedureKind,
    Section,
    Status,
    Subtype,
    SuggestedQuestion,
    Symptom,
    SymptomAnchor,
    SymptomSign,
    Term,
    Topic,
    Translation,
    VisitKind,
)

# What pages say sentence by sentence, with `content.translations.said`. First what tells a person
# when to call. The long texts of topics, phases, visits, medicines and labs are English so far.
SPOKEN: dict[type[models.Model], tuple[str, ...]] = {
    CallSettings: (),
    CallLevel: ("name", "act"),
    CallWindow: ("name", "question", "length"),
    CombinationRule: ("text",),
    Measure: ("name",),
    Symptom: ("name", "do_now", "do_not"),
    SymptomAnchor: ("text",),
    SymptomSign: ("text",),
    Classification: ("name", "because"),
    Subtype: ("name", "because"),
    Phase: ("name", "also_called", "because"),
    SuggestedQuestion: ("text",),
    Section: ("title", "summary"),
    Topic: ("title", "summary"),
    Term: ("term", "definition"),
    VisitKind: ("name",),
    ProcedureKind: ("name", "about"),
    Medicine: ("name", "purpose"),
    LabKind: ("name", "meaning"),
}


@dataclass(frozen=True)
class Part:
    """One kind of row: how many of its sentences are there, and which are not."""

    label: str
    all: int
    translated: int
    reviewed: int
    # (the English, the row it stands in)
    missing: tuple[tuple[str, models.Model], ...]


@dataclass(frozen=True)
class LanguageState:
    parts: tuple[Part, ...]
    # Translations of an English that stands nowhere any more: it was changed after them.
    outdated: tuple[Translation, ...]


def language_state(language: str) -> LanguageState:
    """Return how far the published guide is there in a language, such as "es"."""
    rows = {row.source: row for row in Translation.objects.filter(language=language)}
    parts, spoken = [], set()
    for model in SPOKEN:
        sentences = dict(_sentences(model))
        spoken |= set(sentences)
        there = [rows[text] for text in sentences if text in rows]
        parts.append(
            Part(
                label=str(model._meta.verbose_name_plural),
                all=len(sentences),
                translated=len(there),
                reviewed=sum(row.is_reviewed for row in there),
                missing=tuple(one for one in sentences.items() if one[0] not in rows),
            )
        )
    return LanguageState(
        tuple(parts), tuple(row for text, row in rows.items() if text not in spoken)
    )


def _sentences(model: type[models.Model]) -> Iterator[tuple[str, models.Model]]:
    """Yield each sentence of the published rows with the row that editors open for it."""
    of_symptom = issubclass(model, SymptomAnchor | SymptomSign)
    status = "symptom__status" if of_symptom else "status"
    rows = model.objects.filter(**{status: Status.PUBLISHED})
    for row in rows.select_related("symptom") if of_symptom else rows:
        for text in filter(None, _texts(row)):
            yield text, row.symptom if of_symptom else row


def _texts(row: models.Model) -> Iterator[str]:
    for name in SPOKEN[type(row)]:
        yield getattr(row, name)
    if isinstance(row, CallSettings):
        yield from row.values.get("texts", {}).values()
        yield from (item["text"] for item in row.values.get("red_list", []))
