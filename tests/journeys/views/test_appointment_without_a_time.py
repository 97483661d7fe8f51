"""A visit on a day whose time the clinic has not said yet."""

from datetime import time, timedelta

import time_machine

from tests.asserts import assert_kind_error
from tests.clock import NOON, TODAY
from tests.factories import make_appointment
from tests.journeys.views.test_appointments import add, edit, list_of
from tests.world import url

TOMORROW = TODAY + timedelta(days=1)


def test_it_is_written_down_by_its_day_and_gets_its_time_later(as_owner, journey):
    add(as_owner, journey, day=TOMORROW.isoformat(), time="", untimed="on")
    visit = journey.appointments.get()
    assert visit.time is None
    page = list_of(as_owner, journey)
    assert "time not known yet" in page and "23:59" not in page
    edit(as_owner, make_appointment(journey=journey), time="10:15")
    said = {"kind": visit.kind, "day": TOMORROW.isoformat(), "time": "10:15", "zone": visit.zone}
    given = said | {"fold": "0", "version": 1, "untimed": "on"}
    as_owner.post(url("appointment_edit", journey_id=journey.pk, appointment_id=visit.pk), given)
    visit.refresh_from_db()
    assert visit.time == time(10, 15)


def test_a_time_that_was_only_forgotten_is_asked_for(as_owner, journey):
    response = add(as_owner, journey, time="")
    assert_kind_error(response, "Choose the time, or say below that it is not known yet.")
    assert not journey.appointments.exists()


def test_a_series_can_be_written_down_before_its_times_are_known(as_owner, journey):
    add(as_owner, journey, time="", untimed="on", repeat="1", times="3")
    assert journey.appointments.filter(time=None).count() == 3


def test_it_is_to_come_until_its_day_is_over_and_stands_behind_the_others(as_owner, journey):
    make_appointment(journey=journey, day=TODAY, time=None, title="Ward rings")
    make_appointment(journey=journey, day=TODAY, time=time(22), title="Late one")
    assert [visit.title for visit in journey.appointments.upcoming(NOON)] == [
        "Late one",
        "Ward rings",
    ]
    month = journey.appointments.within(TODAY, TODAY)
    assert [visit.title for visit in month] == ["Late one", "Ward rings"]
    with time_machine.travel(NOON + timedelta(days=1)):
        assert not journey.appointments.upcoming(NOON + timedelta(days=1)).exists()


def test_the_timeline_tells_no_time_for_it(as_owner, journey):
    make_appointment(journey=journey, day=TODAY - timedelta(days=1), time=None)
    page = as_owner.get(url("timeline", journey_id=journey.pk)).content.decode()
    assert "Appointment</p>" in page
    assert "11:59 p.m." not in page and "22:59" not in page and "10:59 p.m." not in page
