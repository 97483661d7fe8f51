"""Who gets what answer at which address: one table for every page of people's records."""

import uuid

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.tables import contents_of_tables
from tests.world import (
    PATTERNS,
    PEOPLE,
    TOKEN_ROUTES,
    Records,
    absent_arguments,
    child_argument,
    client_of,
    fill,
    needs_journey,
    olives_world,
)

# What each answer is called in the table.
#   ok      the page, or on to the next page after a save
#   form    422: may do this, but an empty form is not enough
#   login   sent to the sign-in            desk    staff, sent to the admin
#   none    404, as if it did not exist    no      403: sees it, may not do this
#   method  405
# No areas: a manager from whom every area is hidden.
# Outside: share pending, revoked or expired; a stranger; staff and superuser, even with a share.
TABLE = """
address              method  anonymous  owner   manager contributor viewer  no-areas  outside

home                 GET     login      ok      ok      ok          ok      ok        ok
home                 POST    login      method  method  method      method  method    method
profile              GET     login      ok      ok      ok          ok      ok        ok
profile              POST    login      ok      ok      ok          ok      ok        ok
journey_list         GET     login      ok      ok      ok          ok      ok        ok
journey_list         POST    login      method  method  method      method  method    method
journey_start        GET     login      method  method  method      method  method    method
journey_start        POST    login      ok      ok      ok          ok      ok        ok
journey_keep         GET     login      ok      ok      ok          ok      ok        ok
journey_keep         POST    login      form    form    form        form    form      form
invitation           GET     ok         ok      ok      ok          ok      ok        ok
invitation           POST    ok         ok      ok      ok          ok      ok        ok

today                GET     login      ok      ok      ok          ok      ok        none
today                POST    login      method  method  method      method  method    method
welcome              GET     login      ok      ok      no          no      ok        none
welcome              POST    login      method  method  method      method  method    method
red_path             GET     login      ok      ok      ok          ok      ok        none
red_path             POST    login      method  method  method      method  method    method
journey_detail       GET     login      ok      ok      ok          ok      ok        none
journey_detail       POST    login      method  method  method      method  method    method
journey_status       GET     login      ok      no      no          no      no        none
journey_status       POST    login      form    no      no          no      no        none
journey_name         GET     login      ok      ok      no          no      ok        none
journey_name         POST    login      ok      ok      no          no      ok        none
journey_numbers      GET     login      ok      ok      no          no      ok        none
journey_numbers      POST    login      ok      ok      no          no      ok        none
journey_limit        GET     login      ok      ok      no          no      ok        none
journey_limit        POST    login      form    form    no          no      form      none

share_list           GET     login      ok      no      no          no      no        none
share_list           POST    login      method  method  method      method  method    method
share_add            GET     login      ok      no      no          no      no        none
share_add            POST    login      form    no      no          no      no        none
share_edit           GET     login      ok      no      no          no      no        none
share_edit           POST    login      form    no      no          no      no        none
share_agree          GET     login      method  method  method      method  method    method
share_agree          POST    login      ok      no      no          no      no        none
share_revoke         GET     login      method  method  method      method  method    method
share_revoke         POST    login      ok      no      no          no      no        none
share_revoke_all     GET     login      method  method  method      method  method    method
share_revoke_all     POST    login      ok      no      no          no      no        none
share_leave          GET     login      none    ok      ok          ok      ok        none
share_leave          POST    login      none    ok      ok          ok      ok        none
hand_over            GET     login      none    no      no          no      no        none
hand_over            POST    login      none    no      no          no      no        none
access_log           GET     login      ok      no      no          no      no        none
access_log           POST    login      method  method  method      method  method    method

stage_detail         GET     login      ok      ok      ok          ok      none      none
stage_detail         POST    login      method  method  method      method  method    method
stage_add            GET     login      ok      ok      no          no      none      none
stage_add            POST    login      form    form    no          no      none      none
stage_correct        GET     login      ok      ok      no          no      none      none
stage_correct        POST    login      form    form    no          no      none      none
treatment_edit       GET     login      ok      ok      ok          no      none      none
treatment_edit       POST    login      ok      ok      ok          no      none      none

check_in_list        GET     login      ok      ok      ok          ok      none      none
check_in_list        POST    login      method  method  method      method  method    method
check_in_add         GET     login      ok      ok      ok          no      none      none
check_in_add         POST    login      form    form    form        no      none      none
check_in_detail      GET     login      ok      ok      ok          ok      none      none
check_in_detail      POST    login      method  method  method      method  method    method
check_in_edit        GET     login      ok      ok      no          no      none      none
check_in_edit        POST    login      form    form    no          no      none      none
check_in_delete      GET     login      method  method  method      method  method    method
check_in_delete      POST    login      ok      ok      no          no      none      none
check_in_restore     GET     login      method  method  method      method  method    method
check_in_restore     POST    login      ok      ok      no          no      none      none

appointment_list     GET     login      ok      ok      ok          ok      none      none
appointment_list     POST    login      method  method  method      method  method    method
appointment_add      GET     login      ok      ok      ok          no      none      none
appointment_add      POST    login      form    form    form        no      none      none
appointment_detail   GET     login      ok      ok      ok          ok      none      none
appointment_detail   POST    login      method  method  method      method  method    method
appointment_edit     GET     login      ok      ok      no          no      none      none
appointment_edit     POST    login      form    form    no          no      none      none
appointment_delete   GET     login      method  method  method      method  method    method
appointment_delete   POST    login      ok      ok      no          no      none      none
appointment_restore  GET     login      method  method  method      method  method    method
appointment_restore  POST    login      ok      ok      no          no      none      none

question_list        GET     login      ok      ok      ok          ok      none      none
question_list        POST    login      method  method  method      method  method    method
question_add         GET     login      ok      ok      ok          no      none      none
question_add         POST    login      form    form    form        no      none      none
question_take        GET     login      method  method  method      method  method    method
question_take        POST    login      ok      ok      ok          no      none      none
question_edit        GET     login      ok      ok      no          no      none      none
question_edit        POST    login      form    form    no          no      none      none
question_star        GET     login      method  method  method      method  method    method
question_star        POST    login      ok      ok      ok          no      none      none
question_delete      GET     login      method  method  method      method  method    method
question_delete      POST    login      ok      ok      no          no      none      none
question_restore     GET     login      method  method  method      method  method    method
question_restore     POST    login      ok      ok      no          no      none      none

export               GET     login      ok      no      no          no      no        none
export               POST    login      method  method  method      method  method    method
export_json          GET     login      method  method  method      method  method    method
export_json          POST    login      ok      no      no          no      no        none
"""

