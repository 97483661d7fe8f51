"""The history by symptom, level, writer and time, with no health word in an address."""

import pytest

from journeys.models import Area
from tests.journeys.views.check_in_tools import noted
from tests.world import url


def choose(client, journey, **choice):
    """Post a choice as the page does, and return what is shown then."""
    answer = client.post(url("check_in_list", journey_id=journey.pk), choice)
    assert answer["Location"] == url("check_in_list", journey_id=journey.pk)
    return client.get(answer["Location"])


def shown(answer):
    return [row.check_in for row in answer.context["check_ins"]]


@pytest.fixture
def rows(journey, contributor):
    return {
        "fever": noted(journey, 1, temperature="38.4"),
        "tired": noted(journey, 10, tired=1, mouth_sores=0),
        "theirs": noted(journey, 40, mouth_sores=2, author=contributor),
    }


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"symptom": "mouth-sores"}, ["theirs"]),
        ({"symptom": "fever"}, ["fever"]),
        ({"level": "now"}, ["fever"]),
        ({"who": "others"}, ["theirs"]),
        ({"who": "me"}, ["fever", "tired"]),
        ({"days": "30"}, ["fever", "tired"]),
        ({"who": "me", "symptom": "tired"}, ["tired"]),
        ({}, ["fever", "tired", "theirs"]),
        ({"symptom": "no-such", "days": "x"}, ["fever", "tired", "theirs"]),
    ],
)
def test_what_fits_is_shown(as_owner, journey, rows, choice, expected):
    assert shown(choose(as_owner, journey, **choice)) == [rows[name] for name in expected]


def test_the_choice_is_said_in_words_and_taken_back_by_one_press(as_owner, journey, rows):
    page = choose(as_owner, journey, symptom="mouth-sores").content.decode()
    assert "Symptom: Mouth sores" in page
    assert len(shown(choose(as_owner, journey))) == 3


def test_where_nothing_fits_it_says_so(as_owner, journey, rows):
    page = choose(as_owner, journey, level="ambulance").content.decode()
    assert "No check-in fits." in page


def test_a_reader_without_mood_is_not_told_of_it_by_the_level(as_viewer, journey):
    hidden = noted(journey, 1, tired=1, low_mood_or_worry=4)
    journey.shares.update(areas=[Area.SYMPTOMS])
    level = hidden.level
    assert level in ("now", "same_day")
    assert shown(choose(as_viewer, journey, level=level)) == []
    assert shown(choose(as_viewer, journey, level=hidden.without_mood["level"])) == [hidden]
    page = choose(as_viewer, journey).content.decode()
    assert "low-mood-or-worry" not in page


def test_looking_by_a_post_is_logged_as_looking(as_viewer, journey, rows):
    choose(as_viewer, journey, level="now")
    assert {row.kind for row in journey.access_events.all()} == {"read"}
