"""The pages of the guide: what they show, to whom, and with how many queries."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from content.catalogue import rules
from content.models import Centre, RelevanceRule, Status, Symptom, Topic
from tests.content.builders import (
    make_question,
    make_section,
    make_source,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db


def page(response: HttpResponse) -> str:
    """Return the text of a page, after looking at what every page must have."""
    assert response.status_code == 200
    html = response.content.decode()
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert " style=" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    return html


@pytest.fixture
def guide(no_content: None) -> Topic:
    """Two sections with topics and nothing else; returns the middle topic."""
    first, second = make_section("overview"), make_section("diagnosis", number=5, order=50)
    make_topic("one", first, order=1)
    topic = make_topic(
        "two",
        first,
        order=2,
        summary="Why it matters.",
        body="It is a **cell**.",
        sources=["Key-1", "Key-gone"],
        changed_since_2013="A new test (to be checked).",
        numbers="## Five years\n\n70% were alive.",
    )
    make_topic("three", second)
    make_topic("draft", first, status=Status.DRAFT)
    make_source("Key-1", url="https://www.cancer.gov/all", publisher="NCI", year="2025")
    make_question("why", "Why me?", topic="two")
    Symptom.objects.create(
        slug="lump", number=1, name="Lumps", kind="event", area="symptoms", topics=["two"]
    )
    return topic


def test_the_index_shows_all_sections_with_their_topics(client: Client, guide: Topic) -> None:
    html = page(client.get(reverse("content:guide_index")))
    assert html.index("Overview") < html.index("Diagnosis")
    assert "2 topics" in html
    assert re.search(r"\b1 topic\b", html)
    assert 'href="/guide/overview/two/"' in html
    assert "Draft" not in html


def test_a_section_lists_its_topics_in_order(client: Client, guide: Topic) -> None:
    html = page(client.get("/guide/overview/"))
    assert html.index("One") < html.index("Why it matters.")
    assert 'rel="next" href="/guide/diagnosis/"' in html
    assert 'rel="prev"' not in html
    assert "Draft" not in html


def test_a_topic_shows_its_text_and_where_it_stands(client: Client, guide: Topic) -> None:
    html = page(client.get(guide.get_absolute_url()))
    assert "<strong>cell</strong>" in html
    assert "Not yet reviewed by a clinician at your center." in html
    assert re.search("Facts checked against the sources on .*2026", html)
    assert 'rel="prev" href="/guide/overview/one/"' in html
    assert 'rel="next" href="/guide/diagnosis/three/"' in html
    assert "What has changed since 2013" in html
    assert '<span class="to-check">' in html
    assert 'href="https://www.cancer.gov/all" rel="noopener noreferrer"' in html
    assert "(cancer.gov)" in html
    assert "Why me?" in html
    assert 'href="/symptoms/lump/"' in html


def test_numbers_stand_behind_a_choice_with_a_caution(client: Client, guide: Topic) -> None:
    html = page(client.get(guide.get_absolute_url()))
    details = html[html.index("<details") : html.index("</details>")]
    assert "Show me the numbers" in details
    assert "cannot say what will happen to you" in details
    assert "70% were alive" in details
    assert "70%" not in html.replace(details, "")
    assert "<h2>Five years</h2>" in details


def test_a_reviewed_topic_says_by_whom(client: Client, guide: Topic) -> None:
    guide.reviewer, guide.reviewed_on = "Dr Invented", date(2026, 11, 20)
    guide.save()
    html = page(client.get(guide.get_absolute_url()))
    assert re.search("Reviewed by Dr Invented on .*2026", html)
    assert "Not yet reviewed" not in html


@pytest.mark.parametrize(
    "path",
    [
        "/guide/none/",
        "/guide/overview/none/",
        "/guide/overview/draft/",
        "/guide/diagnosis/two/",
        "/glossary/none/",
        "/glossary/draft/",
        "/symptoms/none/",
        "/symptoms/draft/",
    ],
)
def test_what_is_not_there_or_not_published_is_404(client: Client, guide: Topic, path: str) -> None:
    make_term("draft", status=Status.DRAFT)
    values = {"name": "Draft", "kind": "event", "area": "symptoms", "status": Status.DRAFT}
    Symptom.objects.create(slug="draft", number=2, **values)
    assert client.get(path).status_code == 404


def test_the_glossary_is_sorted_by_letter(client: Client, no_content: None) -> None:
    make_term("marrow", definition="Where blood is made (to be checked).")
    make_term("blast", term="Blast", aliases=["lymphoblast"])
    html = page(client.get("/glossary/"))
    assert html.index("Blast") < html.index("marrow")
    assert '<span class="to-check">' in html


def test_a_term_leads_to_its_topic(client: Client, guide: Topic) -> None:
    make_term("blast", aliases=["lymphoblast"], topic="two")
    html = page(client.get("/glossary/blast/"))
    assert "lymphoblast" in html
    assert 'href="/guide/overview/two/"' in html
    fragment = client.get("/glossary/blast/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "lymphoblast" in fragment


def test_a_term_does_not_list_plurals_of_its_other_words(client: Client, guide: Topic) -> None:
    make_term("blast", aliases=["blasts", "blast cell", "blast cells", "ALLs"])
    assert "Also called: blast cell, ALLs" in page(client.get("/glossary/blast/"))


def test_search_answers_with_marked_words(client: Client, guide: Topic) -> None:
    html = page(client.get("/search/", {"q": "cell"}))
    assert "<mark>cell</mark>" in html
    assert "1 result for" in html
    assert 'value="cell"' in html


def test_search_without_a_hit_helps_on(client: Client, no_content: None) -> None:
    html = page(client.get("/search/", {"q": '"><script>'}))
    assert "<script>" not in html.replace("<script src", "")
    assert "call" in html
    assert page(client.get("/search/"))
    assert page(client.get("/search/", {"q": "x\0y" * 200}))


def test_the_list_of_sources(client: Client, guide: Topic) -> None:
    html = page(client.get("/sources/"))
    assert 'id="source-Key-1"' in html
    assert "NCI" in html


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/guide/", 1),
        ("/guide/overview/", 1),
        ("/guide/overview/two/", 2),
        ("/glossary/", 1),
        ("/glossary/blast/", 2),
        ("/symptoms/", 1),
        ("/symptoms/lump/", 3),
        ("/sources/", 1),
        ("/search/?q=cell", 1),
        ("/changes/", 1),
        ("/call/", 3),
    ],
)
def test_a_page_costs_few_queries_whatever_there_is(
    client: Client,
    guide: Topic,
    django_assert_num_queries: Callable[[int], AbstractContextManager],
    path: str,
    queries: int,
) -> None:
    make_term("blast")
    for number in range(3):
        client.get(path)  # after a change, one request reads the table of contents anew
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200
        make_topic(f"more-{number}", body="A cell.", sources=["Key-1"])
        make_question(f"more-{number}", "What cell?", topic="two")


@pytest.mark.parametrize("path", ["/guide/", "/search/", "/glossary/", "/symptoms/", "/call/"])
def test_pages_are_there_without_any_content(client: Client, no_content: None, path: str) -> None:
    page(client.get(path))
    assert client.post(path).status_code == 405


def test_the_guide_may_be_indexed_and_the_search_may_not(client: Client, guide: Topic) -> None:
    assert "X-Robots-Tag" not in client.get("/guide/").headers
    assert "X-Robots-Tag" not in client.get(guide.get_absolute_url()).headers
    assert "noindex" in client.get("/search/").headers["X-Robots-Tag"]


# --- The red path and symptoms, with the shipped table ------------------------------------------
def test_without_numbers_there_are_words_and_no_dead_button(client: Client) -> None:
    html = page(client.get("/call/"))
    assert "tel:" not in html
    assert "Call your local emergency number." in html
    assert "Call the number your team gave you for day and night." in html
    assert "not yet signed off by a clinician at this center" in html
    assert "Nobody watches this diary" in html
    assert "What to say on the phone" in html


def test_the_numbers_of_the_centre_are_big_links(client: Client) -> None:
    Centre(cancer_line="01 (2) 34", emergency_number="112", crisis_line="116 123").save()
    html = page(client.get("/call/"))
    assert 'class="tel-button" href="tel:01234"' in html
    assert 'href="tel:112"' in html
    assert 'href="tel:116123"' in html
    assert "local emergency number." not in html


def test_the_red_list_stands_there_most_urgent_first(client: Client) -> None:
    html = page(client.get("/call/"))
    red_list = rules().settings.red_list
    assert red_list
    for item in red_list:
        assert item.text in TextOf.read(html)
    assert html.index('class="level level-ambulance"') < html.index('class="level level-now"')


def test_a_sign_off_holds_until_the_rules_change(client: Client) -> None:
    Centre(
        call_levels_signed_by="Dr Invented",
        call_levels_signed_on=date(2026, 11, 20),
        call_levels_signed_version=rules().version,
    ).save()
    html = page(client.get("/call/"))
    assert "Signed off by Dr Invented" in html
    assert "not yet signed off" not in html
    sign = Symptom.objects.get(slug="fever").signs.first()
    sign.text = "Something else"
    sign.save()
    assert "not yet signed off" in page(client.get("/call/"))


def test_a_symptom_shows_its_signs_by_level_and_its_scale(client: Client) -> None:
    html = page(client.get("/symptoms/shivers/"))
    text = TextOf.read(html)
    assert text.index("Cannot stand") < text.index("Began within 2 hours")
    assert "Shook hard, teeth chatter" in text
    assert "Measure your temperature now" in text
    assert "Do not wait for a fever to show." in text
    assert "not yet signed off" in text


def test_the_page_of_a_symptom_assumes_the_risk_that_it_does_not_know(client: Client) -> None:
    text = TextOf.read(page(client.get("/symptoms/fever/")))
    now, today = text.index("Call now"), text.index("Call today")
    assert now < text.index("You feel ill or suddenly worse") < today
    assert now < text.index("Temperature: 38 °C or more") < today
    assert now < text.index("Temperature: 37.5 °C or more, and: You took a fever") < today
    assert text.index("Temperature: 37.5 °C or more", today)
    assert "Nothing to do now You took" not in text


def test_a_topic_and_a_symptom_lead_to_each_other(client: Client, guide: Topic) -> None:
    RelevanceRule.objects.create(topic=guide, weight=85, symptoms=["ache", "gone"])
    Symptom.objects.create(slug="ache", number=2, name="Ache", kind="event", area="symptoms")
    guide.save()
    assert 'href="/symptoms/ache/"' in page(client.get(guide.get_absolute_url()))
    assert f'href="{guide.get_absolute_url()}"' in page(client.get("/symptoms/ache/"))


class TextOf(HTMLParser):
    """Collect the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    @classmethod
    def read(cls, html: str) -> str:
        parser = cls()
        parser.feed(html)
        return " ".join(parser.words)

    def handle_data(self, data: str) -> None:
        self.words += data.split()
