"""Visits that repeat: single appointments made from a rule, each free to change."""

from datetime import UTC, date, datetime

import pytest

from journeys.forms.appointments import days_of
from tests.asserts import assert_kind_error
from tests.journeys.views.test_appointments import add, at, fields
from tests.world import url


def days_in(journey):
    return list(journey.appointments.order_by("day").values_list("day", flat=True))


@pytest.mark.parametrize(
    ("repeat", "last"),
    [
        ("1", date(2027, 1, 26)),
        ("2", date(2027, 2, 9)),
        ("3", date(2027, 2, 23)),
        ("4", date(2027, 3, 9)),
        ("month", date(2027, 3, 12)),
    ],
)
def test_a_visit_comes_again_as_often_as_planned(as_owner, journey, repeat, last):
    answer = add(as_owner, journey, repeat=repeat, times="3")
    assert answer.url == url("appointment_list", journey_id=journey.pk)
    assert len(days_in(journey)) == 3
    assert days_in(journey)[-1] == last
    assert "Saved: 3 visits." in as_owner.get(answer.url).content.decode()


def test_a_month_that_is_too_short_has_its_visit_on_its_last_day():
    days = days_of(date(2027, 10, 31), "month", 5)
    assert [f"{day:%d %b %y}" for day in days] == [
        *("31 Oct 27", "30 Nov 27", "31 Dec 27", "31 Jan 28", "29 Feb 28"),
    ]


def test_each_visit_of_a_series_changes_alone(as_owner, journey):
    add(as_owner, journey, repeat="1", times="3")
    first, second, third = journey.appointments.order_by("day")
    page = as_owner.get(at("appointment_edit", second)).content.decode()
    assert "Does it repeat?" not in page
    changed = fields(day="2027-01-20", version=second.version, repeat="1", times="9")
    assert as_owner.post(at("appointment_edit", second), changed).status_code == 302
    assert days_in(journey) == [first.day, date(2027, 1, 20), third.day]


def test_two_taps_make_one_series(as_owner, journey):
    for _turn in range(2):
        same = {"client_id": "6f1c7a0e-8a3e-4a47-9a52-0d4b8a4f2f11"}
        assert add(as_owner, journey, repeat="1", times="4", **same).status_code == 302
    assert len(days_in(journey)) == 4


def test_the_clock_time_stays_when_the_clocks_change(as_owner, journey):
    add(as_owner, journey, day="2026-10-20", repeat="1", times="2")
    moments = list(journey.appointments.order_by("day").values_list("starts_at", flat=True))
    assert moments == [
        datetime(2026, 10, 20, 7, 30, tzinfo=UTC),
        datetime(2026, 10, 27, 8, 30, tzinfo=UTC),
    ]


def test_a_later_visit_at_a_time_that_does_not_exist_is_named(as_owner, journey):
    missing = {"day": "2026-03-22", "time": "02:30", "repeat": "1", "times": "3"}
    response = add(as_owner, journey, **missing)
    assert_kind_error(response, "On 29 March 2026 this clock time does not exist")
    assert not journey.appointments.exists()


def test_a_later_visit_at_a_time_that_comes_twice_is_asked_about(as_owner, journey):
    twice = {"day": "2026-10-18", "time": "02:30", "repeat": "1", "times": "3"}
    assert_kind_error(add(as_owner, journey, **twice), "this time comes twice")
    assert add(as_owner, journey, **twice, fold="1").status_code == 302
    rows = journey.appointments.order_by("day").values_list("fold", flat=True)
    assert list(rows) == [0, 1, 0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"repeat": "1"}, "How many visits are planned"),
        ({"times": "3"}, "Choose how often"),
        ({"repeat": "1", "times": "1"}, "Write a number from 2 to 52."),
        ({"repeat": "1", "times": "53"}, "Write a number from 2 to 52."),
        ({"repeat": "1", "times": "-9999999999"}, "Write a number from 2 to 52."),
        ({"repeat": "1", "times": "many"}, "Write a number from 2 to 52."),
        ({"repeat": "daily", "times": "3"}, "Select a valid choice"),
        ({"day": "9999-12-31", "repeat": "1", "times": "3"}, "Please check the year."),
    ],
)
def test_a_rule_that_cannot_be_is_refused_kindly(as_owner, journey, wrong, words):
    response = add(as_owner, journey, notes="Bring the pass", **wrong)
    assert_kind_error(response, typed="Bring the pass")
    assert words in response.content.decode()
    assert not journey.appointments.exists()
