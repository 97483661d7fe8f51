"""What somebody reads of a check-in when mood is not shared with them: never less than to call."""

import pytest
from django.urls import reverse

from journeys.models import Area
from tests.factories import make_check_in, make_share, make_user
from tests.journeys.views.check_in_tools import answers, note, page_after, temperature
from tests.visitors import client_of
from tests.world import url

WITHOUT_MOOD = [area for area in Area.values if area != Area.MOOD]


@pytest.fixture
def as_helper(journey):
    helper = make_user(name="Hedy Helper")
    make_share(journey=journey, user=helper, areas=WITHOUT_MOOD)
    return client_of(helper)


def page_of(client, check_in):
    arguments = {"journey_id": check_in.journey_id, "check_in_id": check_in.pk}
    return client.get(reverse("journeys:check_in_detail", kwargs=arguments)).content.decode()


def test_signs_that_count_together_still_count_for_who_does_not_see_mood(
    as_owner, as_helper, journey
):
    check_in = make_check_in(journey=journey, temperature="38.4", confused=1, low_mood_or_worry=3)
    for client in (as_owner, as_helper):
        assert 'data-level="ambulance"' in page_of(client, check_in)
    assert "Low mood" not in page_of(as_helper, check_in)


def test_level_that_only_mood_gives_is_not_told(as_owner, as_helper, journey):
    check_in = make_check_in(journey=journey, tired=1, low_mood_or_worry=4)
    assert 'data-level="same_day"' in page_of(as_owner, check_in)
    assert 'data-level="self_care"' in page_of(as_helper, check_in)


def test_check_in_without_mood_is_judged_once(journey):
    check_in = make_check_in(journey=journey, tired=1)
    assert check_in.without_mood is None


def test_mood_of_the_hours_before_tells_nothing_either(as_owner, as_helper, journey):
    make_check_in(journey=journey, mood_swings=2)
    check_in = make_check_in(journey=journey, tired=1)
    assert check_in.without_mood["level"] == "self_care"
    assert 'data-level="self_care"' in page_of(as_helper, check_in)


def test_what_the_patient_kept_to_themselves_gives_no_level_to_others(
    as_owner, as_contributor, as_helper, journey
):
    make_check_in(journey=journey, temperature="38.4", only_me=True)
    shared = make_check_in(journey=journey, nausea=1)
    assert 'data-level="now"' in page_of(as_owner, shared)
    for client in (as_contributor, as_helper):
        assert 'data-level="self_care"' in page_of(client, shared)
        assert "Fever" not in page_of(client, shared).partition("<main")[2].partition("<h2")[0]


def test_a_helper_who_writes_learns_nothing_of_it_either(as_contributor, journey):
    make_check_in(journey=journey, temperature="38.4", only_me=True)
    page = page_after(as_contributor, note(as_contributor, journey, answers(nausea="1")))
    assert 'data-level="self_care"' in page
    refused = note(as_contributor, journey, answers(nausea="1") | temperature("380"))
    assert 'data-level="unchecked"' in refused.content.decode()
    assert "Fever together" not in refused.content.decode()


@pytest.mark.parametrize("kept", [True, False], ids=["hidden fever", "none"])
def test_a_level_is_found_again_by_whom_it_is_shown_to(as_helper, as_owner, journey, kept):
    if kept:
        make_check_in(journey=journey, temperature="38.4", only_me=True)
    shared = make_check_in(journey=journey, nausea=1)
    chosen = url("check_in_list", journey_id=journey.pk)
    found = {}
    for name, client in (("helper", as_helper), ("owner", as_owner)):
        for level in ("self_care", "now"):
            answer = client.post(chosen, {"level": level}, follow=True)
            found[name, level] = str(shared.pk) in answer.content.decode()
    assert found["helper", "self_care"] and not found["helper", "now"]
    assert found["owner", "now"] is kept and found["owner", "self_care"] is not kept
