"""One mail a day about visits, before and after, and none about what was moved or told already."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from content.models import VisitKind
from journeys.actions.reminders import send_due
from journeys.models import Appointment, Area, Reminder
from journeys.models.appointments import STAYS
from journeys.reminders import plan
from tests.factories import make_reminder_choice, make_share, make_user
from tests.journeys.views.reminder_tools import NOON, run, visit
from tests.visitors import client_of
from tests.world import url

pytestmark = pytest.mark.usefixtures("noon")

# Nine in the morning where Olive lives.
MORNING = NOON.replace(day=11, hour=7)


def press(visit, said):
    address = url("appointment_look_back", journey_id=visit.journey_id, appointment_id=visit.pk)
    assert client_of(visit.journey.owner).post(address, said).status_code == 302


def move(visit, days):
    """Move a visit as people do, on its page."""
    address = url("appointment_edit", journey_id=visit.journey_id, appointment_id=visit.pk)
    client = client_of(visit.journey.owner)
    page = client.get(address).context["form"]
    said = {name: page[name].value() or "" for name in page.fields}
    said |= {"day": (visit.day + timedelta(days=days)).isoformat(), "time": str(visit.time)}
    assert client.post(address, said).status_code == 302
    visit.refresh_from_db()


# --- After a visit ------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [{"not_now": ""}, {"how_it_went": "Good.", "version": "1"}])
def test_who_looked_back_is_asked_by_no_mail(choice, journey, said):
    press(visit(journey, hours=-3), said)
    assert run(MORNING) == 0


def test_who_looks_back_after_it_was_planned_is_asked_by_no_mail(choice, journey):
    row = visit(journey, hours=-3)
    plan(MORNING)
    press(row, {"not_now": ""})
    assert send_due(MORNING) == 0
    assert Reminder.objects.get().dropped_at


def test_past_visits_that_are_entered_later_bring_no_mail(choice, journey):
    for hours in (-30, -40, -50):
        visit(journey, hours=hours, made=0)
    assert run(MORNING) == 0


def test_a_day_of_three_visits_is_asked_about_once(choice, journey):
    first = visit(journey, hours=-5)
    for hours in (-4, -3):
        visit(journey, hours=hours)
    press(first, {"not_now": ""})
    assert run(MORNING) == 1
    assert run(MORNING + timedelta(days=1)) == 0


def test_visits_of_two_days_are_asked_about_on_two(choice, journey):
    choice.day_before = False
    choice.save()
    visit(journey, hours=-3)
    visit(journey, hours=21)
    assert run(MORNING) == 1
    assert run(MORNING + timedelta(days=1)) == 1


def test_what_another_keeps_to_themselves_is_not_asked_about(choice, journey):
    kim = make_user()
    make_share(journey=journey, user=kim, areas=[Area.APPOINTMENTS])
    make_reminder_choice(journey=journey, user=kim, check_in="off")
    visit(journey, hours=-3, only_me=True)
    run(MORNING)
    assert [message.to for message in mail.outbox] == [[journey.owner.email]]


def test_a_visit_that_was_moved_after_its_mail_is_asked_about_again(choice, journey):
    row = visit(journey, hours=-3)
    assert run(MORNING) == 1
    with time_machine.travel(MORNING, tick=False):
        press(row, {"not_now": ""})
        move(row, days=3)
        assert not row.looked_back
    assert run(MORNING + timedelta(days=3)) == 1


def test_a_visit_whose_past_day_is_corrected_stays_looked_back_on(choice, journey):
    row = visit(journey, hours=-3)
    press(row, {"not_now": ""})
    row.refresh_from_db()
    move(row, days=-1)
    assert row.looked_back


def test_today_asks_about_the_visit_that_really_took_place(choice, journey):
    row = visit(journey, hours=-3)
    press(row, {"not_now": ""})
    move(row, days=1)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        page = client_of(journey.owner).get(url("today", journey_id=journey.pk))
        assert page.context["look_back"] == row


@pytest.mark.parametrize("kind", STAYS)
def test_nobody_on_the_ward_is_asked_how_it_went(choice, journey, kind):
    assert VisitKind.objects.filter(slug=kind).exists()
    visit(journey, hours=-3, kind=kind)
    page = client_of(journey.owner).get(url("today", journey_id=journey.pk))
    assert page.context["look_back"] is None
    assert run(MORNING) == 0


def test_after_some_days_it_is_not_asked_any_more(choice, journey, server):
    visit(journey, hours=-3)
    server.down = True
    assert run(MORNING) == 0
    server.down = False
    assert run(MORNING + timedelta(days=2, hours=3)) == 0


# --- Before a visit -------------------------------------------------------------------------------


def test_a_day_with_three_visits_is_told_once_the_day_before(choice, journey):
    for hours in (24, 25, 26):
        visit(journey, hours=hours)
    sent = [run(NOON + timedelta(hours=hours)) for hours in range(4)]
    assert sent == [1, 0, 0, 0]


def test_also_when_they_begin_together_or_all_come_due_at_once(choice, journey):
    for hours in (24, 24, 25, 26):
        visit(journey, hours=hours)
    assert run(NOON + timedelta(hours=5)) == 1
    assert run(NOON + timedelta(hours=6)) == 0


def test_one_that_is_left_when_the_first_is_called_off_is_told(choice, journey):
    first = visit(journey, hours=24)
    visit(journey, hours=26)
    Appointment.objects.filter(pk=first.pk).update(called_off=True)
    assert run() == 0
    assert run(NOON + timedelta(hours=2)) == 1


def test_one_that_somebody_adds_after_the_mail_is_told(choice, journey):
    visit(journey, hours=24)
    assert run() == 1
    visit(journey, hours=27, made=1)
    assert run(NOON + timedelta(hours=3)) == 1


def test_a_visit_one_may_not_see_stands_for_no_other(choice, journey):
    kim = make_user()
    make_share(journey=journey, user=kim, areas=[Area.APPOINTMENTS])
    make_reminder_choice(journey=journey, user=kim, check_in="off")
    visit(journey, hours=24, only_me=True)
    visit(journey, hours=25)
    run()
    run(NOON + timedelta(hours=1))
    assert [message.to[0] for message in mail.outbox] == [journey.owner.email, kim.email]


def test_a_day_and_two_hours_before_that_come_due_together_are_one_mail(choice, journey, server):
    choice.hours_before = 2
    choice.quiet_from = choice.quiet_until
    choice.save()
    visit(journey, hours=24)
    server.down = True
    assert run() == 0
    server.down = False
    assert run(NOON + timedelta(hours=22, minutes=1)) == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("days", [1, 6])
def test_a_mail_that_waits_does_not_go_when_its_visit_was_moved(choice, journey, server, days):
    row = visit(journey, hours=24)
    server.down = True
    assert run() == 0
    server.down = False
    move(row, days=days)
    assert run(NOON + timedelta(hours=1)) == 0
    assert run(NOON + timedelta(days=days)) == 1


def test_a_visit_without_a_time_is_told_of_on_the_morning_before(choice, journey):
    told = visit(journey, hours=48)
    Appointment.objects.filter(pk=told.pk).update(time=None)
    Appointment.objects.get(pk=told.pk).save()
    # Nine in the morning where the visit is: UTC.
    morning = NOON.replace(day=11, hour=9)
    assert run(morning - timedelta(minutes=2)) == 0
    assert run(morning) == 1
    assert run(morning + timedelta(hours=1)) == 0
