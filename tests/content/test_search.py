"""The search of the guide: both spellings, titles first, never a number of survival."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.apps import apps
from django.test import Client

from content.models import ContentItem, Section, Status, SuggestedQuestion, Symptom
from content.search import MAX_RESULTS, PER_KIND, Found, Result, find
from content.search_index import KINDS
from content.text import normalise
from tests.content.builders import make_question, make_term, make_topic

pytestmark = pytest.mark.usefixtures("no_content")


def search(query: str) -> list[Result]:
    return list(find(query).results)


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


@pytest.mark.parametrize("asked", ["", "  ", "…", "nothing", "one more", "tle", "%", "_"])
def test_nothing_is_found(asked: str) -> None:
    make_topic("one", title="A title", body="With one text.")
    assert search(asked) == []


def test_what_is_called_so_comes_first_then_titles_names_summaries_and_texts() -> None:
    make_topic("late", title="Late", order=1, body=f"{'word ' * 50} fever")
    make_topic("early", title="Early", order=2, body="fever")
    make_topic("told", title="Told", order=3, body="", summary="All about fever.")
    make_topic("titled", title="Your long way with fever", order=4, body="")
    make_topic("short", title="About fever", order=5, body="")
    make_term("heat", aliases=["fever of the ward"])
    make_term("fever", term="Fever")
    assert titles(search("fever")) == [
        "<mark>Fever</mark>",
        "About <mark>fever</mark>",
        "Your long way with <mark>fever</mark>",
        "heat",
        "Told",
        "Early",
        "Late",
    ]


def test_topics_about_a_word_lead_before_symptoms_and_questions_that_have_it_in_passing() -> None:
    Symptom.objects.create(
        slug="missed", number=1, name="Missed leukemia tablets", kind="event", area="symptoms"
    )
    make_question("q", "Leukemia?")
    make_topic("what", title="What is leukemia?")
    assert [str(one.kind) for one in search("leukaemia")] == ["Guide", "Symptom", "Question to ask"]


def test_a_topic_goes_by_the_glossary_words_that_it_explains() -> None:
    make_topic("line", title="The tube")
    make_topic("other", title="Other", body="A PICC.")
    make_term("line", term="Central line", aliases=["PICC"], topic="line")
    assert titles(search("picc")) == ["The tube", "Central line", "Other"]


def test_whole_words_come_before_beginnings() -> None:
    make_topic("transport", title="Portable", order=1)
    make_topic("ports", title="Of ports", order=2)
    assert titles(search("port")) == ["Of <mark>ports</mark>", "<mark>Portable</mark>"]


def test_every_word_must_be_there_in_any_order() -> None:
    make_topic("one", title="Fever at night", body="Call.")
    make_topic("two", title="Fever", body="Rest.")
    assert (
        titles(search("call fever"))
        == titles(search("fever call"))
        == ["<mark>Fever</mark> at night"]
    )


def test_another_word_for_the_same_thing_counts_like_the_word_itself() -> None:
    make_topic("passing", title="Other", order=1, body="Some fatigue.")
    make_topic("about", title="Tiredness", order=2)
    assert titles(search("fatigue")) == ["<mark>Tiredness</mark>", "Other"]


def test_another_name_that_was_found_is_shown() -> None:
    make_term("picc", term="Central line", aliases=["PICC", "PICC line", "port"])
    assert search("picc")[0].names == "<mark>PICC</mark>, <mark>PICC</mark> line"
    assert search("central")[0].names == ""


def test_no_kind_fills_the_page() -> None:
    for number in range(PER_KIND + 3):
        make_topic(f"t-{number}", title="Title", body="fever")
    make_term("cold", definition="The feeling with a fever.")
    results = search("fever")
    assert len(results) == PER_KIND + 1
    assert titles(results)[0] == "cold"


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


def test_one_query_whatever_is_found(
    django_assert_num_queries: Callable[[int], AbstractContextManager],
) -> None:
    for number in range(MAX_RESULTS + 5):
        make_topic(f"t-{number}", title="Fever")
    search("fever")  # what was written just now is read once
    with django_assert_num_queries(1):
        assert len(search("fever")) == MAX_RESULTS
    with django_assert_num_queries(0):
        search(" ")


def test_a_long_query_is_cut() -> None:
    make_topic("one", title="Fever")
    assert len(search("fever " * 500)) == 1


def test_normalise_is_stable() -> None:
    text = normalise("Œdéma, Haemoglobin—T-cell")
    assert text == normalise(text) == "edema hemoglobin t cell"


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("blinatumumab", "blinatumomab"),
        ("asparginase", "asparaginase"),
        ("dasatanib", "dasatinib"),
        ("pegasparagase", "pegaspargase"),
        ("leukimia", "leukemia"),
        ("neutropenea", "neutropenia"),
        ("vincirstine", "vincristine"),
    ],
)
def test_a_slip_in_a_hard_word_is_forgiven_and_said(misspelt: str, meant: str) -> None:
    make_topic("one", title="A title", body=f"About {meant} and other things.")
    found = find(misspelt)
    assert len(found.results) == 1
    assert f"<mark>{meant}</mark>" in found.results[0].snippet
    assert found.instead == [(misspelt, (meant,))]


def test_a_word_that_is_there_is_never_taken_for_another() -> None:
    make_topic("one", title="Imatinib", body="About it.")
    make_topic("two", title="Imatinob", body="A word of its own.")
    found = find("imatinob")
    assert titles(list(found.results)) == ["<mark>Imatinob</mark>"]
    assert found.instead == []


@pytest.mark.parametrize("short", ["bell", "xyz", "tals", "ponatinibbbb"])
def test_short_words_and_far_ones_are_not_guessed(short: str) -> None:
    make_topic("one", title="ALL", body="balls ponatinib")
    assert find(short) == Found([], [])


def test_what_is_about_the_word_comes_before_what_only_names_it() -> None:
    make_topic("tablets", title="Missed or vomited leukemia tablets")
    make_topic("what", title="What is leukemia?")
    make_term("leukemia", term="Leukemia")
    assert titles(search("leukaemia")) == [
        "<mark>Leukemia</mark>",
        "What is <mark>leukemia</mark>?",
        "Missed or vomited <mark>leukemia</mark> tablets",
    ]


def test_another_word_for_it_counts_as_its_name() -> None:
    make_topic("one", title="Counts", body="ANC is a number.")
    make_term("neutrophil", term="Neutrophil", aliases=["ANC"])
    assert titles(search("anc"))[0] == "Neutrophil"


def test_everything_with_a_page_of_its_own_can_be_found() -> None:
    with_page = {
        model
        for model in apps.get_app_config("content").get_models()
        if issubclass(model, ContentItem) and hasattr(model, "get_absolute_url")
    }
    # Sections are lists of topics; a question leads to the page of its topic.
    assert {kind.model for kind in KINDS} == with_page - {Section} | {SuggestedQuestion}


def test_a_topic_that_changed_since_2013_carries_the_mark_of_the_lists(client: Client) -> None:
    make_topic("one", title="Chromosomes", changed_since_2013="Named otherwise then.")
    make_topic("two", title="Chromosomes too")
    page = client.get("/search/", {"q": "chromosomes"}).content.decode()
    first, second = page.split('<li class="card">')[1:3]
    assert "changed since 2013" in first
    assert "changed since 2013" not in second
