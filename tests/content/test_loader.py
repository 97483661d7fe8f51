"""Files go into the database and come out the same; what staff did here is kept."""

import filecmp
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from content.files import ContentError, split_front_matter
from content.loader import edited_fields, export, load
from content.models import (
    LoadedItem,
    RelevanceRule,
    Section,
    Source,
    SuggestedQuestion,
    Symptom,
    SymptomSign,
    Term,
    Topic,
    content_revision,
)

pytestmark = pytest.mark.usefixtures("no_content")

TOPIC = """---
title: What is it?
order: 10
status: published
summary: In short.
sources: [Key-1]
certainty: [S]
facts_checked_on: 2026-11-01
review_due: 2027-11-01
relevance:
- phases: [induction]
  weight: 90
- weight: 30
---
A blast is a cell.
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A small directory of content."""
    write(tmp_path / "sources.yaml", [{"key": "Key-1", "title": "One"}])
    write(tmp_path / "sections.yaml", [{"slug": "overview", "number": 1, "title": "Overview"}])
    write(tmp_path / "questions.yaml", [{"slug": "why", "text": "Why?", "relevance": []}])
    write(tmp_path / "glossary.yaml", [{"slug": "blast", "term": "blast", "definition": "A cell."}])
    signs = [{"slug": slug, "text": slug, "level": "now"} for slug in ("zeta", "alpha")]
    symptom = {"slug": "fever", "number": 1, "name": "Fever", "kind": "event", "area": "symptoms"}
    write(tmp_path / "symptoms.yaml", [{**symptom, "signs": signs}])
    topic = tmp_path / "guide" / "01-overview" / "what.md"
    topic.parent.mkdir(parents=True)
    topic.write_text(TOPIC)
    return tmp_path


def write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_everything_is_loaded_and_rendered(files: Path) -> None:
    report = load(files)
    assert len(report.added) == 6
    topic = Topic.objects.get()
    assert topic.section.slug == "overview"
    assert '<a class="term" href="/glossary/blast/">blast</a>' in topic.body_html
    assert [rule.phases for rule in topic.relevance_rules.all()] == [["induction"], []]
    assert [sign.slug for sign in SymptomSign.objects.all()] == ["zeta", "alpha"]
    assert " zeta " in Symptom.objects.get().search_text
    assert SuggestedQuestion.objects.get().search_text == " why "
    assert topic.history.count() == 1


def test_a_second_load_changes_nothing(files: Path) -> None:
    load(files)
    revision = content_revision()
    report = load(files)
    assert not report.changed
    assert report.unchanged == 6
    assert content_revision() == revision
    assert Topic.objects.get().history.count() == 1


def test_an_unedited_field_is_updated(files: Path) -> None:
    load(files)
    change(files / "guide/01-overview/what.md", "A blast is", "The blast is")
    change(files / "guide/01-overview/what.md", "weight: 30", "weight: 40")
    report = load(files)
    assert report.updated == ["guide/01-overview/what.md what"]
    topic = Topic.objects.get()
    assert topic.body_html.startswith("<p>The <a")
    assert [rule.weight for rule in topic.relevance_rules.all()] == [90, 40]
    assert RelevanceRule.objects.count() == 2
    assert topic.history.count() == 2


def test_what_was_edited_here_is_kept_and_reported(files: Path) -> None:
    load(files)
    topic = Topic.objects.get()
    topic.title = "Ours"
    topic.save()
    topic.relevance_rules.filter(weight=30).update(weight=35)
    change(files / "guide/01-overview/what.md", "What is it?", "What is it now?")
    change(files / "guide/01-overview/what.md", "weight: 30", "weight: 40")
    change(files / "guide/01-overview/what.md", "In short.", "In brief.")
    report = load(files)
    assert report.kept == [
        "guide/01-overview/what.md what: title",
        "guide/01-overview/what.md what: relevance",
    ]
    topic = Topic.objects.get()
    assert (topic.title, topic.summary) == ("Ours", "In brief.")
    assert [rule.weight for rule in topic.relevance_rules.all()] == [90, 35]
    assert edited_fields(topic)["title"] == "What is it now?"
    assert not load(files).kept


def test_an_edit_that_the_files_catch_up_with_is_no_conflict(files: Path) -> None:
    load(files)
    Topic.objects.update(title="Better")
    change(files / "guide/01-overview/what.md", "What is it?", "Better")
    assert load(files).kept == []
    assert edited_fields(Topic.objects.get()) == {}


