"""Who gets what answer at which address: the rows that matter most, in every run."""

import uuid

import pytest
from django.db import transaction

from tests.matrix import ADDRESSES, OUTSIDE, ROWS, come_as, kind_of
from tests.tables import contents_of_tables
from tests.visitors import client_of
from tests.world import (
    PATTERNS,
    PEOPLE,
    Records,
    absent_arguments,
    child_argument,
    fill,
    needs_journey,
    olives_world,
)

# Here are asked those who matter most; test_access_matrix_in_full.py asks everybody.
FEW = ("owner", "viewer", "stranger")


def ask(world: Records, address: str, people: tuple[str, ...]) -> tuple[dict, dict]:
    """Return (expected, found) for each method and person; nothing that happens is kept."""
    expected, found = {}, {}
    for person in people:
        client = come_as(person, world, address)
        for method in ("GET", "POST"):
            expected[method, person] = ROWS[address, method][person]
            with transaction.atomic():
                answer = client.generic(method, world.url(address))
                found[method, person] = kind_of(answer)
                transaction.set_rollback(True)
    return expected, found


def test_every_address_has_its_rows():
    assert {address for address, _method in ROWS} == set(PATTERNS)
    assert set(ROWS) == {(address, method) for address in PATTERNS for method in ("GET", "POST")}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_answers_are_those_of_the_table(db, address):
    expected, found = ask(olives_world(), address, FEW)
    assert found == expected


@pytest.mark.parametrize("person", ["anonymous", "inactive", *OUTSIDE])
def test_nobody_outside_gets_in_by_any_role(db, person):
    world = olives_world()
    for address in ("today", "check_in_detail", "appointment_edit", "question_star", "export_json"):
        expected, found = ask(world, address, (person,))
        assert found == expected, address


# --- Foreign and absent -------------------------------------------------------------------------


@pytest.mark.parametrize("address", [name for name in ADDRESSES if needs_journey(name)])
def test_a_foreign_journey_answers_like_an_absent_one(db, address):
    world = olives_world()
    stranger = client_of(PEOPLE["stranger"](world.journey))
    for method in ("GET", "POST"):
        if ROWS[address, method]["stranger"] == "method":
            continue
        foreign = stranger.generic(method, world.url(address))
        absent = stranger.generic(method, world.url(address, **absent_arguments(address)))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.content == absent.content
        assert dict(foreign.headers) == dict(absent.headers)


@pytest.mark.parametrize("address", [name for name in ADDRESSES if child_argument(name)])
def test_a_foreign_record_under_ones_own_journey_is_absent(db, address):
    olive, sam = olives_world(), fill(PEOPLE["stranger"](None).own_journeys.get())
    argument = child_argument(address)
    rows = olive.deleted if address.endswith("_restore") else olive.present
    client = client_of(sam.journey.owner)
    before = contents_of_tables("journeys")
    for method in ("GET", "POST"):
        if ROWS[address, method]["owner"] == "method":
            continue
        foreign = client.generic(method, sam.url(address, **{argument: rows[argument].pk}))
        absent = client.generic(method, sam.url(address, **{argument: uuid.uuid4()}))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.content == absent.content
    assert contents_of_tables("journeys") == before


def test_a_hidden_area_answers_like_an_absent_journey(db):
    world = olives_world()
    client = client_of(PEOPLE["no-areas"](world.journey))
    for address in ("check_in_list", "appointment_list", "question_list", "stage_detail"):
        hidden = client.get(world.url(address))
        absent = client.get(world.url(address, journey_id=uuid.uuid4()))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content


@pytest.mark.parametrize(
    "address",
    [name for name in ADDRESSES if child_argument(name) not in ("", "share_id", "feed_id")],
)
def test_a_record_for_its_author_only_is_absent_for_everybody_else(db, address):
    world = olives_world()
    argument = child_argument(address)
    rows = world.deleted if address.endswith("_restore") else world.present
    row = rows[argument]
    for hidden in (row, getattr(row, "medicine", row)):  # a dose is as private as its medicine
        type(hidden).objects.filter(pk=hidden.pk).update(only_me=True)
    manager = client_of(PEOPLE["manager"](world.journey))
    for method in ("GET", "POST"):
        if ROWS[address, method]["manager"] != "method":
            hidden = manager.generic(method, world.url(address))
            absent = manager.generic(method, world.url(address, **{argument: uuid.uuid4()}))
            assert hidden.status_code == absent.status_code == 404
            assert hidden.content == absent.content
