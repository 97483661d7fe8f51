"""What an editor hears on saving: publishing needs a whole row, a draft does not, hard is said."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from content.models import ContentItem, Phase, SuggestedQuestion, Symptom, Term, Topic, VisitKind
from tests.content.admin_tools import form_of, save

pytestmark = [pytest.mark.django_db, pytest.mark.verify]

TEXT = "You are not alone with this. " * 40
HARD = "Complications necessitate multidisciplinary evaluation. " * 40


@pytest.fixture
def topic() -> Topic:
    return Topic.objects.get(slug="what-is-all")


def errors_of(response: HttpResponse, column: str) -> str:
    """Return what stands beside a field of a form that was refused."""
    assert not response.redirect_chain, "it was saved"
    return " ".join(response.context["adminform"].form.errors.get(column, []))


def told(response: HttpResponse) -> list[str]:
    """Return the warnings after a save."""
    assert response.redirect_chain, response.context["errors"]
    shown = response.context["messages"]
    return [str(one) for one in shown if one.level_tag == "warning"]


# --- Published: an error beside the field -------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("body", f"{TEXT}[a](topic:moon)", "Link to topic:moon leads nowhere"),
        ("body", f"{TEXT}[a](term:moon)", "Link to term:moon leads nowhere"),
        ("body", f"{TEXT}[a](/guide/overview/moon/)", "Link to /guide/overview/moon/ leads"),
        ("body", f"{TEXT}![a](https://moon.example/a.png)", "There is no picture https://moon"),
        ("body", f"{TEXT}![a](missing.png)", "There is no picture missing.png"),
        ("body", f"{TEXT}![a](data:image/png;base64,x)", "There is no picture data:"),
        ("body", f"{TEXT}About 70% survived.", "A survival figure outside its numbers"),
        ("numbers", "[a](symptom:moon)", "Link to symptom:moon leads nowhere"),
        ("sources", [], "No source"),
        ("review_due", "", "No date when its review is due"),
        ("facts_checked_on", "", "No date when its facts were checked"),
    ],
)
def test_a_topic_is_published_whole_or_refused_with_all_that_was_typed(
    as_editor: Client, topic: Topic, column: str, value: str, said: str
) -> None:
    response = save(as_editor, topic, **{"title": "A new title", column: value})
    assert said in errors_of(response, column)
    form = response.context["adminform"].form
    assert form["title"].value() == "A new title"
    assert form[column].value() in (value, None)
    assert Topic.objects.get(pk=topic.pk).title == topic.title


def test_figures_of_survival_may_stand_in_the_numbers(as_editor: Client, topic: Topic) -> None:
    save(as_editor, topic, body=TEXT, numbers="About 70% survived.")
    topic.refresh_from_db()
    assert topic.numbers == "About 70% survived."


def test_a_picture_of_our_own_is_saved_and_shown(
    as_editor: Client, client: Client, topic: Topic, tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "cells.png").write_bytes(b"")
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, tmp_path]
    refused = save(as_editor, topic, body=f"{TEXT}![](cells.png)")
    assert "Picture cells.png needs words" in errors_of(refused, "body")
    save(as_editor, topic, body=f"{TEXT}![Blood cells](cells.png)")
    page = client.get(topic.get_absolute_url()).content.decode()
    assert '<img src="/static/guide/cells.png" alt="Blood cells">' in page


@pytest.mark.parametrize(
    ("model", "column"),
    [(VisitKind, "what"), (Phase, "caregiver"), (Term, "definition"), (SuggestedQuestion, "text"),
     (Symptom, "do_now")],
)  # fmt: skip
def test_other_rows_are_looked_over_too(
    as_editor: Client, model: type[ContentItem], column: str
) -> None:
    row = model.objects.first()
    dead = save(as_editor, row, **{column: "See [this](topic:moon)."})
    assert "Link to topic:moon leads nowhere" in errors_of(dead, column)
    figure = save(as_editor, row, **{column: "About 70% survived."})
    assert "A survival figure" in errors_of(figure, column)
    bare = save(as_editor, row, sources=[], certainty=["S"])
    assert "No source" in errors_of(bare, "sources")


def test_a_symptom_needs_a_topic(as_editor: Client) -> None:
    refused = save(as_editor, Symptom.objects.get(slug="fever"), topics=[])
    assert "No topic that explains it" in errors_of(refused, "topics")


def test_a_row_may_not_name_a_topic_that_readers_cannot_open(as_editor: Client) -> None:
    Topic.objects.filter(slug="what-is-all").update(status="draft")
    question = SuggestedQuestion.objects.first()
    refused = save(as_editor, question, topic="what-is-all")
    assert "There is no published topic what-is-all" in errors_of(refused, "topic")


# --- Drafts, archived rows, and what only warns -------------------------------------------------


def test_a_draft_is_saved_with_what_is_to_be_mended(as_editor: Client, topic: Topic) -> None:
    response = save(as_editor, topic, status="draft", body=f"{TEXT}[a](topic:moon)", sources=[])
    assert [words.split(".")[1].strip() for words in told(response)] == [
        "Sources: no source: please name what it rests on",
        "Text: link to topic:moon leads nowhere: no such page is published",
    ]
    topic.refresh_from_db()
    assert topic.body.endswith("[a](topic:moon)")
    again = save(as_editor, topic, status="published")
    assert "leads nowhere" in errors_of(again, "body")


def test_an_archived_row_is_asked_nothing(as_editor: Client, topic: Topic) -> None:
    response = save(as_editor, topic, status="archived", body="[a](topic:moon)", sources=[])
    assert told(response) == []


def test_a_hard_text_is_saved_and_said_to_be_hard(as_editor: Client, topic: Topic) -> None:
    (words,) = told(save(as_editor, topic, body=HARD))
    assert words.startswith("Too hard: grade ")
    assert words.endswith("aim for 8, at most 9.")
    (words,) = told(save(as_editor, topic, body="You are not alone."))
    assert words == "Too short for a topic: 4 words, at least 150."
    assert told(save(as_editor, topic, body=TEXT)) == []


def test_a_question_that_nobody_is_shown_is_said(as_editor: Client) -> None:
    question = SuggestedQuestion.objects.first()
    assert told(save(as_editor, question)) == []
    question.relevance_rules.all().delete()
    (words,) = told(save(as_editor, question))
    assert "Nobody is shown this question yet" in words


# --- The meter ----------------------------------------------------------------------------------


def preview(client: Client, field: str, text: str) -> str:
    address = f"{reverse('admin:markdown_preview')}?field={field}&shift=0"
    return client.post(address, {field: text}).content.decode()


def test_the_meter_says_in_words_how_hard_the_text_is(as_editor: Client) -> None:
    easy = preview(as_editor, "body", TEXT)
    assert "Easy to read: grade " in easy
    assert 'value="0' in easy or 'value="1' in easy
    assert "240 words, " in easy.replace("\n", " ")
    assert "Too " not in easy
    hard = preview(as_editor, "body", HARD)
    assert hard.count("Too hard: grade ") == 1
    assert "aim for 8, at most 9" in hard


def test_the_meter_counts_the_explained_words(as_editor: Client) -> None:
    html = preview(as_editor, "body", "You have leukemia. You need a lumbar puncture now. " * 20)
    assert "Too many words of the glossary: 33.3% of all, at most 15%" in html
    assert "33.3% of them explained by the glossary" in html


def test_only_the_text_of_a_topic_has_a_length(as_editor: Client) -> None:
    assert "Too short for a topic: 4 words" in preview(as_editor, "body", "You are not alone.")
    assert "Too short" not in preview(as_editor, "what", "You are not alone.")


def test_an_empty_or_endless_text_has_no_meter(as_editor: Client) -> None:
    assert "<meter" not in preview(as_editor, "body", "")
    assert "<meter" not in preview(as_editor, "body", "x " * 20_000)


def test_one_page_lists_all_topics_with_their_grades(
    as_editor: Client, topic: Topic, django_assert_max_num_queries
) -> None:
    save(as_editor, topic, body=HARD)
    with django_assert_max_num_queries(12):
        html = as_editor.get(reverse("admin:reading_levels")).content.decode()
    assert html.count('<th scope="row">') == Topic.objects.published().count()
    assert html.count("Too hard: grade ") == 1
    assert "All topics together: grade" in html
    assert reverse("admin:reading_levels") in as_editor.get("/admin/").content.decode()


def test_the_list_of_grades_is_for_editors(client: Client) -> None:
    assert client.get(reverse("admin:reading_levels")).status_code == 302


def test_the_form_of_a_topic_asks_for_the_meter(as_editor: Client, topic: Topic) -> None:
    address = reverse("admin:content_topic_change", args=[topic.pk])
    assert form_of(as_editor, address)["body"]
    assert "?field=body&amp;shift=0" in as_editor.get(address).content.decode()
