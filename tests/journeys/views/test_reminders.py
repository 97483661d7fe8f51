"""Reminders by mail: what is due, that each goes out once, and that one press ends them."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from journeys.actions.reminders import CLAIM_LASTS, send_due
from journeys.models import Area, Reminder, ReminderChoice
from journeys.reminders import plan
from tests.factories import (
    make_check_in,
    make_reminder,
    make_reminder_choice,
    make_share,
    make_stage,
    make_user,
)
from tests.journeys.views.reminder_tools import NOON, run, visit

pytestmark = pytest.mark.usefixtures("noon")

HEALTH = ("leukemia", "careguide says", "appointment", "check-in", "infusion", "olive", "treatment")


# --- What is due --------------------------------------------------------------------------------


def test_an_appointment_is_told_the_day_before_and_only_once(choice, journey):
    visit(journey, hours=24)
    assert run() == 1
    assert run() == 0
    assert run(NOON + timedelta(hours=2)) == 0
    assert mail.outbox[0].to == [journey.owner.email]


def test_not_yet_two_days_before_nor_when_it_is_past(choice, journey):
    visit(journey, hours=25)
    visit(journey, hours=-1)
    assert run() == 0


def test_one_that_was_made_today_needs_no_day_before(choice, journey):
    visit(journey, hours=20, made=-1)
    assert run() == 0


def test_a_moved_appointment_is_told_anew(choice, journey):
    appointment = visit(journey, hours=24)
    assert run() == 1
    appointment.day += timedelta(days=7)
    appointment.save()
    assert run(NOON + timedelta(days=7)) >= 1
    keys = Reminder.objects.filter(kind="appointment").values_list("key", flat=True)
    assert len(set(keys)) == 2


def test_a_second_mail_some_hours_before_for_those_who_want_it(choice, journey):
    choice.hours_before = 2
    choice.save()
    visit(journey, hours=24)
    assert run() == 1
    assert run(NOON + timedelta(hours=22)) == 1


def test_quiet_hours_wait_for_the_morning_where_the_person_is(choice, journey):
    night = NOON.replace(hour=20)  # 22 o'clock in Vienna
    visit(journey, hours=34)
    assert run(night) == 0
    assert run(night.replace(day=11, hour=5, minute=59)) == 0
    assert run(night.replace(day=11, hour=6, minute=0)) == 1


@pytest.mark.parametrize(
    ("phase", "days"), [("induction", 7), ("maintenance", 14), ("after", 30), ("", 7)]
)
def test_a_check_in_is_asked_for_less_often_later(choice, journey, phase, days):
    if phase:
        make_stage(journey=journey, phase=phase)
    assert run(NOON + timedelta(days=days - 1)) == 0
    assert run(NOON + timedelta(days=days)) == 1
    assert run(NOON + timedelta(days=2 * days - 1)) == 0


def test_daily_only_in_induction_and_only_if_chosen(choice, journey):
    choice.check_in = ReminderChoice.CheckIn.DAILY
    choice.save()
    make_stage(journey=journey, phase="induction")
    assert run(NOON + timedelta(days=1)) == 1
    make_stage(journey=journey, started_on=NOON.date() + timedelta(days=1), phase="maintenance")
    assert run(NOON + timedelta(days=2)) == 0


def test_who_wrote_something_down_is_not_asked(choice, journey):
    with time_machine.travel(NOON + timedelta(days=5), tick=False):
        make_check_in(journey=journey, tired=1)
    assert run(NOON + timedelta(days=8)) == 0
    assert run(NOON + timedelta(days=12)) == 1


def test_daily_mails_to_one_put_off_no_mail_to_the_other(choice, journey):
    kim = make_user(name="Kim")
    make_share(journey=journey, user=kim, ends_at=NOON + timedelta(days=90))
    make_reminder_choice(journey=journey, user=kim, check_in=ReminderChoice.CheckIn.DAILY)
    make_stage(journey=journey, phase="induction")
    for day in range(1, 8):
        run(NOON + timedelta(days=day))
    assert [message.to[0] for message in mail.outbox].count(journey.owner.email) == 1


def test_the_morning_after_a_visit_asks_for_the_answers(choice, journey):
    visit(journey, hours=-2)
    assert run() == 0
    assert run(NOON.replace(day=11, hour=7)) == 1
    assert Reminder.objects.get().kind == "after-visit"


def test_both_are_told_before_a_share_ends(choice, journey):
    caregiver = make_user(name="Kim")
    with time_machine.travel(NOON - timedelta(days=60), tick=False):
        make_share(journey=journey, user=caregiver, ends_at=NOON + timedelta(days=14))
    make_reminder_choice(journey=journey, user=caregiver, check_in="off")
    assert run() == 2
    assert {message.to[0] for message in mail.outbox} == {journey.owner.email, caregiver.email}
    assert run(NOON + timedelta(days=1)) == 0


# --- To whom, and to whom not ---------------------------------------------------------------------


@pytest.mark.parametrize("status", ["paused", "closed"])
def test_a_journey_that_rests_sends_nothing(choice, journey, status):
    visit(journey, hours=24)
    plan(NOON)
    journey.status = status
    journey.save()
    assert send_due(NOON) == 0
    assert run() == 0


def test_a_caregiver_gets_copies_only_by_choice_and_only_of_what_they_see(choice, journey):
    kim = make_user(name="Kim")
    share = make_share(journey=journey, user=kim, ends_at=NOON + timedelta(days=90))
    visit(journey, hours=24)
    assert run() == 1
    make_reminder_choice(journey=journey, user=kim)
    assert run(NOON + timedelta(minutes=1)) == 1
    share.areas = [Area.SYMPTOMS]
    share.save()
    visit(journey, hours=48)
    assert run(NOON + timedelta(hours=24)) == 1
    assert [message.to[0] for message in mail.outbox].count(kim.email) == 1


def test_what_somebody_keeps_to_themselves_is_not_told_to_others(choice, journey):
    kim = make_user(name="Kim")
    make_share(journey=journey, user=kim, ends_at=NOON + timedelta(days=90))
    make_reminder_choice(journey=journey, user=kim)
    visit(journey, hours=24, only_me=True)
    run()
    assert {message.to[0] for message in mail.outbox} == {journey.owner.email}


def test_an_appointment_deleted_after_planning_is_dropped(choice, journey):
    appointment = visit(journey, hours=24)
    plan(NOON)
    appointment.deleted_at = NOON
    appointment.save()
    assert send_due(NOON) == 0
    assert Reminder.objects.get().dropped_at


def test_a_mail_says_nothing_about_health_and_how_to_end_them(choice, journey):
    visit(journey, hours=24, title="Infusion", place="Ward 4")
    run()
    message = mail.outbox[0]
    text = f"{message.subject} {message.body}".lower()
    for word in (*HEALTH, "ward"):
        assert word not in text, word
    headers = message.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].strip("<>") in message.body
    assert headers["Message-ID"].startswith(f"<{Reminder.objects.get().pk}@")


# --- A mail server that fails -----------------------------------------------------------------


def test_a_server_that_is_down_delays_and_loses_nothing(choice, journey, server):
    visit(journey, hours=24)
    server.down = True
    for minutes in (0, 3, 20, 60):
        assert run(NOON + timedelta(minutes=minutes)) == 0
    server.down = False
    assert run(NOON + timedelta(hours=5)) == 1
    assert len(mail.outbox) == 1


def test_a_refused_mail_is_tried_again_and_arrives_once(choice, journey, server):
    visit(journey, hours=24)
    server.outcomes += [smtplib.SMTPDataError(451, b"later")]
    assert run() == 0
    assert run(NOON + timedelta(minutes=1)) == 0
    assert run(NOON + timedelta(minutes=30)) == 1
    assert run(NOON + timedelta(hours=3)) == 0
    assert len(mail.outbox) == 1


def test_where_nobody_knows_it_is_repeated_once_under_the_same_id(choice, journey, server):
    visit(journey, hours=24)
    server.outcomes += [smtplib.SMTPServerDisconnected(), TimeoutError()]
    for hours in (0, 1, 5, 10):
        assert run(NOON + timedelta(hours=hours)) == 0
    assert server.outcomes == []
    reminder = Reminder.objects.get()
    assert (reminder.tries, reminder.unsure) == (2, True)
    assert reminder.dropped_at


def test_a_run_that_died_in_the_middle_is_taken_over_once(choice, journey):
    reminder = make_reminder(
        journey=journey, due_at=NOON, try_after=NOON, claimed_at=NOON - CLAIM_LASTS * 2, tries=1
    )
    assert send_due(NOON) == 1
    reminder.refresh_from_db()
    assert reminder.unsure and reminder.sent_at


def test_a_second_run_in_the_middle_of_the_first_sends_nothing_twice(choice, journey, server):
    for _ in range(5):
        make_reminder(journey=journey, due_at=NOON, try_after=NOON)
    sent_within = []

    class Nosy(list):
        def pop(self, index=0):
            self.clear()
            sent_within.append(send_due(NOON))

    server.outcomes = Nosy([None])
    assert send_due(NOON) + sum(sent_within) == 5
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 5
    assert len(mail.outbox) == 5


def test_the_command_does_both(choice, journey, capsys):
    visit(journey, hours=24)
    call_command("run_due")
    assert "1 sent" in capsys.readouterr().out
