"""What stands in which content file: its lists, their fields, and the models behind them."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from content.models import (
    CallLevel,
    CallSettings,
    CallWindow,
    Classification,
    CombinationRule,
    LabKind,
    LabUnit,
    Measure,
    Medicine,
    Notice,
    Phase,
    ProcedureKind,
    RelevanceRule,
    ReviewPoint,
    Section,
    Source,
    StageFit,
    Subtype,
    SuggestedQuestion,
    Symptom,
    SymptomAnchor,
    SymptomSign,
    SymptomThreshold,
    SymptomWindowLevels,
    Term,
    Topic,
    Translation,
    VisitKind,
)

Record = dict[str, Any]

STATE = ("status", "order")
CHECKED = ("sources", "certainty", "facts_checked_on", "reviewed_on", "reviewer", "review_due")
# Written only when they say something.
TERSE = {"reviewed_on", "reviewer", "settled_by", "settled_on"}


@dataclass(frozen=True)
class Child:
    """A list inside a record whose entries are rows of their own and stand or fall together."""

    name: str
    model: type[models.Model]
    parent: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """One kind of record: its file, the list in that file, its model and its columns."""

    file: str
    model: type[models.Model]
    fields: tuple[str, ...]
    inside: str = ""
    key: tuple[str, ...] = ("slug",)
    children: tuple[Child, ...] = ()
    # Columns that hold a row of another catalogue; files name it by its slug.
    links: dict[str, type[models.Model]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.file}:{self.inside}" if self.inside else self.file

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.key, *self.fields)))

    def key_of(self, record: Record) -> str:
        return "--".join(str(record.get(name) or "") for name in self.key)


def relevance_of(parent: str) -> Child:
    return Child("relevance", RelevanceRule, parent, (*RelevanceRule.DIMENSIONS, "weight"))


CATALOGUES = (
    Catalogue("sources.yaml", Source, ("title", "publisher", "year", "url", "note"), key=("key",)),
    Catalogue(
        "taxonomy.yaml",
        Classification,
        ("name", "description", "because", "gentle", *STATE, *CHECKED),
        inside="classifications",
    ),
    Catalogue(
        "taxonomy.yaml",
        Subtype,
        ("axis", "name", "description", "because", *STATE, *CHECKED),
        inside="subtypes",
    ),
    Catalogue(
        "taxonomy.yaml",
        Phase,
        (
            *("name", "also_called", "alongside", "because", "what", "length", "usual_drugs"),
            *("usual_visits", "next", "next_text", "caregiver", *STATE, *CHECKED),
        ),
        inside="phases",
    ),
    Catalogue(
        "taxonomy.yaml",
        StageFit,
        ("fit", "note", *STATE, *CHECKED),
        inside="stage_fits",
        key=("classification", "phase"),
    ),
    Catalogue(
        "sections.yaml",
        Section,
        ("number", "title", "summary", "source_label", *STATE),
    ),
    Catalogue(
        "guide",
        Topic,
        (
            *("section", "title", "order", "status", "summary", "changed_since_2013"),
            *(*CHECKED, "numbers", "body"),
        ),
        children=(relevance_of("topic"),),
        links={"section": Section},
    ),
    Catalogue(
        "questions.yaml",
        SuggestedQuestion,
        ("text", "theme", "topic", *STATE, *CHECKED),
        children=(relevance_of("question"),),
    ),
    Catalogue("glossary.yaml", Term, ("term", "aliases", "definition", "topic", *STATE, *CHECKED)),
    Catalogue("notices.yaml", Notice, ("title", "body", "valid_from")),
    Catalogue(
        "translations.yaml",
        Translation,
        ("language", "source", "text", "reviewer", "reviewed_on"),
    ),
    Catalogue(
        "visits.yaml",
        VisitKind,
        ("name", "what", "prepare", "bring", "after", *STATE, *CHECKED),
    ),
    Catalogue(
        "labs.yaml",
        LabKind,
        (
            *("name", "aliases", "meaning", "low", "high", "range_note", "odd_below"),
            *("odd_above", "about", "topic", *STATE, *CHECKED),
        ),
        children=(Child("units", LabUnit, "lab", ("unit", "ucum", "factor")),),
    ),
    Catalogue(
        "medicines.yaml",
        Medicine,
        (
            *("name", "aliases", "brands", "kind", "routes", "purpose", "about", "watch"),
            *("opens_window", "once_weekly", "as_of", "topic", *STATE, *CHECKED),
        ),
    ),
    Catalogue(
        "procedures.yaml",
        ProcedureKind,
        (
            *("name", "group", "about", "lasts", "one_at_a_time", "results", "opens_windows"),
            *("asks_again", "visit_kind", "topic", *STATE, *CHECKED),
        ),
    ),
    Catalogue("call_rules.yaml", CallLevel, ("name", "act", *STATE, *CHECKED), inside="levels"),
    Catalogue(
        "call_rules.yaml",
        CallWindow,
        (
            *("name", "question", "length", "days", "hours", "counts_as_any"),
            *("unknown_present_in", *STATE, *CHECKED),
        ),
        inside="windows",
    ),
    Catalogue(
        "call_rules.yaml",
        Measure,
        (
            *("name", "units", "plausible", "methods", "computed_from", "remark"),
            *(*STATE, *CHECKED),
        ),
        inside="measures",
    ),
    Catalogue(
        "call_rules.yaml",
        CombinationRule,
        ("text", "level", "conditions", "enabled", "remark", *STATE, *CHECKED),
        inside="combinations",
    ),
    Catalogue(
        "call_rules.yaml", CallSettings, ("version", "values", *STATE, *CHECKED), inside="settings"
    ),
    Catalogue(
        "symptoms.yaml",
        Symptom,
        (
            *("number", "name", "kind", "area", "do_now", "do_not", "score_from", "after_rule"),
            *("after_levels", "topics", "sections", *STATE, *CHECKED),
        ),
        children=(
            Child("anchors", SymptomAnchor, "symptom", ("score", "text", "level")),
            Child("signs", SymptomSign, "symptom", ("slug", "text", "level", "level_by_window")),
            Child(
                "thresholds",
                SymptomThreshold,
                "symptom",
                (
                    *("measure", "op", "value", "unit", "level", "when_window", "when_sign"),
                    "replace_by",
                ),
            ),
            Child("window_levels", SymptomWindowLevels, "symptom", ("window", "levels")),
            relevance_of("symptom"),
        ),
    ),
    Catalogue(
        "review_list.yaml",
        ReviewPoint,
        ("theme", "text", "order", "settled_by", "settled_on", "note"),
    ),
)
