"""A visit that was called off: it stays to be read, and nothing waits for it any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journeys import records
from journeys.reminders import still_wanted
from tests.factories import make_appointment, make_question, make_reminder, make_reminder_choice
from tests.world import url


@pytest.fixture
def visit(journey):
    return make_appointment(journey=journey, title="Infusion four")


def at(name, visit):
    return url(name, journey_id=visit.journey_id, appointment_id=visit.pk)


def call_off(client, visit):
    return client.post(at("appointment_call_off", visit), {"off": ""}, follow=True)


def page(client, name, journey):
    return client.get(url(name, journey_id=journey.pk)).content.decode()


def test_it_stays_on_the_list_and_leaves_today(as_owner, journey, visit):
    assert "Infusion four" in page(as_owner, "today", journey)
    answer = call_off(as_owner, visit).content.decode()
    assert "Called off" in answer
    assert "Called off" in page(as_owner, "appointment_list", journey)
    for name in ("today", "summary", "question_list", "timeline"):
        assert "Infusion four" not in page(as_owner, name, journey), name


def test_it_can_take_place_after_all_and_its_history_tells_of_both(as_owner, journey, visit):
    call_off(as_owner, visit)
    as_owner.post(at("appointment_call_off", visit))
    assert "Infusion four" in page(as_owner, "today", journey)
    earlier = as_owner.get(url("earlier", journey_id=journey.pk, record_id=visit.pk))
    assert "Called off" in earlier.content.decode()
    visit.refresh_from_db()
    assert visit.version == 3


def test_two_taps_are_one(as_owner, visit):
    for _turn in range(2):
        call_off(as_owner, visit)
    visit.refresh_from_db()
    assert visit.called_off
    assert visit.version == 2


def test_its_questions_wait_for_another_visit(as_owner, journey, visit):
    question = make_question(journey=journey, appointment=visit)
    call_off(as_owner, visit)
    asked = as_owner.get(url("question_list", journey_id=journey.pk)).context["asked"]
    assert [(group.visit, group.is_over) for group in asked.groups] == [(None, False)]
    attach = url("question_attach", journey_id=journey.pk, question_id=question.pk)
    answer = as_owner.post(attach, {"visit": visit.pk}, follow=True)
    assert "This visit is over or gone." in answer.content.decode()


def test_nobody_is_reminded_of_it(journey, visit):
    make_reminder_choice(journey=journey, user=journey.owner)
    now = timezone.now()
    key = f"{visit.pk}:86400:{visit.starts_at:%Y%m%d%H%M}"
    reminder = make_reminder(journey=journey, kind="appointment", about=visit.pk, key=key)
    assert still_wanted(reminder, now)
    visit.called_off = True
    visit.save()
    assert not still_wanted(reminder, now)
    assert not still_wanted(reminder, now + timedelta(days=8))


def test_a_change_by_somebody_else_in_the_same_moment_is_said(as_owner, visit, monkeypatch):
    def changed_meanwhile(*args, **kwargs):
        raise records.Conflict

    monkeypatch.setattr(records, "change", changed_meanwhile)
    assert "Somebody else changed this just now." in call_off(as_owner, visit).content.decode()


def test_a_contributor_calls_off_own_visits_only(as_contributor, contributor, journey, visit):
    assert call_off(as_contributor, visit).status_code == 403
    own = make_appointment(journey=journey, author=contributor)
    assert call_off(as_contributor, own).status_code == 200
