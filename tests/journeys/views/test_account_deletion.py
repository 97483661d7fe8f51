"""Deleting an account: hidden at once, kept with one press for two weeks, then gone for good."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from journeys import records
from journeys.actions.accounts import purge_accounts, purge_records
from journeys.actions.check_ins import correct_check_in
from journeys.actions.medicines import write_dose
from journeys.management.commands import run_due
from journeys.models import Note, Question, Revision, SymptomEntry, User
from tests.clock import TODAY
from tests.factories import (
    make_calendar_feed,
    make_check_in,
    make_corrected_note,
    make_journey,
    make_medicine,
    make_note,
    make_question,
    make_reminder_choice,
    make_share,
)
from tests.visitors import client_of, prove, sign_in
from tests.world import url

DELETE, GOING = "/profile/delete/", "/profile/going/"
DAYS_14 = timedelta(days=14)


@pytest.fixture
def going(as_owner, django_capture_on_commit_callbacks):
    """The owner has asked to be deleted."""
    with django_capture_on_commit_callbacks(execute=True):
        assert as_owner.post(DELETE).headers["Location"] == GOING
    return as_owner


def test_the_page_says_what_goes_and_asks_for_the_password(as_owner, owner):
    page = as_owner.get(DELETE).content.decode()
    assert "For 14 days you can sign in and keep it with one press." in page
    prove(as_owner, seconds_ago=660)
    assert "/accounts/reauthenticate/" in as_owner.post(DELETE).headers["Location"]
    owner.refresh_from_db()
    assert not owner.is_going


def test_everybody_else_loses_it_at_once(viewer, going, journey):
    assert client_of(viewer).get(url("today", journey_id=journey.pk)).status_code == 404


def test_sharing_calendars_and_other_devices_end(owner, journey, viewer):
    make_calendar_feed(journey=journey, token="mine")
    here, elsewhere = sign_in(owner), sign_in(owner)
    here.post(DELETE)
    assert not journey.shares.filter(revoked_at=None).exists()
    assert Client().get("/calendar/mine.ics").status_code == 404
    assert elsewhere.get("/profile/").status_code == 302
    assert here.get(GOING).status_code == 200


def test_whatever_they_come_for_they_are_asked_about_it(going, journey):
    for address in ("/home/", "/profile/", url("today", journey_id=journey.pk)):
        assert going.get(address).headers["Location"] == GOING
    assert "Keep my account" in going.get(GOING).content.decode()


def test_the_mail_says_until_when_and_nothing_of_health(going, owner):
    (message,) = mail.outbox
    assert message.to == [owner.email]
    day = timezone.localdate() + DAYS_14
    assert f"{day.day} {day:%B %Y}" in message.body
    assert "journey" not in (message.subject + message.body).lower()


def test_one_press_keeps_it_and_what_was_shared_stays_ended(viewer, going, journey):
    assert going.post(GOING).headers["Location"] == "/home/"
    assert going.get(url("today", journey_id=journey.pk)).status_code == 200
    assert client_of(viewer).get(url("today", journey_id=journey.pk)).status_code == 404
    assert purge_accounts(timezone.now() + timedelta(days=60)) == 0


def test_nothing_is_sent_meanwhile(going, owner, journey):
    make_reminder_choice(journey=journey)
    mail.outbox.clear()
    call_command("run_due", verbosity=0)
    assert not mail.outbox


@pytest.mark.parametrize(("days", "gone"), [(13, 0), (15, 1)])
def test_it_is_gone_after_two_weeks_and_not_before(going, owner, journey, days, gone):
    make_note(journey=journey)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert purge_accounts(timezone.now()) == gone
    assert User.objects.filter(pk=owner.pk).exists() is not bool(gone)
    assert Note.objects.exists() is not bool(gone)


def test_its_sign_ins_go_too(owner, journey):
    client = sign_in(owner)
    client.post(DELETE)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        purge_accounts(timezone.now())
    assert not Session.objects.exists()


def test_a_caregivers_account_goes_and_what_they_wrote_stays(journey, contributor):
    make_share(journey=make_journey(), user=contributor)
    question = make_question(journey=journey, author=contributor)
    client_of(contributor).post(DELETE)
    # Nothing of the patient's has ended but their own part in it.
    assert journey.shares.filter(revoked_at=None).count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        purge_accounts(timezone.now())
    question.refresh_from_db()
    assert question.author is None
    assert not journey.shares.exists()


def test_a_caregiver_who_is_going_sees_nothing_and_takes_up_nothing(journey, contributor):
    client = client_of(contributor)
    client.post(DELETE)
    assert client.get(url("today", journey_id=journey.pk)).headers["Location"] == GOING


def test_who_keeps_a_journey_for_somebody_is_told_to_hand_it_over(as_owner, owner):
    assert "You keep a journey for somebody" not in as_owner.get(DELETE).content.decode()
    make_journey(owner=owner, kept_for_another=True)
    assert "You keep a journey for somebody" in as_owner.get(DELETE).content.decode()


def test_staff_are_deleted_elsewhere(editor):
    assert client_of(editor).post(DELETE).status_code == 403


# --- What was put away ----------------------------------------------------------------------------
def test_what_can_no_longer_be_taken_back_is_deleted_with_its_earlier_texts(journey):
    lasting, put_away = make_corrected_note(journey=journey), make_corrected_note(journey=journey)
    records.delete(put_away)
    assert purge_records(timezone.now() + timedelta(hours=23)) == 0
    assert purge_records(timezone.now() + timedelta(hours=25)) == 1
    assert list(Note.objects.all()) == [lasting]
    assert set(Revision.objects.values_list("record_id", flat=True)) == {lasting.pk}


def test_what_a_deleted_check_in_and_medicine_held_goes_with_them(journey):
    check_in = make_check_in(journey=journey, tired=3)
    correct_check_in(
        check_in=check_in,
        by=journey.owner,
        expected_version=1,
        entries=[SymptomEntry(symptom="tired", score=1)],
        kept=[],
        occurred_at=check_in.occurred_at,
        note="",
        only_me=False,
    )
    medicine = make_medicine(journey=journey)
    for outcome in ("taken", "missed"):
        write_dose(medicine=medicine, by=journey.owner, day=TODAY, slot="", outcome=outcome)
    kinds = {"checkin", "symptomentry", "dose"}
    assert set(Revision.objects.values_list("model", flat=True)) == kinds
    for record in (check_in, medicine):
        records.delete(record)
    purge_records(timezone.now() + timedelta(hours=25))
    assert not Revision.objects.exists()


def test_what_failed_is_done_by_the_next_run(journey, monkeypatch):
    cache.clear()
    make_note(journey=journey)
    records.delete(make_question(journey=journey))
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        fails = mock.Mock(side_effect=DatabaseError)
        monkeypatch.setattr(run_due, "purge_records", fails)
        with pytest.raises(DatabaseError):
            call_command("run_due", verbosity=0)
        monkeypatch.undo()
        call_command("run_due", verbosity=0)
    assert not Question.objects.exists()


def test_it_is_done_once_a_day_by_what_sends_the_reminders(journey):
    cache.clear()
    records.delete(make_question(journey=journey))
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False) as clock:
        call_command("run_due", verbosity=0)
        assert not Question.objects.exists()
        records.delete(make_question(journey=journey))
        Question.objects.update(deleted_at=timezone.now() - timedelta(days=3))
        clock.shift(timedelta(hours=23))
        call_command("run_due", verbosity=0)
        assert Question.objects.exists()
        clock.shift(timedelta(hours=2))
        call_command("run_due", verbosity=0)
        assert not Question.objects.exists()
