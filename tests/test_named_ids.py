"""What a page points at by name is on it: the hint and the error of a field, the field of an error.

The pages and their fields are found as the other walks find them, so a new form is looked at, too.
"""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from journeys.models import Journey
from tests.browser.pages import ACCOUNT, PUBLIC, fill
from tests.test_bad_input import Fields
from tests.undo import undone
from tests.visitors import client_of

POINTING = ("aria-describedby", "aria-labelledby", "for", "list")
# What is needed is missing; what was typed is too long, no number, no day and no choice.
WRONG = ["", "no-such-choice" * 50]


class Names(HTMLParser):
    """The ids of a page, and those that something on it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.there: Counter[str] = Counter()
        self.named: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        if "id" in has:
            self.there[has["id"]] += 1
        for name in POINTING:
            self.named |= set(has.get(name, "").split())
        if has.get("href", "").startswith("#"):
            self.named.add(has["href"][1:])


def wrong_names(answer: HttpResponse) -> set[str]:
    names = Names(answer.content.decode())
    twice = {f"{one} twice" for one, times in names.there.items() if times > 1}
    return {one for one in names.named if one not in names.there} | twice


def pages(journey: Journey) -> Iterator[tuple[str, str, Client]]:
    for name, path in PUBLIC.items():
        yield name, path, client_of(None)
    for name, path in (ACCOUNT | fill(journey)).items():
        yield name, path, client_of(journey.owner)


def refused(client: Client, path: str, page: HttpResponse) -> Iterator[HttpResponse]:
    """Yield the page as it comes back when its form is sent with something wrong in each field."""
    fields = Fields(page.content.decode(), path.partition("?")[0])
    seen = [name for name, (kind, _values) in fields.found.items() if kind != "hidden"]
    for value in WRONG if seen else []:
        cache.clear()  # the counters of the rate limits
        with undone():
            answer = client.post(path, fields.as_sent() | dict.fromkeys(seen, value))
        if "error-summary" in answer.content.decode():
            yield answer


def test_a_page_names_only_what_is_on_it_also_when_its_form_is_refused(journey):
    found, came_back = {}, set()
    for name, path, client in pages(journey):
        page = client.get(path)
        found[name] = wrong_names(page)
        for answer in refused(client, path, page):
            came_back.add(name)
            found[name] |= wrong_names(answer)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    forms = {"sign-in", "sign-up", "password", "sharing form", "check-in", "lab form", "limit"}
    assert came_back >= forms
