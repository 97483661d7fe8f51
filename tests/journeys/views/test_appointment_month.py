"""The month: whole weeks with a mark on each day that has a visit, and the visits below."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from journeys.month import month_in, month_of
from tests.factories import make_appointment
from tests.world import url

TODAY = date(2026, 11, 28)


def page(client, journey, month=""):
    address = url("appointment_month", journey_id=journey.pk)
    return client.get(f"{address}?month={month}").content.decode()


def test_it_has_whole_weeks_from_monday(journey):
    month = month_of(journey.appointments.all(), date(2026, 11, 1))
    assert month.weeks[0][0].date == date(2026, 10, 26)
    assert month.weeks[-1][-1].date == date(2026, 12, 6)
    assert {len(week) for week in month.weeks} == {7}
    assert (month.before, month.after) == ("2026-10", "2026-12")


@pytest.mark.parametrize(
    ("first", "before", "after"),
    [
        (date(2026, 1, 1), "2025-12", "2026-02"),
        (date(2026, 12, 1), "2026-11", "2027-01"),
        (date(1950, 1, 1), "", "1950-02"),
        (date(2200, 12, 1), "2200-11", ""),
    ],
)
def test_it_leads_on_over_the_year_and_ends_where_nothing_is_kept(journey, first, before, after):
    month = month_of(journey.appointments.all(), first)
    assert (month.before, month.after) == (before, after)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026", "0001-01", "9999-12", "x" * 5000, "2026-1\0"]
)
def test_a_month_that_cannot_be_read_is_this_one(text):
    assert month_in(text, TODAY) == date(2026, 11, 1)


def test_a_visit_stands_on_the_day_it_has_at_its_place(as_owner, journey):
    # In Auckland the first of December has begun while it is still November in Vienna.
    make_appointment(journey=journey, title="Early", zone="Pacific/Auckland", day=date(2026, 12, 1))
    assert "Early" in page(as_owner, journey, "2026-12")
    assert "1 December, 1 visit" in page(as_owner, journey, "2026-12")
    assert "Early" not in page(as_owner, journey, "2026-11")


def test_a_month_without_visits_says_so_and_today_is_marked(as_owner, journey):
    with time_machine.travel(datetime(2026, 11, 28, 12, tzinfo=UTC), tick=False):
        said = page(as_owner, journey)
    assert "November 2026" in said
    assert '<td aria-current="date">28</td>' in said
    assert "Nothing is written down for this month." in said


def test_what_others_keep_to_themselves_leaves_no_mark(as_viewer, journey):
    make_appointment(journey=journey, day=date(2026, 12, 1), only_me=True)
    assert "visit-" not in page(as_viewer, journey, "2026-12")
