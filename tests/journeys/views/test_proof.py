"""What opens the records to somebody else, or takes them along, asks for the password once more."""

from datetime import timedelta

import pytest
from django.core import mail

from journeys.models import Area
from journeys.urls import urlpatterns
from tests.clock import TODAY
from tests.factories import PASSWORD, make_share, make_user
from tests.visitors import client_of, prove, sign_in
from tests.world import PATTERNS, olives_world, url

TO_POST = {"share_add", "share_agree", "share_renew", "hand_over", "calendar_feed", "export_json"}
# A download leaves the page as it is, so its page asks before.
TO_LOOK = {"export"}
INVITATION = {
    "email": "kim@example.org",
    "role": "viewer",
    "areas": [Area.LABS],
    "ends_on": (TODAY + timedelta(days=30)).isoformat(),
}


def asks(answer):
    return answer.status_code == 302 and "/accounts/reauthenticate/" in answer.headers["Location"]


def stale(user):
    """Return a browser whose person proved who they are, but eleven minutes ago."""
    client = client_of(user)
    prove(client, seconds_ago=660)
    return client


def test_these_addresses_ask_and_no_others():
    needs = {row.name: getattr(row.callback, "proof_for", ()) for row in urlpatterns}
    assert {name for name, methods in needs.items() if "POST" in methods} == TO_POST | TO_LOOK
    assert {name for name, methods in needs.items() if "GET" in methods} == TO_LOOK


@pytest.mark.parametrize("name", sorted(TO_POST | TO_LOOK))
def test_each_of_them_asks_when_it_is_long_ago_and_not_when_just_done(db, name):
    world = olives_world()
    world.journey.kept_for_another = True
    world.journey.save()
    client = stale(world.journey.owner)
    come = client.get if name in TO_LOOK else client.post
    assert asks(come(world.url(name)))
    prove(client)
    assert not asks(come(world.url(name)))


def test_looking_at_the_form_asks_for_nothing(owner, journey):
    assert stale(owner).get(url("share_add", journey_id=journey.pk)).status_code == 200


def test_what_was_typed_is_done_once_the_password_is_given(
    owner, journey, django_capture_on_commit_callbacks
):
    client = sign_in(owner)
    prove(client, seconds_ago=660)
    asked = client.post(url("share_add", journey_id=journey.pk), INVITATION)
    assert asks(asked)
    assert not journey.shares.exists()
    with django_capture_on_commit_callbacks(execute=True):
        wrong = client.post(asked.headers["Location"], {"password": "something else entirely"})
        assert wrong.status_code == 200
        assert not journey.shares.exists()
        answer = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert answer.headers["Location"] == url("share_list", journey_id=journey.pk)
    assert journey.shares.get().invited_email == "kim@example.org"
    assert mail.outbox[-1].to == ["kim@example.org"]


def test_a_share_is_renewed_once_the_password_is_given_and_the_list_comes_back(owner, journey):
    share = make_share(journey=journey, user=make_user())
    client = sign_in(owner)
    prove(client, seconds_ago=660)
    asked = client.post(url("share_renew", journey_id=journey.pk, share_id=share.pk))
    before = share.ends_at
    share.refresh_from_db()
    assert share.ends_at == before
    page = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert page.redirect_chain == [(url("share_list", journey_id=journey.pk), 302)]
    assert "Renewed." in page.content.decode()
    share.refresh_from_db()
    assert share.ends_at > before


def test_a_code_for_the_doctor_in_front_of_one_never_asks(owner, journey):
    answer = stale(owner).post(url("doctor_code_make", journey_id=journey.pk))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({}, False),
        ({"role": "viewer"}, False),
        ({"areas": [Area.LABS]}, False),
        ({"role": "manager"}, True),
        ({"areas": [Area.LABS, Area.NOTES, Area.MOOD]}, True),
        ({"ends_on": (TODAY + timedelta(days=200)).isoformat()}, True),
    ],
)
def test_a_share_is_made_smaller_without_asking_and_wider_with(owner, journey, change, asked):
    areas = [Area.LABS, Area.NOTES]
    share = make_share(journey=journey, user=make_user(), role="contributor", areas=areas)
    said = {"role": "contributor", "areas": areas, "ends_on": INVITATION["ends_on"]} | change
    address = url("share_edit", journey_id=journey.pk, share_id=share.pk)
    assert asks(stale(owner).post(address, said)) is asked


def test_ending_never_asks(owner, journey):
    share = make_share(journey=journey, user=make_user())
    client = stale(owner)
    for name in ("share_narrow", "share_revoke"):
        assert not asks(client.post(url(name, journey_id=journey.pk, share_id=share.pk)))
    for name in ("share_revoke_all", "access_log_not_me"):
        assert not asks(client.post(url(name, journey_id=journey.pk)))


def test_a_sign_in_of_a_moment_ago_is_proof_enough(owner, journey):
    assert not asks(sign_in(owner).post(url("share_add", journey_id=journey.pk), INVITATION))


def test_a_stranger_learns_nothing_from_it(stranger, journey):
    assert stale(stranger).post(url("share_add", journey_id=journey.pk)).status_code == 404
    assert "share_add" in PATTERNS