def test_line_ends_of_a_browser_are_no_edit(files: Path) -> None:
    change(files / "guide/01-overview/what.md", "A blast is a cell.", "One.\n\nTwo.")
    load(files)
    Topic.objects.update(body="One.\r\n\r\nTwo.\r\n")
    assert edited_fields(Topic.objects.get()) == {}


def test_what_staff_deleted_stays_deleted(files: Path) -> None:
    load(files)
    SuggestedQuestion.objects.get().delete()
    report = load(files)
    assert report.deleted == ["questions.yaml why"]
    assert not SuggestedQuestion.objects.exists()


def test_a_topic_goes_with_its_deleted_section(files: Path) -> None:
    load(files)
    Topic.objects.all().delete()
    Section.objects.all().delete()
    report = load(files)
    assert report.deleted == ["sections.yaml overview", "guide/01-overview/what.md what"]


def test_a_row_that_staff_made_is_left_alone(files: Path) -> None:
    Source.objects.create(key="Key-1", title="Ours")
    assert load(files).kept == ["sources.yaml Key-1: title"]
    assert Source.objects.get().title == "Ours"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("glossary.yaml", "definition", "meaning", "glossary.yaml blast: unknown field meaning"),
        ("glossary.yaml", "slug: blast", "slug: a blast!", "glossary.yaml a blast!: slug: "),
        ("glossary.yaml", "A cell.", "''", "glossary.yaml blast: definition: "),
        ("sections.yaml", "number: 1", "number: many", "sections.yaml overview: "),
        ("symptoms.yaml", "level: now", "level: never", "symptoms.yaml fever: level: "),
        ("symptoms.yaml", "text: zeta", "word: zeta", "fever: signs: unknown field word"),
        ("sources.yaml", "- key", "key", "sources.yaml: "),
        ("sources.yaml", "key: ", "key: [", "sources.yaml: not readable as YAML"),
        ("guide/01-overview/what.md", "weight: 90", "weight: 900", "guide what: weight: "),
        ("guide/01-overview/what.md", "2027-11-01", "soon", "what: "),
        ("guide/01-overview/what.md", "---\n", "", "what.md: expected"),
        ("guide/01-overview/what.md", "published", "hidden", "guide what: status: "),
    ],
)
def test_a_fault_names_its_place_and_nothing_is_loaded(
    files: Path, file: str, old: str, new: str, message: str
) -> None:
    change(files / file, old, new)
    with pytest.raises(ContentError) as error:
        load(files)
    assert message in str(error.value)
    assert not Section.objects.exists()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_content", files)


def test_a_slug_that_stands_twice_is_a_fault(files: Path) -> None:
    write(files / "sources.yaml", [{"key": "K", "title": "One"}, {"key": "K", "title": "Two"}])
    with pytest.raises(ContentError, match="sources.yaml K: stands there twice"):
        load(files)


def test_a_topic_in_an_unknown_section_is_a_fault(files: Path) -> None:
    (files / "guide/01-overview").rename(files / "guide/02-other")
    with pytest.raises(ContentError, match="there is no section 'other'"):
        load(files)


def test_export_load_export_is_the_same(files: Path, tmp_path: Path) -> None:
    load(files)
    first, second = tmp_path / "first", tmp_path / "second"
    call_command("export_content", first)
    for model in (LoadedItem, Topic, Section, Source, SuggestedQuestion, Symptom, Term):
        model.objects.all().delete()
    load(first)
    export(second)
    assert same(first, second)
    stale = first / "guide/01-overview/gone.md"
    stale.write_text("---\n---\n")
    export(first)
    assert not stale.exists()


def same(first: Path, second: Path) -> bool:
    """Whether two directories hold the same files with the same bytes."""
    names = sorted(str(path.relative_to(first)) for path in first.rglob("*") if path.is_file())
    others = sorted(str(path.relative_to(second)) for path in second.rglob("*") if path.is_file())
    return names == others and not filecmp.cmpfiles(first, second, names, shallow=False)[1]


def test_the_command_says_what_it_did(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_content", files)
    assert "6 added, 0 updated, 0 kept, 0 unchanged" in capsys.readouterr().out
    Source.objects.update(title="Ours")
    SuggestedQuestion.objects.get().delete()
    write(files / "sources.yaml", [{"key": "Key-1", "title": "Theirs"}])
    call_command("load_content", files)
    said = capsys.readouterr().out
    assert "kept as edited here: sources.yaml Key-1: title" in said
    assert "stays deleted: questions.yaml why" in said


def test_front_matter_is_split_at_whole_lines() -> None:
    assert split_front_matter("---\na: 1\n---\nText --- here\n---\nmore") == (
        "a: 1",
        "Text --- here\n---\nmore",
    )
    assert split_front_matter("no front matter") == (None, "no front matter")
