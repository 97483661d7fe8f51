"""What somebody reads of a check-in when mood is not shared with them: never less than to call."""

import pytest
from django.urls import reverse

from journeys.models import Area
from tests.factories import make_check_in, make_share, make_user
from tests.visitors import client_of

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
