"""A journey kept for somebody is handed over once, to the last person who was named."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from journeys.actions.shares import CannotAcceptError, agree
from journeys.models import Journey, ReminderChoice
from tests.factories import make_reminder_choice, make_share, make_user
from tests.visitors import client_of
from tests.world import url


@pytest.fixture
def keeper(db):
    return make_user(name="Kim")


@pytest.fixture
def kept(keeper):
    """The journey that Kim keeps for Robin."""
    client_of(keeper).post(url("journey_keep"), {"name": "Robin"})
    return Journey.objects.get(owner=keeper)


@pytest.fixture
def hand_over_to(kept, keeper, django_capture_on_commit_callbacks):
    """Mail the link that hands the journey over, and return its path."""

    def send(address):
        with django_capture_on_commit_callbacks(execute=True):
            client_of(keeper).post(url("hand_over", journey_id=kept.pk), {"email": address})
        return re.search(r"https://testserver(/invitations/\S+)", mail.outbox[-1].body)[1]

    return send


def take_up(path, address):
    """Open the link with an account of this address, new or known; return the account."""
    user = make_user(email=address)
    client_of(user).post(path)
    return user


def owner_of(journey):
    journey.refresh_from_db()
    return journey.owner


def test_a_later_invitation_ends_the_earlier_whoever_it_went_to(hand_over_to, kept, keeper):
    wrong = hand_over_to("wrong@example.org")
    right = hand_over_to("right@example.org")
    take_up(wrong, "wrong@example.org")
    assert owner_of(kept) == keeper
    robin = take_up(right, "right@example.org")
    assert owner_of(kept) == robin


def test_the_earlier_link_takes_nothing_from_the_one_who_took_over(hand_over_to, kept):
    wrong = hand_over_to("wrong@example.org")
    robin = take_up(hand_over_to("right@example.org"), "right@example.org")
    other = take_up(wrong, "wrong@example.org")
    assert owner_of(kept) == robin
    assert client_of(other).get(url("today", journey_id=kept.pk)).status_code == 404


def test_a_link_left_open_beside_the_one_that_was_used_ends_with_it(hand_over_to, kept, keeper):
    path = hand_over_to("right@example.org")
    left = make_share(
        journey=kept, user=make_user(), hands_over=True, accepted_at=None, role="manager"
    )
    robin = take_up(path, "right@example.org")
    left.refresh_from_db()
    assert left.revoked_at
    answer = client_of(robin).post(url("share_agree", journey_id=kept.pk, share_id=left.pk))
    assert answer.status_code == 404
    assert owner_of(kept) == robin


def test_who_took_an_earlier_link_up_and_waits_is_let_in_no_more(hand_over_to, kept, keeper):
    take_up(hand_over_to("wrong@example.org"), "somebody@example.org")
    waiting = kept.shares.open(timezone.now()).get()
    robin = take_up(hand_over_to("right@example.org"), "right@example.org")
    waiting.refresh_from_db()
    assert waiting.revoked_at
    assert owner_of(kept) == robin


def test_no_share_of_a_journey_that_is_somebodys_own_hands_it_over(owner, journey):
    """As one left from before: the owner presses "let them in" and stays the owner."""
    waiting = make_share(journey=journey, user=make_user(), hands_over=True, accepted_at=None)
    address = url("share_agree", journey_id=journey.pk, share_id=waiting.pk)
    page = client_of(owner).post(address, follow=True).content.decode()
    assert "handed over already" in page
    assert owner_of(journey) == owner
    waiting.refresh_from_db()
    assert waiting.accepted_at is None
    with pytest.raises(CannotAcceptError):
        agree(share=waiting, by=owner)


def test_an_open_link_of_a_journey_that_is_somebodys_own_is_refused(owner, hand_over_to, kept):
    path = hand_over_to("right@example.org")
    Journey.objects.filter(pk=kept.pk).update(owner=owner, kept_for_another=False)
    take_up(path, "right@example.org")
    assert owner_of(kept) == owner
    assert not kept.shares.filter(accepted_at__isnull=False).exists()


def test_who_takes_over_begins_with_the_usual_reminders(hand_over_to, kept, keeper):
    robin = take_up(hand_over_to("right@example.org"), "right@example.org")
    for user in (robin, keeper):
        choice = ReminderChoice.objects.get(journey=kept, user=user)
        assert choice.day_before and choice.after_visit, user
        assert choice.check_in == "usual"


@pytest.mark.parametrize(
    ("chose", "day_before"),
    [
        ({"day_before": False, "after_visit": False, "check_in": "off"}, True),
        ({"day_before": False, "after_visit": True, "check_in": "off"}, False),
    ],
)
def test_who_saw_it_before_keeps_only_what_they_chose_themselves(
    hand_over_to, kept, chose, day_before
):
    path = hand_over_to("right@example.org")
    robin = make_user(email="right@example.org")
    make_share(journey=kept, user=robin)
    make_reminder_choice(journey=kept, user=robin, quiet_from="20:00", **chose)
    client_of(robin).post(path)
    assert owner_of(kept) == robin
    choice = ReminderChoice.objects.get(journey=kept, user=robin)
    assert choice.day_before is day_before
    assert choice.quiet_from.hour == 20


def test_who_wants_no_mails_gets_none_after_taking_over(hand_over_to, kept):
    path = hand_over_to("right@example.org")
    robin = make_user(email="right@example.org")
    make_share(journey=kept, user=robin)
    make_reminder_choice(journey=kept, user=robin, stopped_at=timezone.now())
    client_of(robin).post(path)
    assert owner_of(kept) == robin
    assert ReminderChoice.objects.get(journey=kept, user=robin).stopped_at
