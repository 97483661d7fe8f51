"""The bars of every page: the person's own pages and numbers, and only what is shared."""

from journeys.models import Area
from tests.factories import make_journey, make_share, make_user


def page_of(client, address):
    return client.get(address).content.decode()


def test_a_patient_who_reads_the_guide_keeps_their_pages_and_numbers_at_hand(as_owner, journey):
    text = page_of(as_owner, "/guide/")
    assert f'href="/journeys/{journey.pk}/call/"' in text
    assert f'href="/journeys/{journey.pk}/check-ins/add/"' in text


def test_a_person_with_two_journeys_is_not_led_into_either_from_the_guide(as_user, viewer, journey):
    make_journey(owner=viewer)
    text = page_of(as_user(viewer), "/guide/")
    assert f"/journeys/{journey.pk}/" not in text
    assert 'href="/call/"' in text


def test_a_viewer_is_offered_no_page_that_would_refuse_them(as_user, journey):
    user = make_user()
    make_share(journey=journey, user=user, areas=[Area.STAGE, Area.APPOINTMENTS])
    text = page_of(as_user(user), f"/journeys/{journey.pk}/")
    assert f'href="/journeys/{journey.pk}/appointments/"' in text
    assert "/check-ins/" not in text
    assert "/questions/" not in text
