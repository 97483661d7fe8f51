"""Whatever breaks in what decides, logs or limits: nobody sees more, nothing is half saved."""

import importlib
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import PASSWORD, make_question
from tests.tables import contents_of_tables
from tests.visitors import client_of, confirm_address
from tests.world import url

SECRET = "the text of the exception"
CANARY = "CANARY-of-a-question"


def broken(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError(SECRET)


# Whatever a request of another person goes through: (where, what).
DECIDING = [
    ("journeys.access", "access_for"),
    ("journeys.access", "share_of"),
    ("journeys.access", "get_object_or_404"),
    ("journeys.access", "_seen_as"),
    ("journeys.access", "Access.sees"),
    ("journeys.access", "Access.can"),
    ("journeys.models.journeys", "JourneyQuerySet.visible_to"),
    ("journeys.models.shares", "ShareQuerySet.active"),
    ("journeys.models.users", "User.is_going"),
]
LOGGING = [
    ("journeys.access", "_noted"),
    ("journeys.audit", "record"),
    ("journeys.audit", "_note"),
]
AROUND = [
    ("careguide.idle", "IdleMiddleware._is_over"),
    ("careguide.idle", "device_of"),
    ("careguide.middleware", "TimeZoneMiddleware.__call__"),
    ("django.contrib.sessions.backends.db", "SessionStore.load"),
    ("django.contrib.auth.middleware", "get_user"),
]
# What is done in the middle of a correction, after its first row was written.
KEEPING = [
    ("journeys.models", "Question.save"),
    ("journeys.records", "Revision"),
    ("journeys.records", "_jsonable"),
]
LOOKING = [*DECIDING, *LOGGING, ("journeys.audit", "_note_once"), *AROUND]
WRITING = [*DECIDING, *LOGGING, ("journeys.changes", "noticed"), *AROUND]
DOORS = [
    ("allauth.core.internal.ratelimit", "consume"),
    ("django.core.cache.backends.locmem", "LocMemCache.add"),
    ("django.core.cache.backends.locmem", "LocMemCache.get"),
    ("careguide.known_browser", "name_of"),
    ("careguide.account", "AccountAdapter.authenticate"),
    ("careguide.account", "AccountAdapter.pre_authenticate"),
    ("journeys.audit", "record_sign_in"),
    ("django.contrib.auth.hashers", "verify_password"),
]


def breaks(monkeypatch: pytest.MonkeyPatch, where: str, what: str) -> None:
    owner = importlib.import_module(where)
    *classes, name = what.split(".")
    for part in classes:
        owner = getattr(owner, part)
    instead = property(broken) if isinstance(vars(owner).get(name), property) else broken
    monkeypatch.setattr(owner, name, instead)


def each(points: list[tuple[str, str]]) -> Callable:
    return pytest.mark.parametrize(("where", "what"), points, ids=lambda part: part)


pytestmark = pytest.mark.django_db


@pytest.fixture
def logged_out() -> Client:
    return quietly(Client())


def quietly(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def says_no_more_than_a_number(answer) -> None:
    page = answer.content.decode()
    assert answer.status_code in (403, 404, 500), answer.status_code
    assert CANARY not in page and SECRET not in page and "Traceback" not in page
    if answer.status_code == 500:
        assert re.search(r"\b[0-9a-f]{8}\b", page)


@each(LOOKING)
def test_nobody_sees_more_when_a_look_meets_it(
    where, what, journey, viewer, stranger, logged_out, monkeypatch
):
    make_question(journey=journey, text=CANARY)
    page = url("question_list", journey_id=journey.pk)
    reader, other = quietly(client_of(viewer)), quietly(client_of(stranger))
    breaks(monkeypatch, where, what)
    says_no_more_than_a_number(reader.get(page))
    for client in (other, logged_out):
        answer = client.get(page)
        assert answer.status_code != 200 and CANARY not in answer.content.decode()


def test_when_nothing_breaks_the_same_look_shows_it_and_the_same_change_is_saved(
    journey, viewer, contributor
):
    client_of(contributor).post(url("question_add", journey_id=journey.pk), {"text": CANARY})
    page = client_of(viewer).get(url("question_list", journey_id=journey.pk))
    assert CANARY in page.content.decode()


@each(WRITING)
def test_nothing_is_half_saved_when_a_change_meets_it(
    where, what, journey, contributor, monkeypatch
):
    stays_as_it_is(journey, contributor, where, what, monkeypatch)
    assert not journey.access_events.exists()


@each(KEEPING)
def test_nothing_is_half_corrected_when_the_saving_breaks(where, what, journey, owner, monkeypatch):
    stays_as_it_is(journey, owner, where, what, monkeypatch, ways=["question_edit"])


WAYS = {
    "question_add": {"text": CANARY},
    "question_edit": {"text": CANARY, "version": 1},
    "question_delete": {},
}


def stays_as_it_is(journey, user, where, what, monkeypatch, ways=WAYS) -> None:
    client = quietly(client_of(user))
    question = make_question(journey=journey, author=user)
    before = contents_of_tables("journeys")
    breaks(monkeypatch, where, what)
    for way in ways:
        at = {"journey_id": journey.pk}
        at |= {} if way == "question_add" else {"question_id": question.pk}
        says_no_more_than_a_number(client.post(url(way, **at), WAYS[way]))
    monkeypatch.undo()
    assert contents_of_tables("journeys") == before


@each(DOORS)
def test_nobody_comes_in_when_the_door_is_broken(where, what, owner, monkeypatch):
    confirm_address(owner)
    client = quietly(Client())
    breaks(monkeypatch, where, what)
    answer = client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    assert answer.status_code == 500 and SECRET not in answer.content.decode()
    monkeypatch.undo()
    assert client.get("/profile/").status_code == 302


def test_enough_points_are_broken():
    assert len(LOOKING) + len(WAYS) * len(WRITING) + len(KEEPING) + len(DOORS) >= 50
