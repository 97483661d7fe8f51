"""The check of the content finds what is wrong, and names it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from content.checks import check, survival_figures
from content.models import (
    Classification,
    Phase,
    RelevanceRule,
    StageFit,
    Status,
    SuggestedQuestion,
    Symptom,
    Topic,
)
from tests.content.builders import CHECKED, make_question, make_source, make_term, make_topic

pytestmark = pytest.mark.usefixtures("no_content")
TODAY = date(2026, 11, 23)
# Plain, and as long as a topic is.
TEXT = "You are not alone with this. " * 40
OWN = {**CHECKED, "certainty": ["D"]}


@pytest.fixture
def topic() -> Topic:
    make_source("Key-1")
    topic = make_topic("one", sources=["Key-1"], certainty=["S"], body=TEXT)
    RelevanceRule.objects.create(topic=topic, weight=50)
    return topic


def change(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def make_tagged_question(slug: str, **values: Any) -> SuggestedQuestion:
    question = make_question(slug, "Why?", **{**OWN, **values})
    RelevanceRule.objects.create(question=question, weight=50, roles=["patient"])
    return question


def make_symptom(slug: str, **values: Any) -> Symptom:
    number = Symptom.objects.count() + 1
    given = {"number": number, "name": slug, "kind": "event", "topics": ["one"], **OWN, **values}
    return Symptom.objects.create(slug=slug, area="symptoms", **given)


def test_nothing_is_wrong_with_a_whole_topic(topic: Topic) -> None:
    findings = check(TODAY)
    assert findings.errors == findings.warnings == []
    call_command("check_content")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"sources": []}, "no source"),
        ({"sources": [], "certainty": ["D"]}, "no source"),
        ({"sources": ["Key-2"]}, "there is no source Key-2"),
        ({"certainty": ["X"]}, "there is no certainty X"),
        ({"facts_checked_on": None}, "no date when its facts were checked"),
        ({"review_due": None}, "no date when its review is due"),
        ({"body": f"{TEXT}[a](topic:two)"}, "link to topic:two leads nowhere"),
        ({"numbers": "[a](term:two)"}, "link to term:two leads nowhere"),
        ({"body": f"{TEXT}[a](/guide/overview/two/)"}, "link to /guide/overview/two/ leads"),
        ({"body": f"{TEXT}[a](/guide/moon/)"}, "link to /guide/moon/ leads nowhere"),
        ({"body": f"{TEXT}[a](/moon/)"}, "link to /moon/ leads nowhere"),
        ({"body": f"{TEXT}[a](moon)"}, "link to moon leads nowhere"),
        ({"body": f"{TEXT}[a](//moon.example/)"}, "link to //moon.example/ leads nowhere"),
        ({"body": f"{TEXT}[a](term:Not A Slug)"}, "cannot be read"),
        ({"body": f"{TEXT}[a](term:Blast)"}, "link to term:Blast leads nowhere"),
        ({"body": f"{TEXT}![a](https://moon.example/a.png)"}, "no picture https://moon.example/"),
        ({"body": f"{TEXT}![a](missing.png)"}, "no picture missing.png among our own files"),
        ({"body": f"{TEXT}![a](data:image/png;base64,x)"}, "no picture data:image/png;base64,x"),
        ({"body": f"{TEXT}![a](data:text/html,x)"}, "this link or picture cannot be read"),
        ({"body": f"{TEXT}About 70% survived."}, "a survival figure outside its numbers"),
        ({"summary": "Of those, 7 in 10 were alive later."}, "a survival figure"),
        ({"body": "You are not alone."}, "Too short for a topic: 4 words"),
        ({"body": TEXT * 3}, "Too long for a topic: 720 words"),
    ],
)
def test_a_fault_of_a_topic_is_found(topic: Topic, values: dict, message: str) -> None:
    change(topic, **values)
    errors = check(TODAY).errors
    assert len(errors) == 1, errors
    assert errors[0].startswith("topic one: ")
    assert message in errors[0]
    change(topic, status=Status.ARCHIVED)
    assert check(TODAY).errors == []


def test_a_topic_without_text_is_found(topic: Topic) -> None:
    change(topic, body=" ")
    assert "topic one: no text" in check(TODAY).errors


def test_a_draft_may_have_faults_but_they_are_said(topic: Topic) -> None:
    make_topic("two", status=Status.DRAFT)
    findings = check(TODAY)
    assert findings.errors == []
    assert findings.warnings == ["topic two: no source: please name what it rests on"]


@pytest.mark.parametrize(
    "link",
    ["topic:one", "term:blast", "symptom:fever", "/guide/overview/one/", "/guide/overview/",
     "/glossary/blast/#top", "/symptoms/fever/", "/guide/", "/call/", "/search/?q=all",
     "https://moon.example/", "mailto:a@moon.example"],
)  # fmt: skip
def test_links_that_open_a_page_are_fine(topic: Topic, link: str) -> None:
    make_term("blast", **OWN)
    make_symptom("fever")
    change(topic, body=f"{TEXT} [a]({link})")
    assert check(TODAY).errors == []


def test_a_link_to_what_is_not_published_leads_nowhere(topic: Topic) -> None:
    make_term("blast", status=Status.DRAFT, **OWN)
    change(topic, body=f"{TEXT} [a](term:blast) [b](/glossary/blast/)")
    assert [line.split(" leads")[0] for line in check(TODAY).errors] == [
        "topic one: link to term:blast",
        "topic one: link to /glossary/blast/",
    ]


def test_a_picture_of_our_own_needs_its_words(
    topic: Topic, tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "cells.png").write_bytes(b"")
    settings.STATICFILES_DIRS = [tmp_path]
    change(topic, body=f"{TEXT} ![Blood cells](cells.png)")
    assert check(TODAY).errors == []
    change(topic, body=f"{TEXT} ![](cells.png)")
    assert "picture cells.png needs words" in check(TODAY).errors[0]


def test_what_is_marked_as_our_own_or_to_be_checked_may_stand_without_a_source(
    topic: Topic,
) -> None:
    make_term("blast", **OWN)
    make_term("marrow", **CHECKED, certainty=["K"])
    assert check(TODAY).errors == []
    make_term("cell", **CHECKED, certainty=["V"])
    make_term("node")
    assert [line.split(":")[0] for line in check(TODAY).errors] == ["term cell", "term node"]


def test_slugs_that_name_nothing_are_found(topic: Topic) -> None:
    rule = topic.relevance_rules.get()
    change(rule, phases=["induction"], roles=["patient"])
    make_tagged_question("why", topic="two")
    make_term("blast", topic="one", **OWN)
    make_symptom("fever", topics=["one", "three"])
    Phase.objects.create(slug="before", name="Before", next=["gone"], **OWN)
    assert sorted(check(TODAY).errors) == [
        "phase before: there is no published phase gone",
        "suggestedquestion why: there is no published topic two",
        "symptom fever: there is no published topic three",
        "topic one: relevance names 'induction', which is none of the phases",
    ]


def test_a_word_of_the_glossary_stands_for_one_term(topic: Topic) -> None:
    make_term("blast", aliases=["Lymphoblast", "ALL"], **OWN)
    make_term("lymphoblast", **OWN)
    make_term("all", **OWN)
    make_term("cell", aliases=["lymphoblast"], status=Status.ARCHIVED, **OWN)
    assert check(TODAY).errors == ["glossary: 'lymphoblast' stands for 2 terms"]


def test_two_terms_may_not_share_an_alias(topic: Topic) -> None:
    make_term("red", aliases=["cell"], **OWN)
    make_term("white", aliases=["Cell"], **OWN)
    assert check(TODAY).errors == ["glossary: 'cell' stands for 2 terms"]


def test_a_scored_symptom_needs_its_whole_scale(topic: Topic) -> None:
    symptom = make_symptom("fever", kind="scored")
    for score in (0, 1, 2, 3):
        symptom.anchors.create(score=score, text="So", level="none")
    assert "symptom fever: its scale needs" in check(TODAY).errors[0]
    symptom.anchors.create(score=4, text="So", level="now")
    assert check(TODAY).errors == []


def test_a_symptom_needs_a_topic(topic: Topic) -> None:
    make_symptom("fever", topics=[])
    assert check(TODAY).errors == ["symptom fever: no topic that explains it"]


@pytest.mark.parametrize("rule", [None, {}, {"weight": 60}])
def test_a_question_needs_a_tag(topic: Topic, rule: dict | None) -> None:
    question = make_question("why", "Why?", **OWN)
    if rule is not None:
        RelevanceRule.objects.create(question=question, **{"weight": 50, **rule})
    assert check(TODAY).errors == ["suggestedquestion why: no rule says when it matters"]
    question.relevance_rules.all().delete()
    RelevanceRule.objects.create(question=question, weight=50, visit_kinds=[], phases=["not-known"])
    assert check(TODAY).errors == []


def test_a_stage_with_too_little_is_found(topic: Topic) -> None:
    Phase.objects.create(slug="before", name="Before", **OWN)
    Classification.objects.create(slug="new", name="New", **OWN)
    fit = StageFit.objects.create(classification="new", phase="before", fit="unusual", **OWN)
    for number in range(10):
        question = make_tagged_question(f"why-{number}")
        change(question.relevance_rules.get(), roles=["patient"], phases=["before"])
    Topic.objects.get().save()
    assert check(TODAY).errors == [
        "coverage: Before · New, patient: 1 topics, at least 5",
        "coverage: Before · New, patient: 0 symptoms, at least 8",
        "coverage: Before · New, caregiver: 1 topics, at least 5",
        "coverage: Before · New, caregiver: 0 questions, at least 6",
        "coverage: Before · New, caregiver: 0 symptoms, at least 8",
    ]
    change(fit, fit="does-not-fit")
    assert check(TODAY).errors == []


def test_a_topic_to_which_nothing_leads_is_found(topic: Topic) -> None:
    topic.relevance_rules.all().delete()
    change(topic, body=f"{TEXT} [me](topic:one)")
    assert check(TODAY).errors == ["topic one: nothing leads to it but the list of its section"]


def by_a_text() -> None:
    two = make_topic("two", sources=["Key-1"], body=f"{TEXT} [a](topic:one)")
    RelevanceRule.objects.create(topic=two, weight=1)


@pytest.mark.parametrize(
    "lead",
    [
        lambda: RelevanceRule.objects.create(topic=Topic.objects.get(), weight=1),
        lambda: make_symptom("fever"),
        lambda: make_term("blast", topic="one", **OWN),
        lambda: make_tagged_question("why", topic="one"),
        by_a_text,
    ],
)
def test_any_of_these_leads_to_a_topic(topic: Topic, lead: Any) -> None:
    topic.relevance_rules.all().delete()
    lead()
    assert check(TODAY).errors == []


def test_a_draft_leads_nobody_to_a_topic(topic: Topic) -> None:
    topic.relevance_rules.all().delete()
    make_term("blast", topic="one", status=Status.DRAFT, **OWN)
    assert len(check(TODAY).errors) == 1


def test_a_topic_that_is_too_hard_is_found_and_so_is_a_hard_guide(topic: Topic) -> None:
    change(topic, body="Complications necessitate multidisciplinary evaluation. " * 40)
    one, all_together = check(TODAY).errors
    assert one.startswith("topic one: Too hard: grade ")
    assert all_together.startswith("all topics together: grade ")


def test_a_topic_full_of_explained_words_is_found(topic: Topic) -> None:
    make_term("alone", **OWN)
    assert check(TODAY).errors == [
        "topic one: Too many words of the glossary: 16.7% of all, at most 15%"
    ]


def test_an_overdue_review_only_warns(topic: Topic) -> None:
    findings = check(date(2027, 12, 1))
    assert findings.errors == []
    assert findings.warnings == ["topic one: review was due on 2027-11-01"]


def test_the_command_fails_on_errors(topic: Topic, capsys: pytest.CaptureFixture[str]) -> None:
    Topic.objects.update(sources=[])
    with pytest.raises(SystemExit) as stopped:
        call_command("check_content")
    assert stopped.value.code == 1
    assert "error: topic one: no source" in capsys.readouterr().err


def test_the_command_prints_how_hard_each_topic_is(
    topic: Topic, capsys: pytest.CaptureFixture[str]
) -> None:
    make_term("alone", **OWN)
    with pytest.raises(SystemExit):
        call_command("check_content", "--reading")
    head, row, mean = capsys.readouterr().out.splitlines()[:3]
    assert head.split() == ["topic", "raw", "grade", "words", "explained"]
    slug, raw, grade, words, share = row.split()
    assert (slug, words, share) == ("one", "240", "16.7%")
    assert float(grade) < float(raw)
    assert mean.split()[-2:] == [raw, grade]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Remission came in 85% of adults.", 0),
        ("Survival differs. About 85% had B-cell ALL.", 0),
        ("Five-year survival was 40 percent.", 1),
        ("Event-free at 3 years: 60 in 100.", 1),
        ("The death rate fell by 2%.", 1),
        ("About 1,600 people died of it.", 1),
        ("A line may stay in for 3 months. Cells die.", 0),
    ],
)
def test_figures_of_survival_are_told_from_others(text: str, found: int) -> None:
    assert len(survival_figures(text)) == found
