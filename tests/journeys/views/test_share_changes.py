"""A share is renewed or made smaller with one press, and everybody knows when it ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from journeys.actions.shares import accept, agree
from journeys.models import ReminderChoice
from tests.factories import make_appointment, make_share, make_user
from tests.visitors import client_of
from tests.world import url


@pytest.fixture
def share(journey):
    return make_share(journey=journey, user=make_user(name="Kim"))


def press(client, name, share):
    return client.post(
        url(name, journey_id=share.journey_id, share_id=share.pk), follow=True
    ).content.decode()


def page(client, name, journey):
    return client.get(url(name, journey_id=journey.pk)).content.decode()


def let_it_end_in(share, days):
    share.ends_at = timezone.now() + timedelta(days=days, hours=-1)
    share.save()


@pytest.mark.parametrize(("days", "told"), [(15, False), (14, True), (1, True)])
def test_both_sides_see_that_it_ends(as_owner, journey, share, days, told):
    let_it_end_in(share, days)
    assert ("Renew it for 90 days" in page(as_owner, "share_list", journey)) is told
    assert ("You see this until" in page(client_of(share.user), "today", journey)) is told


def test_one_press_renews_it_from_its_end(as_owner, share):
    let_it_end_in(share, 3)
    before = share.ends_at
    press(as_owner, "share_renew", share)
    share.refresh_from_db()
    assert share.ends_at == before + timedelta(days=90)


def test_no_number_of_presses_makes_it_longer_than_a_year(as_owner, share):
    for _turn in range(8):
        press(as_owner, "share_renew", share)
    share.refresh_from_db()
    assert share.ends_at <= timezone.now() + timedelta(days=366)


def test_what_has_ended_is_not_renewed(as_owner, journey, share):
    for ended in ({"ends_at": timezone.now()}, {"revoked_at": timezone.now()}):
        type(share).objects.filter(pk=share.pk).update(**ended)
        address = url("share_renew", journey_id=journey.pk, share_id=share.pk)
        assert as_owner.post(address).status_code == 404


def test_one_press_leaves_only_the_appointments_and_tells_nobody(as_owner, journey, share):
    make_appointment(journey=journey, title="Shared visit")
    press(as_owner, "share_narrow", share)
    theirs = client_of(share.user)
    assert "Shared visit" in page(theirs, "appointment_list", journey)
    assert theirs.get(url("check_in_list", journey_id=journey.pk)).status_code == 404
    assert not mail.outbox
    assert "Show only appointments" not in page(as_owner, "share_list", journey)


def test_where_appointments_are_hidden_they_stay_hidden(as_owner, share):
    share.areas = ["notes", "labs"]
    share.save()
    press(as_owner, "share_narrow", share)
    share.refresh_from_db()
    assert share.areas == []


def test_whoever_takes_part_is_told_by_mail_before_it_ends(journey):
    proven, other = make_user(email="kim@example.org"), make_user()
    invited = {"user": None, "accepted_at": None, "invited_email": "kim@example.org"}
    accept(share=make_share(journey=journey, **invited), by=proven)
    waiting = make_share(journey=journey, **invited)
    accept(share=waiting, by=other)
    assert not ReminderChoice.objects.filter(user=other).exists()
    waiting.refresh_from_db()
    agree(share=waiting, by=journey.owner)
    for user in (proven, other):
        choice = ReminderChoice.objects.get(user=user, journey=journey)
        assert choice.share_end
        assert not choice.day_before
        assert choice.check_in == "off"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("appointment_add", {"kind": "clinic-visit", "day": "2030-05-06", "time": "09:30"}),
        ("question_add", {"text": "Only mine?"}),
    ],
)
def test_a_visit_and_a_question_can_be_for_oneself_alone(as_owner, as_viewer, journey, name, said):
    as_owner.post(url(name, journey_id=journey.pk), said | {"zone": "UTC", "only_me": "on"})
    rows = journey.appointments if name == "appointment_add" else journey.questions
    assert rows.get().only_me
    listed = "appointment_list" if name == "appointment_add" else "question_list"
    assert str(rows.get().pk) not in page(as_viewer, listed, journey)


ADDING = [
    *("appointment_add", "question_add", "check_in_add", "lab_add", "medicine_add", "note_add"),
    "care_member_add",
]


@pytest.mark.parametrize("name", ADDING)
def test_a_caregiver_hides_nothing_from_the_patient(as_owner, as_contributor, journey, name):
    assert 'name="only_me"' in page(as_owner, name, journey)
    assert "only_me" not in page(as_contributor, name, journey)


def test_nor_by_posting_it_all_the_same(as_contributor, journey):
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    said = {"occurred_at": now, "symptom": ["tired"], "tired": "2", "only_me": "on"}
    as_contributor.post(url("check_in_add", journey_id=journey.pk), said)
    said = {"taken_on": now[:10], "lab": ["neutrophils"], "neutrophils": "500", "only_me": "on"}
    as_contributor.post(
        url("lab_add", journey_id=journey.pk), said | {"neutrophils-unit": "cells/µL"}
    )
    assert not journey.check_ins.get().only_me
    assert not journey.lab_reports.get().only_me
