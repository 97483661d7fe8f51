"""What must hold for the content as a whole; `manage.py check_content` prints it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from content.file_format import CATALOGUES
from content.html import text_of
from content.markdown import internal_links, to_html
from content.models import (
    CallWindow,
    Classification,
    ContentItem,
    LabKind,
    Medicine,
    Phase,
    RelevanceRule,
    Source,
    Status,
    Subtype,
    SuggestedQuestion,
    Symptom,
    Term,
    Topic,
    VisitKind,
)
from content.relevance import NOT_KNOWN

ROLES = {"patient", "caregiver"}
CERTAINTIES = {"S", "V", "K", "D"}
SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]?")
SURVIVAL = re.compile(r"\b(surviv\w*|event[- ]free|still alive|(were|are) alive|mortality)\b", re.I)
DEATH = re.compile(r"\b(die|dies|died|deaths?)\b", re.I)
SHARE = re.compile(r"\d\s*(%|percent|per cent|(in|out of) (10|100|1,?000)\b)", re.I)
COUNT = re.compile(r"\d[\d,]{2,}|\d\s*%|\d (in|out of|percent|per cent) ?\d*", re.I)


@dataclass
class Findings:
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def check(today: date) -> Findings:
    """Look at everything that is not archived; errors must be mended, warnings looked at."""
    findings = Findings()
    for part in (_sources, _relevance, _topics, _texts, _references, _lists, _glossary, _symptoms):
        findings.errors += part()
    for item in _items():
        if item.review_due is None:
            findings.errors.append(f"{_name(item)}: no date when its review is due")
        elif item.review_due < today:
            findings.warnings.append(f"{_name(item)}: review was due on {item.review_due}")
    return findings


def _items() -> Iterator[ContentItem]:
    for catalogue in CATALOGUES:
        if issubclass(catalogue.model, ContentItem) and "review_due" in catalogue.fields:
            yield from catalogue.model.objects.exclude(status=Status.ARCHIVED)


def _name(item: ContentItem) -> str:
    return f"{item._meta.model_name} {item.slug}"


def _sources() -> Iterator[str]:
    known = set(Source.objects.values_list("key", flat=True))
    for item in _items():
        for key in set(item.sources) - known:
            yield f"{_name(item)}: there is no source {key!r}"
        for tag in set(item.certainty) - CERTAINTIES:
            yield f"{_name(item)}: there is no certainty {tag!r}"


def _relevance() -> Iterator[str]:
    allowed = {
        "classifications": {*_slugs(Classification), NOT_KNOWN},
        "subtypes": {*_slugs(Subtype), NOT_KNOWN},
        "phases": {*_slugs(Phase), NOT_KNOWN},
        "roles": ROLES,
        "symptoms": set(_slugs(Symptom)),
        "visit_kinds": set(_slugs(VisitKind)),
    }
    for rule in RelevanceRule.objects.select_related("topic", "question", "symptom"):
        for name in RelevanceRule.DIMENSIONS:
            for slug in set(getattr(rule, name)) - allowed[name]:
                item = rule.topic or rule.question or rule.symptom
                yield f"{_name(item)}: relevance names {slug!r}, which is none of the {name}"


def _topics() -> Iterator[str]:
    for topic in Topic.objects.exclude(status=Status.ARCHIVED):
        if not topic.sources:
            yield f"{_name(topic)}: no source"
        if not topic.facts_checked_on:
            yield f"{_name(topic)}: no date when its facts were checked"
        if not topic.body.strip():
            yield f"{_name(topic)}: no text"


def _texts() -> Iterator[str]:
    """Links that lead nowhere, and figures that stand in the open."""
    targets = {
        kind: set(_slugs(model))
        for kind, model in {
            "topic": Topic,
            "term": Term,
            "symptom": Symptom,
            "lab": LabKind,
            "medicine": Medicine,
            "phase": Phase,
            "visit": VisitKind,
        }.items()
    }
    for item, name, text in _markdown():
        for kind, slug in internal_links(text):
            if slug not in targets[kind]:
                yield f"{_name(item)}: link to {kind}:{slug} leads nowhere"
        if name != "numbers":
            for sentence in survival_figures(text_of(to_html(text))):
                yield f"{_name(item)}: a survival figure outside its numbers: {sentence!r}"


def _markdown() -> Iterator[tuple[ContentItem, str, str]]:
    for item in _items():
        for column in item._meta.concrete_fields:
            is_text = column.get_internal_type() in ("TextField", "CharField")
            if is_text and column.editable and getattr(item, column.name):
                yield item, column.name, getattr(item, column.name)


def survival_figures(text: str) -> list[str]:
    """Return the sentences of a plain text that seem to give a survival or death figure."""
    return [
        sentence.strip()
        for sentence in SENTENCE.findall(text)
        if (SURVIVAL.search(sentence) and SHARE.search(sentence))
        or (DEATH.search(sentence) and COUNT.search(sentence))
    ]


def _references() -> Iterator[str]:
    """Topics and phases that other items name."""
    topics, phases = set(_slugs(Topic)), set(_slugs(Phase))
    for model in (SuggestedQuestion, Term, LabKind, Medicine):
        for item in model.objects.exclude(status=Status.ARCHIVED).exclude(topic=""):
            if item.topic not in topics:
                yield f"{_name(item)}: there is no topic {item.topic!r}"
    for symptom in Symptom.objects.exclude(status=Status.ARCHIVED):
        for slug in set(symptom.topics) - topics:
            yield f"{_name(symptom)}: there is no topic {slug!r}"
    for phase in Phase.objects.exclude(status=Status.ARCHIVED):
        for slug in set(phase.next) - phases:
            yield f"{_name(phase)}: there is no phase {slug!r}"


def _lists() -> Iterator[str]:
    """What medicines and blood values name, and names that stand for two of them."""
    symptoms, windows = set(_slugs(Symptom)), set(_slugs(CallWindow))
    for medicine in Medicine.objects.exclude(status=Status.ARCHIVED):
        for slug in set(medicine.watch) - symptoms:
            yield f"{_name(medicine)}: there is no symptom {slug!r}"
        if medicine.opens_window not in {"", *windows}:
            yield f"{_name(medicine)}: there is no window {medicine.opens_window!r}"
    for model in (LabKind, Medicine):
        rows = model.objects.exclude(status=Status.ARCHIVED).values_list("name", flat=True)
        for name, times in Counter(name.casefold() for name in rows).items():
            if times > 1:
                yield f"{model._meta.model_name}: {name!r} stands there twice"
    for lab in LabKind.objects.exclude(status=Status.ARCHIVED).prefetch_related("units"):
        if [unit.factor for unit in lab.units.all()][:1] != [1]:
            yield f"{_name(lab)}: its first unit needs the factor 1"


def _glossary() -> Iterator[str]:
    words = Counter(
        word.casefold() if not word.isupper() else word
        for term in Term.objects.exclude(status=Status.ARCHIVED)
        for word in {term.term, *term.aliases}
    )
    for word, times in words.items():
        if times > 1:
            yield f"glossary: {word!r} stands for {times} terms"


def _symptoms() -> Iterator[str]:
    rows = Symptom.objects.published().filter(kind=Symptom.Kind.SCORED)
    for symptom in rows.prefetch_related("anchors"):
        if sorted(one.score for one in symptom.anchors.all()) != [0, 1, 2, 3, 4]:
            yield f"{_name(symptom)}: its scale needs one meaning for each of 0, 1, 2, 3, 4"


def _slugs(model: type[ContentItem]) -> Iterable[str]:
    return model.objects.published().values_list("slug", flat=True)
