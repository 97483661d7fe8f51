"""The check of the content finds what is wrong, and names it."""

from datetime import date

import pytest
from django.core.management import call_command

from content.checks import check, survival_figures
from content.models import Phase, RelevanceRule, Status, Symptom, Topic
from tests.content.builders import make_question, make_source, make_term, make_topic

pytestmark = pytest.mark.usefixtures("no_content")
TODAY = date(2026, 11, 23)


@pytest.fixture
def topic() -> Topic:
    make_source("Key-1")
    return make_topic("one", sources=["Key-1"], certainty=["S"])


def test_nothing_is_wrong_with_a_whole_topic(topic: Topic) -> None:
    findings = check(TODAY)
    assert findings.errors == findings.warnings == []
    call_command("check_content")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"sources": []}, "no source"),
        ({"sources": ["Key-2"]}, "there is no source 'Key-2'"),
        ({"certainty": ["X"]}, "there is no certainty 'X'"),
        ({"facts_checked_on": None}, "no date when its facts were checked"),
        ({"review_due": None}, "no date when its review is due"),
        ({"body": " "}, "no text"),
        ({"body": "[a](topic:two)"}, "link to topic:two leads nowhere"),
        ({"numbers": "[a](term:two)"}, "link to term:two leads nowhere"),
        ({"body": "About 70% survived."}, "a survival figure outside its numbers"),
        ({"summary": "Of those, 7 in 10 were alive later."}, "a survival figure"),
    ],
)
def test_a_fault_of_a_topic_is_found(topic: Topic, values: dict, message: str) -> None:
    for name, value in values.items():
        setattr(topic, name, value)
    topic.save()
    errors = check(TODAY).errors
    assert len(errors) == 1
    assert errors[0].startswith("topic one: ")
    assert message in errors[0]
    topic.status = Status.ARCHIVED
    topic.save()
    assert check(TODAY).errors == []


def test_slugs_that_name_nothing_are_found(topic: Topic) -> None:
    RelevanceRule.objects.create(topic=topic, weight=50, phases=["induction"], roles=["patient"])
    make_question("why", "Why?", topic="two")
    make_term("blast", topic="one")
    Phase.objects.create(slug="before", name="Before", next=["gone"], review_due=date(2027, 1, 1))
    assert check(TODAY).errors == [
        "topic one: relevance names 'induction', which is none of the phases",
        "suggestedquestion why: there is no topic 'two'",
        "phase before: there is no phase 'gone'",
    ]


def test_a_word_of_the_glossary_stands_for_one_term(topic: Topic) -> None:
    make_term("blast", aliases=["Lymphoblast", "ALL"])
    make_term("lymphoblast")
    make_term("all")
    assert check(TODAY).errors == ["glossary: 'lymphoblast' stands for 2 terms"]


def test_a_scored_symptom_needs_its_whole_scale(topic: Topic) -> None:
    values = {"kind": "scored", "area": "symptoms", "review_due": date(2027, 1, 1)}
    symptom = Symptom.objects.create(slug="fever", number=1, name="Fever", **values)
    for score in (0, 1, 2, 3):
        symptom.anchors.create(score=score, text="So", level="none")
    assert "symptom fever: its scale needs" in check(TODAY).errors[0]
    symptom.anchors.create(score=4, text="So", level="now")
    assert check(TODAY).errors == []


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
