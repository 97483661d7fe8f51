"""A mistyped word still finds: the words most like it, and the page says so."""

import pytest
from django.test import Client

from content.near_words import near_words
from content.search import find
from tests.content.builders import make_topic
from tests.content.test_views import page

NAMES = ("blinatumomab", "fever", "marrow", "neutropenia", "neutropenic", "vincristine")
OTHERS = ("been", "bladder", "methotrexate")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("blinatumumab", ("blinatumomab",)),
        ("vincrsitine", ("vincristine",)),
        ("neutropenea", ("neutropenia",)),
        ("neutropeniv", ("neutropenia", "neutropenic")),
        ("marow", ("marrow",)),
        ("fevre", ("fever",)),
        ("methotraxate", ("methotrexate",)),
        ("blader", ("bladder",)),
        # Too far off, too short, a number, or only like a word in passing.
        ("chocolate", ()),
        ("fevxx", ()),
        ("fvr", ()),
        ("all", ()),
        ("2013", ()),
        ("beer", ()),
    ],
)
def test_a_word_gives_way_to_what_it_most_likely_stands_for(
    typed: str, near: tuple[str, ...]
) -> None:
    assert near_words(typed, NAMES, OTHERS) == near


@pytest.mark.verify
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("blinatumumab", "blinatumomab"),
        ("vincristin", "vincristine"),
        ("asparginase", "asparaginase"),
        ("dasatanib", "dasatinib"),
        ("mercaptopurin", "mercaptopurine"),
        ("methotrexat", "methotrexate"),
        ("imatinb", "imatinib"),
        ("leukimia", "leukemia"),
        ("leukeamia", "leukemia"),
        ("neutropenea", "neutropenia"),
        ("haemoglobn", "hemoglobin"),
        ("nausia", "nausea"),
        ("diarea", "diarrhea"),
    ],
)
def test_the_shipped_content_is_found_by_a_near_spelling(typed: str, meant: str) -> None:
    found = find(typed)
    assert found.results
    assert any(meant in f"{one.title} {one.snippet}".lower() for one in found.results)
    assert [near for _word, near in found.instead] in ([], [(meant,)])


@pytest.mark.usefixtures("no_content")
def test_a_word_that_is_found_never_gives_way() -> None:
    make_topic("one", title="Feverish")
    make_topic("two", title="Fewer")
    assert [one.title for one in find("fever").results] == ["<mark>Feverish</mark>"]


@pytest.mark.usefixtures("no_content")
def test_the_page_says_what_it_looked_for_instead(client: Client) -> None:
    make_topic("one", title="Leukemia and fever")
    html = page(client.get("/search/", {"q": "Leukimia fever"}))
    assert "We found nothing for “Leukimia”. This is for “leukemia”." in html
    assert "<mark>Leukemia</mark> and <mark>fever</mark>" in html
    html = page(client.get("/search/", {"q": "fever <b>zebra</b>"}))
    assert "0 results for “fever &lt;b&gt;zebra&lt;/b&gt;”" in html
    assert "What you can try" in html
