"""Words say of whom they speak: "you" is the reader, and what is said of several is told apart."""

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from tests.factories import (
    make_appointment,
    make_check_in,
    make_share,
    make_stage,
    make_user,
)
from tests.visitors import client_of, sign_in
from tests.world import url


@pytest.fixture
def as_manager(journey):
    user = make_user(name="Mia Manager")
    make_share(journey=journey, user=user, role="manager")
    return client_of(user)


def main(client, name, journey, **keys):
    page = client.get(url(name, journey_id=journey.pk, **keys)).content.decode()
    return " ".join(page.partition("<main")[2].partition("</main>")[0].split())


def test_the_stage_of_somebody_else_is_not_called_yours(as_owner, as_manager, journey):
    for name, yours, theirs in [
        ("stage_detail", "Mark where I am", "Mark the stage"),
        ("stage_add", "Where are you now?", "Which part of treatment is it?"),
        ("today", "Where are you now?", "Which part of treatment is it?"),
    ]:
        assert yours in main(as_owner, name, journey), name
        assert theirs in main(as_manager, name, journey), name
    make_stage(journey=journey)
    for name in ("stage_detail", "today"):
        assert "Where you are" in main(as_owner, name, journey)
        text = main(as_manager, name, journey)
        assert "Where Olive is" in text and "Where you are" not in text
    assert "Your way so far" in main(as_owner, "stage_detail", journey)
    assert "The way so far" in main(as_manager, "stage_detail", journey)


def test_a_caregiver_did_not_write_what_they_read(as_owner, as_manager, journey):
    key = {"check_in_id": make_check_in(journey=journey, tired=1).pk}
    assert "What you wrote" in main(as_owner, "check_in_detail", journey, **key)
    text = main(as_manager, "check_in_detail", journey, **key)
    assert "What was written down" in text and "What you wrote" not in text


def test_limit_and_name_of_somebody_else_are_not_called_yours(as_owner, as_manager, journey):
    assert "<h1>Your fever limit</h1>" in main(as_owner, "journey_limit", journey)
    assert "<h1>Fever limit</h1>" in main(as_manager, "journey_limit", journey)
    assert "<h1>Your name here</h1>" in main(as_owner, "journey_name", journey)
    assert "<h1>Name</h1>" in main(as_manager, "journey_name", journey)
    assert "No limit of your own." in main(as_owner, "journey_detail", journey)
    assert "No limit of their own." in main(as_manager, "journey_detail", journey)
    journey.fever_limit = "37.8"
    journey.save()
    assert "Your own limit: 37.8" in main(as_owner, "journey_detail", journey)
    assert "A limit of their own: 37.8" in main(as_manager, "journey_detail", journey)


def test_only_who_may_keep_a_check_in_to_themselves_is_told_where(as_owner, as_manager, journey):
    assert "It was earlier, or only for me" in main(as_owner, "check_in_add", journey)
    text = main(as_manager, "check_in_add", journey)
    assert "<summary>It was earlier</summary>" in text


def test_without_a_zone_of_ones_own_the_one_of_the_site_is_told(as_owner, owner, journey, settings):
    settings.TIME_ZONE = "Europe/Vienna"
    assert "Your time zone: Europe/Vienna." in main(as_owner, "reminder_edit", journey)
    owner.time_zone = "Asia/Tokyo"
    owner.save()
    assert "Your time zone: Asia/Tokyo." in main(as_owner, "reminder_edit", journey)


def test_recent_treatment_stands_with_the_treatment(as_owner, journey):
    text = main(as_owner, "today", journey)
    assert text.index("Treatment log") < text.index("Recent treatment") < text.index("Who helps")


def test_visits_of_one_kind_are_told_apart_by_their_days(as_owner, journey):
    for day in (date(2027, 2, 1), date(2027, 2, 8)):
        make_appointment(journey=journey, kind="clinic-visit", day=day)
    links = re.findall(r">Details.*?</a>", main(as_owner, "appointment_list", journey))
    assert len(set(links)) == len(links) == 2


def test_who_is_let_in_is_named_on_the_button(as_owner, journey):
    for name in ("Ann", "Ben"):
        make_share(journey=journey, user=make_user(name=name), accepted_at=None)
    buttons = re.findall(r">I know them.*?</button>", main(as_owner, "share_list", journey))
    assert [name in one for name, one in zip(("Ann", "Ben"), sorted(buttons), strict=True)]


def test_a_device_and_a_key_are_named_by_what_ends_them(owner, journey):
    here, _there = sign_in(owner), sign_in(owner)
    page = here.get("/accounts/sessions/").content.decode()
    assert re.search(r'Sign out there<span class="visually-hidden">: [^<]+, now<', page)
    for name in ("Phone", "Stick"):
        data = {"name": name, "credential": {}}
        Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data=data)
    page = here.get("/accounts/2fa/webauthn/").content.decode()
    for words in ("Rename", "Remove"):
        for name in ("Phone", "Stick"):
            assert f'{words}<span class="visually-hidden">: {name}</span>' in page
