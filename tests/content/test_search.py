"""The search of the guide: both spellings, titles first, never a number of survival."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from content.models import Status, Symptom
from content.search import MAX_RESULTS, PER_KIND, Result, search
from content.text import normalise
from tests.content.builders import make_question, make_term, make_topic

pytestmark = pytest.mark.usefixtures("no_content")


def titles(results: list[Result]) -> list[str]:
    return [str(result.title) for result in results]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Leukemia", "leukaemia"),
        ("leukaemia", "LEUKEM"),
        ("hemoglobin", "haemoglobin"),
        ("anaemia", "anemia"),
        ("tumor", "tumour"),
        ("diarrhea", "diarrhoea"),
        ("acetaminophen", "paracetamol"),
        ("paracetamol", "acetamin"),
        ("naïve", "naive"),
        ("T-cell", "t cell"),
        ("high-dose methotrexate", "metho high"),
    ],
)
def test_both_spellings_and_beginnings_of_words_are_found(written: str, asked: str) -> None:
    make_topic("one", title="A title", body=f"Some {written} here.")
    assert len(search(asked)) == 1


@pytest.mark.parametrize("asked", ["", "  ", "…", "nothing", "one more", "itle", "%", "_"])
def test_nothing_is_found(asked: str) -> None:
    make_topic("one", title="A title", body="With one text.")
    assert search(asked) == []


def test_titles_come_first_and_then_early_words() -> None:
    make_topic("late", title="Late", order=1, body=f"{'word ' * 50} fever")
    make_topic("early", title="Early", order=2, body="fever")
    make_topic("titled", title="About fever", order=3, body="")
    make_term("fever", term="Fever")
    results = search("fever")
    assert titles(results) == [
        "About <mark>fever</mark>",
        "<mark>Fever</mark>",
        "Early",
        "Late",
    ]


def test_no_kind_fills_the_page() -> None:
    for number in range(PER_KIND + 3):
        make_topic(f"t-{number}", title="Title", body="fever")
    make_term("cold", definition="The feeling with a fever.")
    results = search("fever")
    assert len(results) == PER_KIND + 1
    assert titles(results)[-1] == "cold"


def test_every_kind_is_found_and_leads_to_its_page() -> None:
    make_topic("one", title="Marrow")
    make_question("q", "What is marrow?", topic="one")
    make_question("r", "Where is marrow?")
    make_term("marrow")
    Symptom.objects.create(slug="pain", number=1, name="Marrow pain", kind="event", area="symptoms")
    assert {(str(one.kind), one.url) for one in search("marrow")} == {
        ("Guide", "/guide/overview/one/"),
        ("Question to ask", "/guide/overview/one/"),
        ("Question to ask", ""),
        ("Glossary", "/glossary/marrow/"),
        ("Symptom", "/symptoms/pain/"),
    }


def test_numbers_are_neither_searched_nor_shown() -> None:
    make_topic("one", title="Outlook", numbers="After five years 70% survive.")
    assert search("survive") == []
    assert "70" not in search("outlook")[0].snippet


def test_drafts_are_not_found() -> None:
    make_topic("one", title="Secret", status=Status.DRAFT)
    make_term("secret", status=Status.ARCHIVED)
    assert search("secret") == []


def test_a_snippet_is_marked_cut_and_escaped() -> None:
    body = f"{'before ' * 60} a < b & FEVER {'behind ' * 60}"
    make_topic("one", title="A title", body=body)
    snippet = search("fever")[0].snippet
    assert "a &lt; b &amp; <mark>FEVER</mark> behind" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert len(snippet) < 300


def test_four_queries_whatever_is_found(
    django_assert_num_queries: Callable[[int], AbstractContextManager],
) -> None:
    for number in range(MAX_RESULTS + 5):
        make_topic(f"t-{number}", title="Fever")
    with django_assert_num_queries(4):
        assert len(search("fever")) == MAX_RESULTS
    with django_assert_num_queries(0):
        search(" ")


def test_a_long_query_is_cut() -> None:
    make_topic("one", title="Fever")
    assert len(search("fever " * 500)) == 1


def test_normalise_is_stable() -> None:
    text = normalise("Œdéma, Haemoglobin—T-cell")
    assert text == normalise(text) == "edema hemoglobin t cell"
