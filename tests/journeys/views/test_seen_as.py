"""The owner looks with the eyes of somebody they share with: the very pages that person gets."""

import re
import uuid

import pytest
from django.utils import timezone

from journeys.models import AccessEvent
from tests.factories import (
    make_appointment,
    make_calendar_feed,
    make_check_in,
    make_lab_report,
    make_note,
    make_question,
    make_share,
    make_stage,
    make_user,
)
from tests.visitors import client_of
from tests.world import url

PAGES = ["today", "timeline", "check_in_list", "appointment_list", "question_list", "summary"]
TOKENS = re.compile(
    r'("(csrfmiddlewaretoken|client_id)" value=|"X-CSRFToken": )"[^"]+"|\?as=[0-9a-f-]+'
)
BANNER = re.compile(r'<div class="notice seen-as">.*?</nav></div>', re.DOTALL)


@pytest.fixture
def written(journey):
    make_stage(journey=journey, phase="induction")
    make_check_in(journey=journey, tired=2, low_mood_or_worry=3, note="A hard day")
    make_appointment(journey=journey, title="Shared visit")
    make_appointment(journey=journey, title="Secret visit", only_me=True)
    make_question(journey=journey, text="For everybody?")
    make_note(journey=journey, text="A note")
    make_lab_report(journey=journey)


@pytest.fixture(params=[["appointments"], ["stage", "symptoms", "appointments", "questions"]])
def share(request, journey, written):
    user = make_user(name="Kim")
    return make_share(journey=journey, user=user, role="contributor", areas=request.param)


def body_of(answer):
    return BANNER.sub("", TOKENS.sub("", answer.content.decode())).split()


@pytest.mark.parametrize("name", PAGES)
def test_it_is_the_page_that_person_gets(as_owner, journey, share, name):
    theirs = client_of(share.user).get(url(name, journey_id=journey.pk))
    seen = as_owner.get(url(name, journey_id=journey.pk), {"as": share.pk})
    assert seen.status_code == theirs.status_code
    if theirs.status_code == 200:
        assert body_of(seen) == body_of(theirs)
        assert b"This is how Kim sees it." in seen.content


def test_looking_so_is_no_look_of_theirs(as_owner, journey, share):
    as_owner.get(url("today", journey_id=journey.pk), {"as": share.pk})
    assert not AccessEvent.objects.exists()
    # And the owner is the owner again on the next page.
    assert as_owner.get(url("share_list", journey_id=journey.pk)).status_code == 200


def test_what_is_posted_is_the_owners_own_doing(as_owner, owner, journey, share):
    address = f"{url('question_add', journey_id=journey.pk)}?as={share.pk}"
    as_owner.post(address, {"text": "Mine?"})
    assert journey.questions.get(text="Mine?").author == owner


def test_nobody_else_looks_with_the_eyes_of_another(as_viewer, journey, share):
    plain = as_viewer.get(url("today", journey_id=journey.pk))
    asked = as_viewer.get(url("today", journey_id=journey.pk), {"as": share.pk})
    assert body_of(asked) == body_of(plain)


def test_only_a_share_of_this_journey_that_counts_now(as_owner, journey, stranger):
    foreign = make_share(journey=stranger.own_journeys.get(), user=make_user())
    ended = make_share(journey=journey, user=make_user(), revoked_at=timezone.now())
    waiting = make_share(journey=journey, user=make_user(), accepted_at=None)
    for share_id in (foreign.pk, ended.pk, waiting.pk, uuid.uuid4(), "no-id", ""):
        answer = as_owner.get(url("today", journey_id=journey.pk), {"as": share_id})
        assert answer.status_code == 404, share_id


@pytest.mark.parametrize("name", ["calendar_feed", "reminder_edit", "share_leave"])
def test_what_is_that_persons_own_is_not_shown(as_owner, journey, share, name):
    make_calendar_feed(journey=journey, user=share.user, name="Work phone of Kim")
    answer = as_owner.get(url(name, journey_id=journey.pk), {"as": share.pk})
    assert answer.status_code == 404
    assert client_of(share.user).get(url(name, journey_id=journey.pk)).status_code == 200
