"""No mail goes in quiet hours: neither one that is late nor one that was planned late."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail

from journeys.actions.reminders import send_due
from journeys.models import Reminder
from journeys.reminders import plan
from tests.factories import make_medicine, make_reminder_choice
from tests.journeys.views.reminder_tools import NOON, run, visit

pytestmark = pytest.mark.usefixtures("noon")


def at(hour, minute=0, day=10):
    """A clock time where Olive lives, two hours ahead of UTC; quiet are 21 to 8."""
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC) - timedelta(hours=2)


def visit_at(journey, moment, **fields):
    return visit(journey, hours=(moment - NOON) / timedelta(hours=1), **fields)


def move(appointment, moment):
    appointment.day, appointment.time = moment.date(), moment.time()
    appointment.save()


def test_a_visit_that_is_moved_at_night_is_told_in_the_morning(choice, journey):
    appointment = visit_at(journey, at(15, day=20))
    move(appointment, at(15, day=11))
    assert run(at(22, 30)) == 0
    assert run(at(7, 59, day=11)) == 0
    assert run(at(8, day=11)) == 1


def test_a_server_that_comes_back_at_night_waits_for_the_morning(choice, journey, server):
    visit_at(journey, at(19, day=11))
    server.down = True
    assert run(at(19)) == 0
    server.down = False
    assert run(at(3, day=11)) == 0
    assert run(at(8, day=11)) == 1
    assert len(mail.outbox) == 1


def test_runs_that_come_back_at_night_wait_for_the_morning(choice, journey):
    visit_at(journey, at(19, day=11))
    assert run(at(3, day=11)) == 0
    assert run(at(8, day=11)) == 1


def test_a_mail_that_somebody_died_over_is_not_taken_over_at_night(choice, journey, server):
    visit_at(journey, at(19, day=11))
    plan(at(20))
    Reminder.objects.update(claimed_at=at(20), tries=1)
    assert send_due(at(23)) == 0
    assert send_due(at(8, day=11)) == 1


def test_an_hour_before_an_early_visit_comes_in_the_evening_before(choice, journey):
    choice.day_before, choice.hours_before = False, 1
    choice.save()
    visit_at(journey, at(7, 30, day=11))
    assert run(at(19, 59)) == 0
    assert run(at(20)) == 1
    assert run(at(6, 30, day=11)) == 0
    assert run(at(8, day=11)) == 0


def test_one_after_the_quiet_hours_comes_at_its_time(choice, journey):
    choice.day_before, choice.hours_before = False, 1
    choice.save()
    visit_at(journey, at(8, 30, day=11))
    assert run(at(20)) == 0
    assert run(at(8, day=11)) == 1


def test_one_that_was_made_in_the_evening_needs_no_word_of_the_evening(choice, journey):
    choice.day_before, choice.hours_before = False, 1
    choice.save()
    visit_at(journey, at(7, 30, day=11), made=8.5)
    assert run(at(20, 31)) == 0


def test_a_dose_keeps_its_own_time_also_when_its_mail_was_refused(choice, journey, server):
    choice.doses, choice.check_in, choice.day_before = True, "off", False
    choice.save()
    make_medicine(journey=journey, times=["20:50"], begins_on=NOON.date() - timedelta(days=9))
    server.down = True
    assert run(at(20, 50)) == 0
    server.down = False
    assert run(at(21, 20)) == 1


@pytest.mark.parametrize(
    ("begin", "end", "hour", "after", "before"),
    [
        (time(21), time(8), 20, at(20), at(20)),
        (time(21), time(8), 21, at(8, day=11), at(20)),
        (time(21), time(8), 3, at(8), at(20, day=9)),
        (time(21), time(8), 8, at(8), at(8)),
        (time(12), time(15), 13, at(15), at(11)),
        (time(12), time(15), 15, at(15), at(15)),
        (time(0), time(0), 3, at(3), at(3)),
    ],
)
def test_quiet_hours_lie_in_a_day_or_over_midnight(journey, noon, begin, end, hour, after, before):
    journey.owner.time_zone = "Europe/Vienna"
    quiet = make_reminder_choice(journey=journey, quiet_from=begin, quiet_until=end)
    assert quiet.after_quiet(at(hour)) == after
    assert quiet.before_quiet(at(hour)) == before


def test_they_end_by_the_clock_on_the_wall_also_when_it_is_changed(journey, noon):
    journey.owner.time_zone = "Europe/Vienna"
    quiet = make_reminder_choice(journey=journey)
    night = datetime(2026, 10, 24, 23, tzinfo=UTC)
    assert quiet.after_quiet(night) == datetime(2026, 10, 25, 7, tzinfo=UTC)
