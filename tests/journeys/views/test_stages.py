"""Where am I: marking a stage, correcting it, and words that stay kind."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from journeys.models import StageEntry
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import make_stage
from tests.world import url


def today():
    return timezone.localdate()


def answers(**changes):
    return {
        "classification": "newly-diagnosed",
        "phase": "induction",
        "cell_type": "",
        "philadelphia": "",
        "started_on": today().isoformat(),
        "client_id": str(uuid.uuid4()),
    } | changes


def mark(client, journey, **changes):
    return client.post(url("stage_add", journey_id=journey.pk), answers(**changes))


def page_of(client, journey):
    return client.get(url("stage_detail", journey_id=journey.pk)).content.decode()


def test_owner_marks_a_stage_and_sees_what_it_means(as_owner, journey):
    response = mark(as_owner, journey, cns_prophylaxis="on")
    assert response.status_code == 302
    stage = journey.stage_entries.get()
    assert (stage.phase, stage.author, stage.cns_prophylaxis) == ("induction", journey.owner, True)
    page = page_of(as_owner, journey)
    assert "Induction" in page
    assert "with CNS prophylaxis" in page
    assert "What comes next" in page


def test_marking_a_stage_needs_a_sign_in(client, journey):
    assert_needs_login(client.get(url("stage_detail", journey_id=journey.pk)))
    assert_needs_login(mark(client, journey))


def test_stranger_finds_no_stage(as_stranger, journey):
    assert mark(as_stranger, journey).status_code == 404
    assert not journey.stage_entries.exists()


def test_contributor_sees_the_stage_but_cannot_mark_one(as_contributor, journey):
    make_stage(journey=journey, phase="induction")
    page = page_of(as_contributor, journey)
    assert "Induction" in page
    assert "Something has changed" not in page
    assert mark(as_contributor, journey).status_code == 403


def test_every_answer_may_stay_open(as_owner, journey):
    assert mark(as_owner, journey, classification="", phase="").status_code == 302
    assert "Not known yet" in page_of(as_owner, journey)


def test_a_day_to_come_is_refused_and_the_answers_stay(as_owner, journey):
    tomorrow = today() + timedelta(days=1)
    response = mark(as_owner, journey, started_on=tomorrow.isoformat())
    assert_kind_error(response, typed=tomorrow.isoformat())
    checked = response.content.decode().partition('value="induction"')[2][:200]
    assert "checked" in checked
    assert not journey.stage_entries.exists()


@pytest.mark.parametrize("day", ["", "32.13.2026", "0001-01-01", "not a day"])
def test_a_day_that_cannot_be_is_refused(as_owner, journey, day):
    assert_kind_error(mark(as_owner, journey, started_on=day), typed=day)


def test_an_answer_that_is_not_offered_is_refused(as_owner, journey):
    assert_kind_error(mark(as_owner, journey, phase="no-such-phase"))
    assert not journey.stage_entries.exists()


def test_a_stage_of_the_past_can_be_marked_later(as_owner, journey):
    mark(as_owner, journey)
    earlier = today() - timedelta(days=40)
    mark(as_owner, journey, phase="before", started_on=earlier.isoformat())
    assert StageEntry.current(journey, today()).phase == "induction"
    assert StageEntry.current(journey, earlier).phase == "before"


def test_two_taps_make_one_stage(as_owner, journey):
    same = answers()
    for _ in range(2):
        response = as_owner.post(url("stage_add", journey_id=journey.pk), same)
        assert response.status_code == 302
    assert journey.stage_entries.count() == 1


def test_a_change_on_the_same_day_corrects(as_owner, journey):
    mark(as_owner, journey, phase="induction")
    mark(as_owner, journey, phase="consolidation")
    wrong, right = journey.stage_entries.order_by("created_at")
    assert wrong.superseded_by == right
    assert journey.stage_entries.standing().get() == right


def test_a_corrected_stage_stays_readable(as_owner, journey):
    wrong = make_stage(journey=journey, classification="newly-diagnosed", phase="maintenance")
    response = as_owner.post(
        url("stage_correct", journey_id=journey.pk, stage_id=wrong.pk),
        answers(phase="induction", started_on=wrong.started_on.isoformat()),
    )
    assert response.status_code == 302
    wrong.refresh_from_db()
    assert wrong.phase == "maintenance"
    assert wrong.superseded_by.phase == "induction"
    corrected = page_of(as_owner, journey).partition("Corrected entries")[2]
    assert "Maintenance" in corrected


def test_a_corrected_stage_counts_for_nothing(as_owner, journey):
    wrong = make_stage(journey=journey, phase="maintenance")
    as_owner.post(
        url("stage_correct", journey_id=journey.pk, stage_id=wrong.pk),
        answers(phase="induction", started_on=wrong.started_on.isoformat()),
    )
    assert StageEntry.current(journey, today()).phase == "induction"
    again = as_owner.get(url("stage_correct", journey_id=journey.pk, stage_id=wrong.pk))
    assert again.status_code == 404


def test_correcting_onto_the_day_of_another_stage_replaces_both(as_owner, journey):
    first = make_stage(journey=journey, phase="before", started_on=today() - timedelta(days=20))
    second = make_stage(journey=journey, phase="induction", started_on=today() - timedelta(days=10))
    as_owner.post(
        url("stage_correct", journey_id=journey.pk, stage_id=second.pk),
        answers(phase="induction", started_on=first.started_on.isoformat()),
    )
    standing = journey.stage_entries.standing().get()
    assert (standing.phase, standing.started_on) == ("induction", first.started_on)


def test_the_form_starts_from_the_last_answers(as_owner, journey):
    make_stage(journey=journey, classification="recurrent", phase="reinduction")
    form = as_owner.get(url("stage_add", journey_id=journey.pk)).context["form"]
    assert form["classification"].value() == "recurrent"
    assert form["phase"].value() == "reinduction"


def test_an_unusual_combination_is_saved_with_a_gentle_note(as_owner, journey):
    response = mark(as_owner, journey, classification="newly-diagnosed", phase="reinduction")
    assert response.status_code == 302
    assert journey.stage_entries.get().phase == "reinduction"
    page = page_of(as_owner, journey)
    assert "It is saved as you said it." in page
    assert "Please check the words with your team." in page


def test_a_usual_combination_has_no_note(as_owner, journey):
    mark(as_owner, journey)
    assert "It is saved as you said it." not in page_of(as_owner, journey)


@pytest.mark.parametrize("classification", ["recurrent", "refractory"])
def test_hard_news_leads_with_people_to_talk_to(as_owner, journey, classification):
    make_stage(journey=journey, classification=classification)
    page = page_of(as_owner, journey)
    assert "You do not have to carry this alone." in page
    assert page.index("People to talk to") < page.index("Part of treatment")


@pytest.mark.parametrize("classification", ["newly-diagnosed", "in-remission", ""])
def test_other_news_has_no_such_lead(as_owner, journey, classification):
    make_stage(journey=journey, classification=classification)
    assert "You do not have to carry this alone." not in page_of(as_owner, journey)


def test_a_stage_for_its_author_only_is_hidden_from_a_viewer(as_viewer, journey):
    make_stage(journey=journey, phase="comfort", only_me=True)
    assert "Nothing is marked yet" in page_of(as_viewer, journey)


def test_a_manager_who_marks_a_stage_stands_in_the_log(as_user, journey, contributor):
    journey.shares.update(role="manager")
    mark(as_user(contributor), journey)
    event = journey.access_events.get()
    assert (event.actor, event.area, event.kind) == (contributor, "stage", "write")
