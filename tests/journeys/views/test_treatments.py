"""Recent treatment: what was said decides which risks count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journeys.models import RecentTreatment
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import make_treatment
from tests.world import url


def say(client, journey, **answers):
    return client.post(url("treatment_edit", journey_id=journey.pk), answers)


def test_owner_says_what_there_was_lately(as_owner, journey):
    day = timezone.localdate() - timedelta(days=3)
    response = say(
        as_owner, journey, vincristine="yes", **{"vincristine-on": day.isoformat()}, steroid="no"
    )
    assert response.status_code == 302
    answers = {row.window: (row.answer, row.last_on) for row in journey.recent_treatments.all()}
    assert answers == {"vincristine": ("yes", day), "steroid": ("no", None)}


def test_recent_treatment_needs_a_sign_in(client, journey):
    assert_needs_login(say(client, journey, steroid="yes"))


def test_stranger_finds_no_recent_treatment(as_stranger, journey):
    assert say(as_stranger, journey, steroid="yes").status_code == 404


def test_viewer_cannot_answer(as_viewer, journey):
    assert say(as_viewer, journey, steroid="yes").status_code == 403
    assert not RecentTreatment.objects.exists()


def test_whoever_does_not_see_medicines_finds_nothing(as_contributor, journey):
    journey.shares.update(areas=["symptoms"])
    assert say(as_contributor, journey, steroid="yes").status_code == 404


def test_saving_the_same_answers_twice_adds_no_row(as_owner, journey):
    for _ in range(2):
        say(as_owner, journey, steroid="yes")
    assert journey.recent_treatments.count() == 1


def test_a_repeated_no_is_a_new_answer(as_owner, journey):
    # A "no" holds for a week, so saying it again says it of another week.
    for _ in range(2):
        say(as_owner, journey, steroid="no")
    assert journey.recent_treatments.count() == 2


def test_a_changed_answer_leaves_the_old_one_readable(as_owner, journey):
    say(as_owner, journey, steroid="yes")
    say(as_owner, journey, steroid="no")
    assert sorted(journey.recent_treatments.values_list("answer", flat=True)) == ["no", "yes"]


def test_not_sure_where_nothing_was_said_is_no_answer(as_owner, journey):
    say(as_owner, journey, steroid="not-sure")
    assert not journey.recent_treatments.exists()


def test_the_form_shows_the_last_answers(as_owner, journey):
    make_treatment(journey=journey, window="steroid", answer="yes")
    form = as_owner.get(url("treatment_edit", journey_id=journey.pk)).context["form"]
    assert form["steroid"].value() == "yes"
    assert form["opioid"].value() == "not-sure"


@pytest.mark.parametrize("day", ["31/31/31", "2999-01-01"])
def test_a_day_that_cannot_be_is_refused_and_stays(as_owner, journey, day):
    response = say(as_owner, journey, vincristine="yes", **{"vincristine-on": day})
    assert_kind_error(response, day)
    assert not journey.recent_treatments.exists()


def test_an_answer_that_is_not_offered_is_refused(as_owner, journey):
    assert_kind_error(say(as_owner, journey, steroid="perhaps"))


def test_a_contributor_who_answers_stands_in_the_log(as_contributor, contributor, journey):
    say(as_contributor, journey, steroid="yes")
    event = journey.access_events.get()
    assert (event.actor, event.area, event.kind) == (contributor, "medicines", "write")
