"""When a share ends, so does everything: every page, every session, every half-filled form."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from journeys.models import Journey, User
from tests.asserts import text_of
from tests.matrix import ROWS
from tests.tables import contents_of_tables
from tests.test_bad_input import Fields, encoded
from tests.visitors import client_of
from tests.world import PATTERNS, PEOPLE, Records, needs_journey, olives_world

PAGES = [name for name in PATTERNS if needs_journey(name)]
HALF_WRITTEN = {"text": "Half a ques", "note": "Half a no", "name": "Ol", "title": "Half"}


def end_one(journey: Journey, user: User) -> None:
    share = journey.shares.get(user=user)
    path = f"/journeys/{journey.pk}/sharing/{share.pk}/revoke/"
    assert client_of(journey.owner).post(path).status_code == 302


def end_all(journey: Journey, user: User) -> None:
    path = f"/journeys/{journey.pk}/sharing/stop/"
    assert client_of(journey.owner).post(path).status_code == 302


def leave(journey: Journey, user: User) -> None:
    assert client_of(user).post(f"/journeys/{journey.pk}/sharing/leave/").status_code == 302


def let_it_expire(journey: Journey, user: User) -> None:
    journey.shares.filter(user=user).update(ends_at=timezone.now() - timedelta(seconds=1))


# The first in every run, the others in `make verify`.
ENDINGS = [
    end_one,
    *(pytest.param(end, marks=pytest.mark.verify) for end in (end_all, leave, let_it_expire)),
]


# What anybody on a journey decides for themselves, or only looks for.
OWN_CHOICE = {
    *("share_leave", "reminder_edit", "check_in_list", "question_search"),
    *("calendar_feed", "calendar_feed_end"),
}
ROLES = ["contributor", pytest.param("manager", marks=pytest.mark.verify)]


def wrote_it_all(user: User, world: Records) -> None:
    """Make the person the author of every record, so that every form of theirs opens."""
    for row in (*world.present.values(), *world.deleted.values()):
        if hasattr(row, "author_id"):
            type(row).objects.filter(pk=row.pk).update(author=user)


def forms_of(client: Client, world: Records) -> dict[str, dict[str, list[str]]]:
    """Return what this person has typed into the form of every address, half of it written."""
    forms = {}
    for name in PAGES:
        page = client.get(world.url(name))
        found = Fields(text_of(page), world.url(name)) if page.status_code == 200 else None
        sent = found.as_sent() if found else {}
        forms[name] = {
            field: [HALF_WRITTEN[field]] if field in HALF_WRITTEN else values
            for field, values in sent.items()
        }
    return forms


@pytest.mark.verify
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("role", ROLES)
def test_the_next_request_of_every_page_session_and_form_finds_nothing(db, role, ending):
    world = olives_world()
    user = PEOPLE[role](world.journey)
    wrote_it_all(user, world)
    sessions = [client_of(user), client_of(user)]
    forms = [forms_of(client, world) for client in sessions]
    filled = [name for name in PAGES if forms[0][name]]
    assert len(filled) >= 7, filled
    ending(world.journey, user)
    before = contents_of_tables()
    for client, typed in zip(sessions, forms, strict=True):
        for name in PAGES:
            for headers in ({}, {"HX-Request": "true"}):
                page = client.get(world.url(name), headers=headers)
                assert page.status_code == answer_to(name, "GET"), name
                assert b"Olive" not in page.content, name
                form = client.post(
                    world.url(name),
                    encoded(typed[name]),
                    content_type="application/x-www-form-urlencoded",
                    headers=headers,
                )
                assert form.status_code == answer_to(name, "POST"), name
                assert b"Olive" not in form.content, name
        assert b"Olive" not in client.get("/home/", follow=True).content
        assert b"Olive" not in client.get("/journeys/").content
    assert contents_of_tables() == before


def answer_to(name: str, method: str) -> int:
    return 405 if ROWS[name, method]["owner"] == "method" else 404


@pytest.mark.verify
def test_these_forms_would_be_saved_while_the_share_lasts(db):
    # So that the test above posts something that counts.
    world = olives_world()
    client = client_of(PEOPLE["manager"](world.journey))
    saved = set()
    for name, sent in forms_of(client, world).items():
        if sent and name not in OWN_CHOICE:
            answer = client.post(
                world.url(name), encoded(sent), content_type="application/x-www-form-urlencoded"
            )
            if answer.status_code == 302:
                saved.add(name)
    assert saved >= {
        *("journey_name", "journey_numbers", "journey_limit", "stage_add", "treatment_edit"),
        *("check_in_add", "appointment_add", "appointment_edit", "question_add", "question_edit"),
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_step_down_to_looking_holds_for_open_forms(db, role):
    world = olives_world()
    user = PEOPLE[role](world.journey)
    wrote_it_all(user, world)
    client = client_of(user)
    forms = forms_of(client, world)
    world.journey.shares.filter(user=user).update(role="viewer")
    before = contents_of_tables()
    for name, sent in forms.items():
        if sent and name not in OWN_CHOICE:
            answer = client.post(
                world.url(name), encoded(sent), content_type="application/x-www-form-urlencoded"
            )
            assert answer.status_code == 403, name
    assert contents_of_tables() == before
