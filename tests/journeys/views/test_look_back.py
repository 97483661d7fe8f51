"""After a visit: one gentle question on the page of today, and a place to write how it went."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_appointment, make_question
from tests.world import url


def visit_of(journey, *, hours, **fields):
    """Make a visit that began so many hours ago."""
    began = (timezone.now() - timedelta(hours=hours)).astimezone(UTC)
    return make_appointment(
        journey=journey, zone="UTC", day=began.date(), time=began.time(), title="Visit", **fields
    )


def at(name, visit):
    return url(name, journey_id=visit.journey_id, appointment_id=visit.pk)


def asks(client, journey):
    today = client.get(url("today", journey_id=journey.pk)).content.decode()
    return "how did it go?" in today


@pytest.mark.parametrize(
    ("hours", "asked"), [(1, False), (3, True), (6 * 24, True), (8 * 24, False)]
)
def test_it_asks_some_hours_later_and_for_a_week(as_owner, journey, hours, asked):
    visit_of(journey, hours=hours)
    assert asks(as_owner, journey) is asked


def test_it_does_not_ask_again_once_somebody_said_not_now(as_owner, journey):
    visit_of(journey, hours=30)
    visit = visit_of(journey, hours=3)
    answer = as_owner.post(at("appointment_look_back", visit), {"not_now": ""}, follow=True)
    assert answer.status_code == 200
    # Not of an earlier one instead, either.
    assert not asks(as_owner, journey)


def test_what_was_written_stands_with_the_visit_and_ends_the_asking(as_owner, journey):
    visit = visit_of(journey, hours=3)
    words = {"how_it_went": "Counts are up.", "version": "1"}
    answer = as_owner.post(at("appointment_look_back", visit), words, follow=True)
    assert "Counts are up." in answer.content.decode()
    assert not asks(as_owner, journey)


def test_two_who_write_at_once_lose_nothing(as_owner, journey):
    visit = visit_of(journey, hours=3)
    address = at("appointment_look_back", visit)
    as_owner.post(address, {"how_it_went": "First words", "version": "1"})
    answer = as_owner.post(address, {"how_it_went": "Second words", "version": "1"})
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "First words" in said
    assert "Second words" in said


@pytest.mark.parametrize("status", ["paused", "closed"])
def test_a_journey_that_rests_is_not_asked(as_owner, journey, status):
    visit_of(journey, hours=3)
    type(journey).objects.filter(pk=journey.pk).update(status=status)
    assert not asks(as_owner, journey)


def test_a_visit_that_was_called_off_is_not_asked_about(as_owner, journey):
    visit_of(journey, hours=3, called_off=True)
    assert not asks(as_owner, journey)


def test_only_who_may_write_there_is_asked(as_viewer, as_contributor, contributor, journey):
    visit_of(journey, hours=3)
    assert not asks(as_viewer, journey)
    assert not asks(as_contributor, journey)
    visit_of(journey, hours=2.5, author=contributor)
    assert asks(as_contributor, journey)


def test_it_leads_to_the_questions_taken_along_and_to_the_next_visit(as_owner, journey):
    visit = visit_of(journey, hours=3, place="Level 3")
    make_question(journey=journey, appointment=visit, text="May I travel?")
    page = as_owner.get(at("appointment_look_back", visit)).content.decode()
    assert "May I travel?" in page
    add = f"{url('appointment_add', journey_id=journey.pk)}?like={visit.pk}"
    assert add in page
    form = as_owner.get(add).content.decode()
    assert 'value="Level 3"' in form


def test_the_visit_after_a_hidden_one_begins_as_hidden(as_owner, journey):
    for only_me in (True, False):
        visit = visit_of(journey, hours=3, place="Level 3", only_me=only_me)
        add = f"{url('appointment_add', journey_id=journey.pk)}?like={visit.pk}"
        form = as_owner.get(add).context["form"]
        assert form["place"].value() == "Level 3"
        assert form["only_me"].value() is only_me


def test_a_new_visit_is_never_made_like_one_that_is_hidden(as_contributor, journey):
    hidden = make_appointment(journey=journey, only_me=True, place="Secret place")
    add = f"{url('appointment_add', journey_id=journey.pk)}?like={hidden.pk}"
    assert "Secret place" not in as_contributor.get(add).content.decode()
    assert as_contributor.get(f"{add}x").status_code == 200


def test_an_appointment_still_to_come_says_nothing_of_how_it_went(as_owner, journey):
    visit = make_appointment(journey=journey, day=datetime(2099, 1, 1).date())
    assert "how it went" not in as_owner.get(at("appointment_detail", visit)).content.decode()
