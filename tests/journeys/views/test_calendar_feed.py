"""Feeds: one secret per person and device, that shows what they see now and ends with the share."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from journeys.models import AccessEvent, CalendarFeed
from tests.factories import make_appointment, make_calendar_feed, make_share
from tests.visitors import client_of
from tests.world import url


def make(client, journey, **said):
    """Make a feed as a person does; return its path."""
    values = {"name": "My phone", "alarm_hours": "2"} | said
    answer = client.post(url("calendar_feed", journey_id=journey.pk), values)
    assert answer.status_code == 201
    return re.search(r"/calendar/[\w-]+\.ics", answer.content.decode())[0]


def fetch(path):
    return Client().get(path)


@pytest.fixture
def visit(journey):
    return make_appointment(journey=journey, title="Clinic with Ada", place="Level 3")


@pytest.fixture
def path(as_owner, journey, visit):
    return make(as_owner, journey)


def test_a_calendar_fetches_it_without_a_session(path, visit):
    answer = fetch(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert not answer.cookies
    said = answer.content.decode()
    assert f"UID:{visit.pk}" in said
    assert "TRIGGER:-PT2H" in said
    assert "Ada" not in said


def test_details_are_shown_by_choice_only(as_owner, journey, visit):
    said = fetch(make(as_owner, journey, detailed="on")).content.decode()
    assert "SUMMARY:Clinic with Ada" in said
    assert "LOCATION:Level 3" in said


def test_it_speaks_the_language_of_its_person(as_owner, owner, journey):
    make_appointment(journey=journey, kind="lumbar-puncture")
    path = make(as_owner, journey, detailed="on")
    assert "Lumbar puncture" in fetch(path).content.decode()
    owner.language = "es"
    owner.save()
    assert "Punción lumbar" in fetch(path).content.decode()


def test_the_secret_is_kept_nowhere_and_shown_once(as_owner, journey, path):
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) >= 40
    assert secret not in str(CalendarFeed.objects.values())
    assert secret not in as_owner.get(url("calendar_feed", journey_id=journey.pk)).content.decode()


def test_its_person_sees_when_it_was_fetched_last(as_owner, journey, path):
    page = url("calendar_feed", journey_id=journey.pk)
    assert "Not fetched yet." in as_owner.get(page).content.decode()
    fetch(path)
    assert "Last fetched" in as_owner.get(page).content.decode()


def test_ending_one_ends_it_at_the_next_fetch_and_leaves_the_others(as_owner, journey, path):
    other = make(as_owner, journey, name="My laptop")
    feed = journey.calendar_feeds.get(name="My phone")
    as_owner.post(url("calendar_feed_end", journey_id=journey.pk, feed_id=feed.pk))
    ended, made_up = fetch(path), fetch("/calendar/made-up.ics")
    assert ended.status_code == made_up.status_code == 404
    assert ended.content == made_up.content
    assert fetch(other).status_code == 200
    page = as_owner.get(url("calendar_feed", journey_id=journey.pk)).content.decode()
    assert "My laptop" in page
    assert "My phone" not in page.replace("for example: my phone", "")


def test_nobody_lists_or_ends_the_feed_of_another(as_owner, journey, viewer):
    theirs = make_calendar_feed(journey=journey, user=viewer, name="The viewer’s phone")
    assert (
        "viewer’s" not in as_owner.get(url("calendar_feed", journey_id=journey.pk)).content.decode()
    )
    address = url("calendar_feed_end", journey_id=journey.pk, feed_id=theirs.pk)
    assert as_owner.post(address).status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_a_second_tap_makes_no_second_feed(as_owner, journey, visit):
    client_id = "1a8a2b6c-3a0e-4a67-9d5e-2f1a4f5f9d01"
    first, second = (make(as_owner, journey, client_id=client_id) for _turn in range(2))
    assert journey.calendar_feeds.count() == 1
    assert fetch(first).status_code == 404
    assert fetch(second).status_code == 200


# --- A caregiver's ------------------------------------------------------------------------------
@pytest.fixture
def their_path(as_viewer, journey, visit):
    return make(as_viewer, journey)


def test_it_shows_what_the_person_sees(journey, their_path):
    hidden = make_appointment(journey=journey, only_me=True)
    said = fetch(their_path).content.decode()
    assert said.count("BEGIN:VEVENT") == 1
    assert str(hidden.pk) not in said


def test_it_ends_with_the_share_and_a_new_share_does_not_wake_it(
    as_owner, journey, viewer, their_path
):
    assert fetch(their_path).status_code == 200
    share = journey.shares.get(user=viewer)
    as_owner.post(url("share_revoke", journey_id=journey.pk, share_id=share.pk))
    assert fetch(their_path).status_code == 404
    make_share(journey=journey, user=viewer)
    assert fetch(their_path).status_code == 404
    # What is made under the new share works.
    assert fetch(make(client_of(viewer), journey)).status_code == 200


def test_it_ends_when_the_share_runs_out(journey, viewer, their_path):
    journey.shares.filter(user=viewer).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert fetch(their_path).status_code == 404


def test_it_is_empty_handed_while_appointments_are_hidden(journey, viewer, their_path):
    journey.shares.filter(user=viewer).update(areas=["notes"])
    assert fetch(their_path).status_code == 404


def test_the_owner_sees_in_the_log_that_a_calendar_fetched(as_owner, journey, their_path):
    for _turn in range(3):
        fetch(their_path)
    event = AccessEvent.objects.exclude(kind="read").get()
    assert (event.kind, event.area) == ("fetched", "appointments")
    page = as_owner.get(url("access_log", journey_id=journey.pk)).content.decode()
    assert "fetched by a calendar" in page


def test_the_owners_own_calendar_is_not_logged(path):
    fetch(path)
    assert not AccessEvent.objects.exists()


# --- What it holds ------------------------------------------------------------------------------
def test_it_reaches_back_a_year_and_shows_what_was_called_off(journey, path):
    long_ago = timezone.localdate() - timedelta(days=500)
    make_appointment(journey=journey, day=long_ago)
    make_appointment(journey=journey, day=timezone.localdate() - timedelta(days=300))
    make_appointment(journey=journey, called_off=True)
    said = fetch(path).content.decode()
    assert said.count("BEGIN:VEVENT") == 3
    assert said.count("STATUS:CANCELLED") == 1


def test_a_journey_that_rests_rings_nobody(journey, path):
    assert "VALARM" in fetch(path).content.decode()
    type(journey).objects.filter(pk=journey.pk).update(status="paused")
    said = fetch(path).content.decode()
    assert "VEVENT" in said
    assert "VALARM" not in said


def test_a_fetch_costs_as_little_for_many_visits(journey, path, django_assert_max_num_queries):
    for number in range(40):
        make_appointment(journey=journey, day=timezone.localdate() + timedelta(days=number))
    fetch(path)
    # The feed, two for the transaction, the note of the fetch, the guide's revision, the visits.
    with django_assert_max_num_queries(6):
        fetch(path)


def test_one_visit_is_a_file_to_put_into_a_calendar(as_owner, journey, visit):
    answer = as_owner.get(url("appointment_file", journey_id=journey.pk, appointment_id=visit.pk))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    said = answer.content.decode()
    assert f"UID:{visit.pk}" in said
    assert "SUMMARY:Clinic with Ada" in said
