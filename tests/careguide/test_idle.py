"""A sign-in ends when it is not used, by the device it is on; what was being written is kept."""

import uuid
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client

from careguide.idle import Held, held_for, hold
from tests.factories import PASSWORD, make_question
from tests.visitors import client_of, confirm_address
from tests.world import url

NOON = datetime.fromisoformat("2026-11-28T12:00:00+00:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def sign_in(user, device=""):
    confirm_address(user)
    client = Client()
    said = {"login": user.email, "password": PASSWORD, "device": device}
    client.post("/accounts/login/", said)
    return client


def is_in(client):
    return client.get("/profile/").status_code == 200


@pytest.mark.parametrize(
    ("device", "lasts"), [("", 30 * MINUTE), ("shared", 10 * MINUTE), ("own", 7 * DAY)]
)
def test_it_ends_after_a_while_unused(clock, owner, device, lasts):
    for late, stays in ((-MINUTE, True), (MINUTE, False)):
        clock.move_to(NOON)
        client = sign_in(owner, device)
        assert is_in(client)
        clock.move_to(NOON + lasts + late)
        assert is_in(client) is stays


@pytest.mark.parametrize(
    ("device", "step", "lasts"),
    [
        ("own", 6 * DAY, 30 * DAY),
        *(
            pytest.param(*row, marks=pytest.mark.verify)
            for row in [("", 20 * MINUTE, 12 * HOUR), ("shared", 9 * MINUTE, 12 * HOUR)]
        ),
    ],
)
def test_use_keeps_it_but_not_for_ever(clock, owner, device, step, lasts):
    client = sign_in(owner, device)
    moment = NOON
    while moment + step <= NOON + lasts:
        moment += step
        clock.move_to(moment)
        assert is_in(client), moment
    clock.move_to(NOON + lasts + MINUTE)
    assert not is_in(client)


def test_only_ones_own_device_stays_signed_in_when_the_browser_closes(owner):
    name = settings.SESSION_COOKIE_NAME
    assert sign_in(owner, "own").cookies[name]["max-age"] == 30 * 24 * 60 * 60
    for device in ("shared", ""):
        assert sign_in(owner, device).cookies[name]["max-age"] == ""


def test_staff_do_not_stay_for_a_week(clock, editor):
    client = client_of(editor)
    session = client.session
    session["device"] = "own"
    session.save()
    clock.move_to(NOON + HOUR)
    assert client.get("/accounts/sessions/").status_code == 302


def test_a_shared_device_has_the_way_out_on_every_page(owner, journey):
    page = sign_in(owner, "shared").get(url("today", journey_id=journey.pk)).content.decode()
    assert 'class="sign-out"' in page
    other = sign_in(owner).get(url("today", journey_id=journey.pk)).content.decode()
    assert 'class="sign-out"' not in other


def test_what_a_page_sends_by_itself_keeps_nobody_signed_in(clock, owner, journey):
    client = sign_in(owner)
    for minutes in (10, 20, 29):
        clock.move_to(NOON + minutes * MINUTE)
        client.post("/held/keep/", {"path": url("note_add", journey_id=journey.pk)})
    clock.move_to(NOON + 31 * MINUTE)
    assert not is_in(client)


def test_asking_to_stay_is_enough(clock, owner):
    client = sign_in(owner)
    for minutes in (29, 58):
        clock.move_to(NOON + minutes * MINUTE)
        assert client.post("/stay/").status_code == 204
    clock.move_to(NOON + 80 * MINUTE)
    assert is_in(client)


def test_looking_around_writes_the_session_twice_a_minute_at_most(clock, owner):
    client = sign_in(owner)
    is_in(client)
    before = Session.objects.get(pk=client.session.session_key).session_data
    clock.move_to(NOON + timedelta(seconds=20))
    is_in(client)
    assert Session.objects.get(pk=client.session.session_key).session_data == before


# --- What was being written -----------------------------------------------------------------------
WORDS = "Half a page, written at three in the morning; ümläuts too."


def write(client, journey):
    return client.post(url("question_add", journey_id=journey.pk), {"text": WORDS})


def test_what_was_sent_too_late_is_kept_and_saved_after_signing_in(clock, owner, journey):
    client = sign_in(owner)
    clock.move_to(NOON + 40 * MINUTE)
    answer = write(client, journey)
    assert answer.headers["Location"] == "/accounts/login/?next=/held/"
    assert not journey.questions.exists()
    again = sign_in(owner)
    page = again.get("/held/").content.decode()
    assert WORDS in page
    assert f'action="{url("question_add", journey_id=journey.pk)}"' in page
    write(again, journey)
    assert journey.questions.get().text == WORDS
    assert held_for(owner.pk) is None


def test_what_the_page_kept_is_offered_too_and_can_be_thrown_away(clock, owner, journey):
    client = sign_in(owner)
    path = url("note_add", journey_id=journey.pk)
    clock.move_to(NOON + 29 * MINUTE)
    client.post("/held/keep/", {"path": path, "fields": "text=A+note&noted_on=2026-11-28"})
    clock.move_to(NOON + 31 * MINUTE)
    gone = client.get(path)
    assert gone.headers["Location"] == "/accounts/login/?next=/held/"
    again = sign_in(owner)
    assert "A note" in again.get("/held/").content.decode()
    again.post("/held/")
    assert held_for(owner.pk) is None
    assert again.get("/held/").headers["Location"] == "/home/"


def test_nobody_else_is_shown_it(clock, owner, journey, stranger):
    client = sign_in(owner)
    clock.move_to(NOON + 40 * MINUTE)
    write(client, journey)
    assert sign_in(stranger).get("/held/").headers["Location"] == "/home/"


def test_it_is_kept_for_twenty_hours_and_not_for_two_days(clock, owner, journey):
    client = sign_in(owner)
    clock.move_to(NOON + 40 * MINUTE)
    write(client, journey)
    clock.move_to(NOON + 21 * HOUR)
    assert held_for(owner.pk) is not None
    clock.move_to(NOON + 2 * DAY)
    assert held_for(owner.pk) is None


def test_it_lies_encrypted(clock, owner, journey):
    client = sign_in(owner)
    clock.move_to(NOON + 40 * MINUTE)
    write(client, journey)
    kept = cache.get(f"held:{owner.pk}")
    assert kept
    assert "morning" not in kept


def test_a_draft_of_a_check_in_comes_back_with_its_writer(clock, owner, journey):
    client = sign_in(owner)
    client.post(url("check_in_draft", journey_id=journey.pk), {"note": "Half a note"})
    clock.move_to(NOON + 40 * MINUTE)
    assert not is_in(client)
    again = sign_in(owner)
    page = again.get(url("check_in_add", journey_id=journey.pk)).content.decode()
    assert "Half a note" in page


def test_a_draft_that_was_saved_does_not_come_back_with_the_next_sign_in(clock, owner, journey):
    add = url("check_in_add", journey_id=journey.pk)
    client = sign_in(owner)
    client.post(url("check_in_draft", journey_id=journey.pk), {"note": "Half a note"})
    clock.move_to(NOON + 40 * MINUTE)
    assert not is_in(client)
    client = sign_in(owner)
    client.post("/accounts/logout/")
    assert "Half a note" not in sign_in(owner).get(add).content.decode()


def test_a_check_in_that_is_thrown_away_is_no_draft_either(clock, owner, journey):
    add = url("check_in_add", journey_id=journey.pk)
    written = {"note": "Half a note", "client_id": str(uuid.uuid4())}
    client = sign_in(owner)
    client.post(url("check_in_draft", journey_id=journey.pk), written)
    clock.move_to(NOON + 40 * MINUTE)
    client.post(add, written)
    client = sign_in(owner)
    assert "Half a note" in client.get("/held/").content.decode()
    client.post("/held/")
    assert "Half a note" not in client.get(add).content.decode()


@pytest.mark.parametrize(
    "path", ["/accounts/password/change/", "/admin/", "https://x.org/", "//x", ""]
)
def test_only_forms_of_records_are_held(owner, path):
    hold(owner.pk, Held(path, QueryDict("password=secret")))
    assert held_for(owner.pk) is None


def test_a_public_page_stays_open_when_the_sign_in_ends(clock, owner):
    client = sign_in(owner)
    clock.move_to(NOON + 40 * MINUTE)
    assert client.get("/call/").status_code == 200


def held_when_it_ended(clock, owner, journey):
    client = sign_in(owner)
    path = url("note_add", journey_id=journey.pk)
    client.post("/held/keep/", {"path": path, "fields": "text=A+note"})
    clock.move_to(NOON + 40 * MINUTE)
    assert held_for(owner.pk)
    return client


@pytest.mark.parametrize("path", ["/call/", "/guide/", "/no-such-page/"])
def test_whoever_left_a_form_behind_still_opens_what_is_public(clock, owner, journey, path):
    client = held_when_it_ended(clock, owner, journey)
    assert client.get(path).status_code in (200, 404)


def test_an_old_tab_leads_to_whom_to_call_not_to_a_form(clock, owner, journey):
    client = held_when_it_ended(clock, owner, journey)
    answer = client.get(url("red_path", journey_id=journey.pk))
    assert answer.headers["Location"] == "/call/"


def test_an_expired_request_of_a_fragment_sends_the_whole_page_on(clock, owner, journey):
    question = make_question(journey=journey)
    client = sign_in(owner)
    clock.move_to(NOON + 40 * MINUTE)
    star = url("question_star", journey_id=journey.pk, question_id=question.pk)
    answer = client.post(star, {"x": "1"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")
