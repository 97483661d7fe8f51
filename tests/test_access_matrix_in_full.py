"""Every address of records x every person x every method x own, foreign, absent x plain, htmx."""

import uuid
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_journey
from tests.matrix import ADDRESSES, EVERYBODY, HOME_PAGES, ROWS, area_of, come_as, kind_of
from tests.tables import contents_of_tables
from tests.undo import undone
from tests.world import (
    TOKEN_ROUTES,
    Records,
    absent_arguments,
    child_argument,
    fill,
    needs_journey,
    olives_world,
)

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
WAYS = ({}, {"HX-Request": "true"})
SIGNED_OUT = ("anonymous", "inactive")
# A contributor corrects, deletes and takes back what they wrote themselves, nothing else.
OWN_ONLY = {
    f"{record}_{action}"
    for record in (
        *("check_in", "appointment", "question", "note", "lab", "medicine", "care_member"),
        "procedure",
    )
    for action in ("edit", "delete", "restore")
} | {"dose_change", "dose_delete", "appointment_call_off", "appointment_look_back"}
NO_SUCH_TOKEN = {"token": "made-up"}


def expected_for(address: str, method: str, person: str) -> str:
    """Return what the table says; HEAD is a GET, and nothing but GET and POST is ever taken."""
    if method in ("GET", "HEAD", "POST"):
        return ROWS[address, "POST" if method == "POST" else "GET"][person]
    if person in SIGNED_OUT and address not in TOKEN_ROUTES:
        return ROWS[address, "GET"][person]
    return "method"


def without_the_record(expected: str, address: str, person: str) -> str:
    """Return the answer when the journey is one's own and the record is not there."""
    if expected in ("ok", "form"):
        return "none"
    return "none" if expected == "no" and may_do_it_to_own(address, person) else expected


def may_do_it_to_own(address: str, person: str) -> bool:
    return person == "contributor" and address in OWN_ONLY


def without_the_journey(expected: str) -> str:
    return expected if expected in ("login", "call", "method") else "none"


def objects(world: Records, other: Records, address: str) -> Iterator[tuple[str, str]]:
    """Return (what it is, its address) of every object that somebody may try."""
    yield "own", world.url(address)
    if needs_journey(address):
        yield "foreign journey", other.url(address)
        yield "absent journey", world.url(address, **absent_arguments(address))
    if child := child_argument(address):
        rows = other.deleted if address.endswith("_restore") else other.present
        yield "foreign record", world.url(address, **{child: rows[child].pk})
        yield "absent record", world.url(address, **{child: uuid.uuid4()})
    if address in TOKEN_ROUTES:
        yield "absent record", world.url(address, **NO_SUCH_TOKEN)


def answer_of(client: Client, method: str, path: str, headers: dict[str, str]) -> HttpResponse:
    cache.clear()  # some doors count tries
    with undone():
        return client.generic(method, path, headers=headers)


def expect(what: str, address: str, method: str, person: str) -> str:
    expected = expected_for(address, method, person)
    is_asked = person == "going" and address not in TOKEN_ROUTES
    if what == "own" or address in HOME_PAGES or is_asked:
        return expected
    if what.endswith("journey"):
        return without_the_journey(expected)
    return without_the_record(expected, address, person)


@pytest.mark.verify
@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_gets_what_the_table_says_by_every_method_for_every_object(db, address):
    world, other = olives_world(), fill(make_journey(name="Paul"))
    wrong, asked = [], 0
    people = {person: come_as(person, world, address) for person in EVERYBODY}
    before = contents_of_tables("journeys", "content")
    for person, client in people.items():
        bodies = {}
        for method in METHODS:
            for what, path in objects(world, other, address):
                for headers in WAYS:
                    answer = answer_of(client, method, path, headers)
                    asked += 1
                    tried = (person, method, what, "htmx" if headers else "plain")
                    found, due = kind_of(answer), expect(what, address, method, person)
                    if found != due:
                        wrong.append((*tried, f"{found} instead of {due}"))
                    if method == "HEAD" and answer.content:
                        wrong.append((*tried, "a body"))
                    if found == "none":
                        bodies.setdefault((method, bool(headers)), set()).add(answer.content)
        # Foreign and absent cannot be told apart, by any method.
        wrong += [(person, *way, "bodies differ") for way, seen in bodies.items() if len(seen) > 1]
    assert wrong == []
    assert asked >= len(EVERYBODY) * len(METHODS) * len(WAYS)
    assert contents_of_tables("journeys", "content") == before


def test_the_table_hides_exactly_the_pages_of_an_area():
    hidden = {
        address
        for (address, _method), row in ROWS.items()
        if row["no-area"] == "none" and row["owner"] != "none"
    }
    assert hidden == {address for address in ADDRESSES if area_of(address)}
