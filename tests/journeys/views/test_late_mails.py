"""A mail that was refused does not come late, in a row with others, or for ever."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from journeys.actions.reminders import send_due
from journeys.models import Reminder, ReminderChoice
from tests.factories import make_check_in, make_reminder, make_stage
from tests.journeys.views.reminder_tools import NOON, run, visit

pytestmark = pytest.mark.usefixtures("noon")


def refusal(code):
    return smtplib.SMTPRecipientsRefused({"olive@example.org": (code, b"no")})


def hours(number):
    return NOON + timedelta(hours=number)


def test_days_without_a_mail_server_end_in_one_check_in_mail(choice, journey, server):
    choice.check_in = ReminderChoice.CheckIn.DAILY
    choice.save()
    make_stage(journey=journey, phase="induction")
    server.down = True
    for day in range(1, 7):
        run(hours(24 * day))
    server.down = False
    assert run(hours(24 * 6 + 4)) == 1
    assert run(hours(24 * 6 + 8)) == 0
    assert Reminder.objects.filter(kind="check-in", sent_at=None, dropped_at=None).count() == 0


def test_a_check_in_that_was_written_meanwhile_is_asked_for_no_more(choice, journey):
    make_reminder(journey=journey, due_at=NOON - timedelta(hours=1), try_after=NOON)
    make_check_in(journey=journey, tired=1)
    assert send_due(NOON) == 0
    assert Reminder.objects.get().dropped_at


def test_a_check_in_from_before_the_mail_keeps_it(choice, journey):
    make_check_in(journey=journey, tired=1)
    make_reminder(journey=journey, due_at=hours(1), try_after=hours(1))
    assert send_due(hours(1)) == 1


@pytest.mark.parametrize(("days", "sent"), [(2.9, 1), (3.1, 0)])
def test_what_is_days_old_is_no_news_any_more(choice, journey, days, sent):
    due = NOON - timedelta(days=days)
    make_reminder(journey=journey, due_at=due, try_after=NOON)
    assert send_due(NOON) == sent


def test_a_journey_that_rested_for_months_brings_one_mail(choice, journey):
    journey.status = "paused"
    journey.save()
    assert run(hours(24 * 90)) == 0
    journey.status = "active"
    journey.save()
    for minutes in range(4):
        run(hours(24 * 90) + timedelta(minutes=minutes))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("error", [refusal(550), smtplib.SMTPDataError(554, b"never")])
def test_what_is_refused_for_good_is_tried_three_times(choice, journey, server, error):
    visit(journey, hours=24)
    server.outcomes += [error] * 9
    for number in range(9):
        assert run(hours(number)) == 0
    assert Reminder.objects.get().dropped_at
    assert len(server.outcomes) == 6


@pytest.mark.parametrize(
    "error", [refusal(450), smtplib.SMTPSenderRefused(550, b"who?", "us@example.org")]
)
def test_what_is_refused_for_now_or_for_our_sake_is_tried_on(choice, journey, server, error):
    visit(journey, hours=24)
    server.outcomes += [error] * 4
    for number in range(4):
        assert run(hours(number)) == 0
    assert run(hours(8)) == 1
