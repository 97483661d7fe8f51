"""When to call: with the person's own numbers, and without any sign-in."""

import uuid

import pytest

from content.models import Centre
from tests.world import url

OWN, CENTRE = "+43 1 000 001", "+43 1 999 999"


@pytest.fixture
def centre(db):
    Centre(name="Old Town Hospital", cancer_line=CENTRE, emergency_number="112").save()


def page(client, journey=None):
    address = url("red_path", journey_id=journey.pk) if journey else "/call/"
    return client.get(address).content.decode()


def test_anybody_reads_when_to_call(client, db):
    text = page(client)
    assert "When to call, and whom" in text
    assert "38.0" in text


def test_without_numbers_no_button_is_dead(client, db):
    text = page(client)
    assert 'href="tel:' not in text
    assert "local emergency number" in text


def test_the_numbers_of_the_centre_stand_for_everybody(client, centre):
    text = page(client)
    assert 'href="tel:+431999999"' in text
    assert 'href="tel:112"' in text


def test_own_numbers_come_before_those_of_the_centre(as_owner, journey, centre):
    journey.cancer_line = OWN
    journey.save()
    text = page(as_owner, journey)
    assert OWN in text
    assert CENTRE not in text
    assert 'href="tel:112"' in text


def test_whoever_gave_no_number_sees_that_of_the_centre(as_owner, journey, centre):
    text = page(as_owner, journey)
    assert CENTRE in text
    assert "Write down your own numbers" in text


def test_a_viewer_without_any_area_still_sees_whom_to_call(as_viewer, journey):
    journey.shares.update(areas=[])
    journey.cancer_line = OWN
    journey.save()
    text = page(as_viewer, journey)
    assert OWN in text
    assert "Write down your own numbers" not in text


def test_whoever_is_not_signed_in_is_led_to_the_numbers_for_everybody(client, journey):
    for journey_id in (journey.pk, uuid.uuid4()):
        answer = client.get(url("red_path", journey_id=journey_id))
        assert (answer.status_code, answer.headers["Location"]) == (302, "/call/")
    assert client.get("/call/").status_code == 200


def test_stranger_sees_no_own_numbers(as_stranger, journey):
    assert as_stranger.get(url("red_path", journey_id=journey.pk)).status_code == 404


def test_levels_that_nobody_signed_say_so(as_owner, journey):
    assert "not yet signed off by a clinician at this center" in page(as_owner, journey)


@pytest.mark.parametrize(
    ("written", "dialed"),
    [
        ("+43 (0)1 40 400/12", "+4314040012"),
        ("(01) 404.00-12", "014040012"),
        ("144", "144"),
    ],
)
def test_a_button_dials_the_digits(as_owner, journey, written, dialed):
    journey.cancer_line = written
    journey.save()
    text = page(as_owner, journey)
    assert f'href="tel:{dialed}"' in text
    assert written in text


def test_every_page_of_a_journey_leads_there(as_owner, journey):
    own = url("red_path", journey_id=journey.pk)
    for name in ("today", "check_in_list", "question_list", "export", "journey_status"):
        text = as_owner.get(url(name, journey_id=journey.pk)).content.decode()
        assert f'class="red-path" href="{own}"' in text
