"""The access log: who looked and who wrote, once per area and quarter of an hour."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.utils import timezone

from journeys import audit
from journeys.models import AccessEvent
from tests.factories import make_question
from tests.world import url


def areas_of(journey):
    return sorted(journey.access_events.values_list("area", flat=True))


def test_a_page_of_several_areas_logs_each_once(as_viewer, journey):
    for _ in range(3):
        as_viewer.get(url("today", journey_id=journey.pk))
    assert areas_of(journey) == ["appointments", "mood", "questions", "stage", "symptoms"]


def test_what_is_hidden_was_not_looked_at(as_viewer, journey):
    journey.shares.update(areas=["questions"])
    as_viewer.get(url("today", journey_id=journey.pk))
    assert areas_of(journey) == ["questions"]


def test_the_owner_is_not_logged(as_owner, journey):
    as_owner.get(url("today", journey_id=journey.pk))
    as_owner.post(url("question_add", journey_id=journey.pk), {"text": "Mine"})
    assert not AccessEvent.objects.exists()


def test_a_refused_look_is_no_look(as_stranger, as_viewer, journey):
    as_stranger.get(url("question_list", journey_id=journey.pk))
    as_viewer.get(url("question_add", journey_id=journey.pk))
    assert not AccessEvent.objects.exists()


def test_every_change_is_logged_for_itself(as_contributor, journey):
    question = make_question(journey=journey)
    star = url("question_star", journey_id=journey.pk, question_id=question.pk)
    for _ in range(2):
        as_contributor.post(star)
    assert [event.kind for event in journey.access_events.all()] == ["write", "write"]


@pytest.mark.parametrize(
    ("page", "button"),
    [("check_in_draft", {}), ("check_in_add", {"more": "1"}), ("lab_add", {"more": "1"})],
)
def test_what_is_typed_and_not_saved_is_no_change(as_contributor, journey, page, button):
    as_contributor.post(url(page, journey_id=journey.pk), {"note": "Half a"} | button)
    assert [event.kind for event in journey.access_events.all()] == ["read"]


@pytest.mark.parametrize(("minutes", "events"), [(14, 1), (16, 2)])
def test_another_look_counts_after_a_quarter_of_an_hour(viewer, journey, minutes, events):
    with time_machine.travel(timezone.now() - timedelta(minutes=minutes), tick=False):
        audit.record(journey=journey, actor=viewer, areas=["labs"], wrote=False)
    audit.record(journey=journey, actor=viewer, areas=["labs"], wrote=False)
    assert journey.access_events.count() == events


def test_looks_of_two_people_are_two(viewer, contributor, journey):
    for person in (viewer, contributor):
        audit.record(journey=journey, actor=person, areas=["labs"], wrote=False)
    assert journey.access_events.count() == 2


def test_nobody_looks_when_the_log_cannot_be_written(as_viewer, journey):
    as_viewer.raise_request_exception = False
    make_question(journey=journey, text="Can I travel?")
    with mock.patch("journeys.access.audit.record", side_effect=RuntimeError):
        response = as_viewer.get(url("question_list", journey_id=journey.pk))
    assert response.status_code == 500
    assert "Can I travel?" not in response.content.decode()


def test_the_log_holds_no_content(as_contributor, journey):
    as_contributor.post(url("question_add", journey_id=journey.pk), {"text": "Very private"})
    event = journey.access_events.get()
    assert "private" not in " ".join(str(value) for value in vars(event).values())


def test_a_name_that_is_gone_leaves_the_look(viewer, journey):
    audit.record(journey=journey, actor=viewer, areas=["labs"], wrote=False)
    viewer.delete()
    assert journey.access_events.get().actor is None
