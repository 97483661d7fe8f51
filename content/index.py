"""The content that ranking and lists need, kept in memory until the content changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from content.kept import Kept
from content.models import (
    Classification,
    Phase,
    ProcedureKind,
    RelevanceRule,
    StageFit,
    Status,
    Subtype,
    Symptom,
    VisitKind,
)
from content.relevance import NOT_KNOWN, Item, Ranked, Rule, StageContext, Words, rank
from content.translations import said


@dataclass(frozen=True)
class Index:
    """All rules and what lists show, read once per change of the content."""

    topics: tuple[Item, ...]
    questions: tuple[Item, ...]
    symptoms: tuple[Item, ...]
    words: Words
    # Names by dimension and slug, archived ones too: old records still need their names.
    names: Mapping[str, Mapping[str, str]]
    gentle: frozenset[str]
    classifications: Mapping[str, Classification]
    subtypes: Mapping[str, Subtype]
    phases: Mapping[str, Phase]
    fits: Mapping[tuple[str, str], StageFit]

    def name(self, dimension: str, slug: str) -> str:
        return self.names[dimension].get(slug, slug.replace("-", " "))

    def topics_for(self, context: StageContext) -> list[Ranked]:
        return rank(self.topics, context, self.words)

    def questions_for(self, context: StageContext) -> list[Ranked]:
        return rank(self.questions, context, self.words)

    def symptoms_for(self, context: StageContext) -> list[Ranked]:
        return rank(self.symptoms, context, self.words)


_ITEM_COLUMNS = {
    "topic": {
        "slug": F("topic__slug"),
        "title": F("topic__title"),
        "item_order": F("topic__order"),
        "summary": F("topic__summary"),
        "section": F("topic__section__slug"),
    },
    "question": {
        "slug": F("question__slug"),
        "title": F("question__text"),
        "item_order": F("question__order"),
        "summary": F("question__theme"),
        "section": F("question__topic"),
    },
    "symptom": {
        "slug": F("symptom__slug"),
        "title": F("symptom__name"),
        "item_order": F("symptom__number"),
        "summary": F("symptom__area"),
        "section": F("symptom__kind"),
    },
}


def _items(kind: str) -> tuple[Item, ...]:
    rules: dict[str, list[Rule]] = {}
    shown: dict[str, dict[str, Any]] = {}
    rows = (
        RelevanceRule.objects.filter(**{f"{kind}__status": Status.PUBLISHED})
        .order_by(f"{kind}_id", "-weight")
        .values("weight", *RelevanceRule.DIMENSIONS, **_ITEM_COLUMNS[kind])
    )
    for row in rows:
        wants = {name: frozenset(row[name]) for name in RelevanceRule.DIMENSIONS if row[name]}
        rules.setdefault(row["slug"], []).append(Rule(row["weight"], wants))
        shown[row["slug"]] = row
    return tuple(
        Item(
            slug=slug,
            title=said(row["title"]),
            order=row["item_order"],
            summary=said(row["summary"]) if kind == "topic" else row["summary"],
            section=row["section"],
            rules=tuple(rules[slug]),
        )
        for slug, row in shown.items()
    )


def _read() -> Index:
    taxonomy = {
        "classifications": list(Classification.objects.all()),
        "subtypes": list(Subtype.objects.all()),
        "phases": list(Phase.objects.all()),
    }
    names = {
        dimension: {row.slug: said(row.name) for row in rows}
        for dimension, rows in taxonomy.items()
    }
    names["symptoms"] = _names_of(Symptom)
    names["visit_kinds"] = _names_of(VisitKind)
    names["procedures"] = _names_of(ProcedureKind)
    because = {
        dimension: {row.slug: said(row.because) for row in rows}
        for dimension, rows in taxonomy.items()
    }
    because["phases"][NOT_KNOWN] = _("you have not said yet where you are")
    because["symptoms"] = {
        slug: _("you logged: %(name)s") % {"name": name} for slug, name in names["symptoms"].items()
    }
    because["visit_kinds"] = {
        slug: _("your next visit is: %(name)s") % {"name": name}
        for slug, name in names["visit_kinds"].items()
    }
    of_another = {
        dimension: {slug: _said_of_another(dimension, name) for slug, name in rows.items()}
        for dimension, rows in names.items()
    }
    of_another["phases"][NOT_KNOWN] = _("nobody has said yet where they are")
    return Index(
        topics=_items("topic"),
        questions=_items("question"),
        symptoms=_items("symptom"),
        words=Words(because, of_another),
        names=names,
        gentle=frozenset(row.slug for row in taxonomy["classifications"] if row.gentle),
        **{dimension: {row.slug: row for row in rows} for dimension, rows in taxonomy.items()},
        fits={(row.classification, row.phase): row for row in StageFit.objects.published()},
    )


def _names_of(model: type[models.Model]) -> dict[str, str]:
    return {slug: said(name) for slug, name in model.objects.values_list("slug", "name")}


def _said_of_another(dimension: str, name: str) -> str:
    """The reason in words for a caregiver: a fact about somebody else."""
    if dimension == "symptoms":
        return _("this was logged: %(name)s") % {"name": name}
    if dimension == "visit_kinds":
        return _("the next visit is: %(name)s") % {"name": name}
    return _("of where they are: %(name)s") % {"name": name}


# The index of the content as it is now.
content_index = Kept(_read)