# Pages of an account rather than of a journey.
HOME_PAGES = {name for name in PATTERNS if not needs_journey(name)} - TOKEN_ROUTES
OUTSIDE = ("pending", "revoked", "expired", "stranger", "editor", "superuser")
STAFF = ("editor", "superuser")


def read_table() -> dict[tuple[str, str], dict[str, str]]:
    heading, *lines = [line.split() for line in TABLE.splitlines() if line.strip()]
    rows = {}
    for address, method, *answers in lines:
        row = dict(zip(heading[2:], answers, strict=True))
        outside = row.pop("outside")
        row |= {person: outside for person in OUTSIDE}
        if address in HOME_PAGES and outside != "method":
            # They are every patient's; staff have no journey of their own.
            row |= {person: "desk" if method == "GET" else "no" for person in STAFF}
        rows[address, method] = row
    return rows


ROWS = read_table()
ADDRESSES = sorted(PATTERNS)
# The default run asks those who matter most; `make verify` asks everybody.
FEW = ("owner", "viewer", "stranger")


def kind_of(response: HttpResponse) -> str:
    if response.status_code in (301, 302):
        place = response.headers["Location"]
        return "login" if "/accounts/login/" in place else "desk" if "/admin/" in place else "ok"
    kinds = {200: "ok", 422: "form", 403: "no", 404: "none", 405: "method"}
    return kinds.get(response.status_code, str(response.status_code))


def ask(world: Records, address: str, people: tuple[str, ...]) -> tuple[dict, dict]:
    """Return (expected, found) for each method and person; nothing that happens is kept."""
    expected, found = {}, {}
    for person in people:
        client = client_of(PEOPLE[person](world.journey))
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


@pytest.mark.verify
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_answers_are_those_of_the_table_for_everybody(db, address):
    expected, found = ask(olives_world(), address, tuple(PEOPLE))
    assert found == expected


@pytest.mark.parametrize("person", ["anonymous", *OUTSIDE])
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
    "address", [name for name in ADDRESSES if child_argument(name) not in ("", "share_id")]
)
def test_a_record_for_its_author_only_is_absent_for_everybody_else(db, address):
    world = olives_world()
    argument = child_argument(address)
    rows = world.deleted if address.endswith("_restore") else world.present
    type(rows[argument]).objects.filter(pk=rows[argument].pk).update(only_me=True)
    manager = client_of(PEOPLE["manager"](world.journey))
    for method in ("GET", "POST"):
        if ROWS[address, method]["manager"] != "method":
            hidden = manager.generic(method, world.url(address))
            absent = manager.generic(method, world.url(address, **{argument: uuid.uuid4()}))
            assert hidden.status_code == absent.status_code == 404
            assert hidden.content == absent.content
