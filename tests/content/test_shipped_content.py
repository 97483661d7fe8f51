"""The content that we ship: it loads, it is whole, it opens, and it is what the exporter writes."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from content.checks import check
from content.guide_map import guide_map
from content.html import text_of
from content.loader import DATA, export, load
from content.models import (
    ContentItem,
    LabKind,
    Medicine,
    Phase,
    Section,
    Symptom,
    Term,
    Topic,
    VisitKind,
)
from content.search import find
from tests.content.test_loader import same
from tests.content.test_views import page

pytestmark = pytest.mark.django_db

PHASES = "before induction consolidation maintenance reinduction transplant after comfort cns"
VISITS = (
    "clinic-visit infusion lumbar-puncture bone-marrow-biopsy blood-test transfusion imaging "
    "hospital-stay procedure other"
)


def test_it_is_whole() -> None:
    # A day on which no review is due yet: an overdue review is no fault of the code.
    findings = check(date(2026, 11, 23))
    assert findings.errors == []
    assert findings.warnings == []


def test_all_parts_of_the_guide_have_topics() -> None:
    sections = guide_map().sections
    assert [section.number for section in sections] == list(range(1, 14))
    assert all(section.topics for section in sections)
    assert {phase.slug for phase in Phase.objects.published()} == set(PHASES.split())
    assert {kind.slug for kind in VisitKind.objects.published()} == set(VISITS.split())
    assert Symptom.objects.published().count() == 72


def test_nobody_reviewed_it_yet_and_it_says_so(client: Client) -> None:
    for topic in Topic.objects.all():
        assert topic.reviewer == ""
        assert topic.reviewed_on is None
        assert topic.facts_checked_on
        assert topic.review_due > topic.facts_checked_on
    topic = Topic.objects.published().first()
    assert "Not yet reviewed" in page(client.get(topic.get_absolute_url()))


def test_every_page_opens_and_no_link_is_dead(client: Client) -> None:
    names = ("guide_index", "glossary", "sources", "red_path", "search")
    lists = ("symptom_index", "lab_index", "medicine_index", "phase_index", "visit_index")
    pages = [reverse(f"content:{name}") for name in (*names, *lists)]
    models: tuple[type[ContentItem], ...] = (
        *(Section, Topic, Term, Symptom),
        *(LabKind, Medicine, Phase, VisitKind),
    )
    pages += [row.get_absolute_url() for model in models for row in model.objects.published()]
    for path in pages:
        dead = guide_links(page(client.get(path))) - set(pages)
        assert not dead, f"{path} links to {dead}"


PARTS = ("guide", "glossary", "symptoms", "labs", "medicines", "phases", "visits")
LOOKED_UP = tuple(f"/{part}/" for part in PARTS)


def guide_links(html: str) -> set[str]:
    """Return the paths in the guide, the glossary and the symptoms that a page links to."""
    parts = html.split('href="')[1:]
    hrefs = {part.split('"', 1)[0].split("#")[0].split("?")[0] for part in parts}
    return {href for href in hrefs if href.startswith(LOOKED_UP)}


def test_figures_of_survival_are_never_searched() -> None:
    numbers = Topic.objects.exclude(numbers="")
    assert numbers
    for result in find("five year survival").results:
        assert "%" not in result.snippet


@pytest.mark.verify
def test_the_files_are_what_the_exporter_writes(tmp_path: Path) -> None:
    export(tmp_path)
    assert same(DATA, tmp_path)
    assert not load(tmp_path).changed


@pytest.mark.verify
def test_a_second_load_changes_nothing() -> None:
    report = load()
    assert not report.changed
    assert report.kept == report.deleted == []


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("leukaemia", "Leukemia"),
        ("haemoglobin", "Hemoglobin"),
        ("fever", "Fever"),
        ("oncaspar", "Pegaspargase"),
        ("blincyto", "Blinatumomab"),
        ("blinatumumab", "Blinatumomab"),
        ("tecartus", "Brexucabtagene autoleucel"),
        ("ANC", "Neutrophil"),
        ("spinal tap", "spinal tap"),
    ],
)
def test_what_people_type_leads_to_what_they_mean(asked: str, first: str) -> None:
    leading = [text_of(str(one.title)).casefold() for one in find(asked).results[:3]]
    assert any(first.casefold() in title for title in leading), leading


SPELLINGS = [
    *(("leukemi", "leukaemi"), ("hemat", "haemat"), ("hemoglobin", "haemoglobin")),
    *(("anemi", "anaemi"), ("tumor", "tumour"), ("tunneled", "tunnelled"), ("ization", "isation")),
]


def test_every_glossary_word_is_known_in_both_spellings() -> None:
    assert Term.objects.published().count() >= 84
    for term in Term.objects.published():
        words = {word.casefold() for word in (term.term, *term.aliases)}
        for american, british in SPELLINGS:
            assert {word.replace(american, british) for word in words} <= words, term
            assert {word.replace(british, american) for word in words} <= words, term
