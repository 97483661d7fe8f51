"""What must hold between the rows: no word twice, no stage without advice, no lost topic."""

from collections import Counter
from collections.abc import Iterable, Iterator

from content.checks.rows import items, name_of, texts_of
from content.coverage import coverage
from content.index import content_index
from content.markdown import internal_links
from content.models import (
    CallWindow,
    Classification,
    ContentItem,
    LabKind,
    Medicine,
    Phase,
    ProcedureKind,
    RelevanceRule,
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


def relevance() -> Iterator[str]:
    """Rules that name what there is not."""
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
            for slug in sorted(set(getattr(rule, name)) - allowed[name]):
                item = rule.topic or rule.question or rule.symptom
                yield f"{name_of(item)}: relevance names {slug!r}, which is none of the {name}"


def glossary() -> Iterator[str]:
    """Words, spellings among them, that stand for more than one term."""
    words = Counter(
        word.casefold() if not word.isupper() else word
        for term in Term.objects.exclude(status=Status.ARCHIVED)
        for word in {term.term, *term.aliases}
    )
    for word, times in words.items():
        if times > 1:
            yield f"glossary: {word!r} stands for {times} terms"


def lists() -> Iterator[str]:
    """What medicines and blood values name, and names that stand for two of them."""
    symptoms, windows = set(_slugs(Symptom)), set(_slugs(CallWindow))
    for medicine in Medicine.objects.exclude(status=Status.ARCHIVED):
        for slug in set(medicine.watch) - symptoms:
            yield f"{name_of(medicine)}: there is no symptom {slug!r}"
        if medicine.opens_window not in {"", *windows}:
            yield f"{name_of(medicine)}: there is no window {medicine.opens_window!r}"
    visits = {"", *_slugs(VisitKind)}
    for kind in ProcedureKind.objects.exclude(status=Status.ARCHIVED):
        for slug in {*kind.opens_windows, *kind.asks_again} - windows:
            yield f"{name_of(kind)}: there is no window {slug!r}"
        if kind.visit_kind not in visits:
            yield f"{name_of(kind)}: there is no kind of visit {kind.visit_kind!r}"
    for model in (LabKind, Medicine, ProcedureKind):
        rows = model.objects.exclude(status=Status.ARCHIVED).values_list("name", flat=True)
        for name, times in Counter(name.casefold() for name in rows).items():
            if times > 1:
                yield f"{model._meta.model_name}: {name!r} stands there twice"
    for lab in LabKind.objects.exclude(status=Status.ARCHIVED).prefetch_related("units"):
        if [unit.factor for unit in lab.units.all()][:1] != [1]:
            yield f"{name_of(lab)}: its first unit needs the factor 1"


def scales() -> Iterator[str]:
    rows = Symptom.objects.published().filter(kind=Symptom.Kind.SCORED)
    for symptom in rows.prefetch_related("anchors"):
        if sorted(one.score for one in symptom.anchors.all()) != [0, 1, 2, 3, 4]:
            yield f"{name_of(symptom)}: its scale needs one meaning for each of 0, 1, 2, 3, 4"


def tags() -> Iterator[str]:
    for question in SuggestedQuestion.objects.published().prefetch_related("relevance_rules"):
        if not has_tag(question):
            yield f"{name_of(question)}: no rule says when it matters"


def has_tag(question: SuggestedQuestion) -> bool:
    """Whether a rule says to whom, where or for what visit a question matters."""
    return any(
        getattr(rule, name)
        for rule in question.relevance_rules.all()
        for name in RelevanceRule.DIMENSIONS
    )


def holes() -> Iterator[str]:
    """Stages that make sense in which somebody gets too little of something."""
    for row in coverage(content_index()):
        for cell in row.cells:
            for count in cell.counts:
                if count.hole:
                    yield (
                        f"coverage: {row.name}, {cell.role}: {count.number} {count.kind}, "
                        f"at least {count.enough}"
                    )


def orphans() -> Iterator[str]:
    """Published topics to which nothing leads but the list of their section.

    A topic is reached when a rule of its own brings it up, when a published symptom, question or
    glossary word names it, or when another published text links to it.
    """
    reached = set(
        RelevanceRule.objects.filter(topic__isnull=False).values_list("topic__slug", flat=True)
    )
    for item in items():
        if item.status == Status.PUBLISHED:
            reached |= {*getattr(item, "topics", ()), getattr(item, "topic", "")}
            links = (link for _column, text in texts_of(item) for link in internal_links(text))
            own = item.slug if isinstance(item, Topic) else ""
            reached |= {slug for kind, slug in links if kind == "topic" and slug != own}
    for topic in Topic.objects.published().in_reading_order().without_text():
        if topic.slug not in reached:
            yield f"{name_of(topic)}: nothing leads to it but the list of its section"


def _slugs(model: type[ContentItem]) -> Iterable[str]:
    return model.objects.published().values_list("slug", flat=True)
