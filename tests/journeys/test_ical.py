"""Calendar files: right instants for a reader that did not write them; no more than was chosen."""

from datetime import UTC, date, datetime, time, timedelta

import vobject
from django.utils import timezone

from journeys import records
from journeys.ical import calendar_of
from tests.calendar_cases import CASES, visits_of
from tests.factories import make_appointment

HOSTILE = "Room 4\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT; a, b \\ " + "long " * 40


def read(journey, **chosen):
    """Return the events as vobject reads them."""
    said = calendar_of(journey.appointments.present(), **({"detailed": False} | chosen))
    return list(vobject.readOne(said.decode()).vevent_list)


def lines_of(journey, **chosen):
    said = calendar_of(journey.appointments.present(), **({"detailed": False} | chosen))
    return said.decode().split("\r\n")


def test_every_instant_is_right_over_clock_changes_and_a_leap_day(journey):
    instants = visits_of(journey)
    found = {event.uid.value: event.dtstart.value for event in read(journey)}
    assert found == instants
    assert len(found) == len(CASES)
    assert all(moment.tzinfo.utcoffset(moment) == timedelta(0) for moment in found.values())


def test_an_event_has_what_calendar_programs_insist_on(journey):
    visit = make_appointment(journey=journey)
    lines = lines_of(journey)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines
    assert "X-PUBLISHED-TTL:PT4H" in lines
    for start in ("PRODID:", "METHOD:PUBLISH", f"UID:{visit.pk}", "DTSTAMP:", "DTSTART:", "DTEND:"):
        assert len([line for line in lines if line.startswith(start)]) == 1, start
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_plain_feed_says_that_there_is_a_visit_and_nothing_else(journey):
    make_appointment(
        journey=journey,
        kind="lumbar-puncture",
        title="Chemotherapy",
        place="Ward",
        person="Dr. Gray",
        phone="+00 1",
        notes="Bring the scans",
    )
    said = "\n".join(lines_of(journey))
    for word in ("Chemotherapy", "Ward", "Gray", "+00", "scans", "Vienna", "umbar"):
        assert word not in said
    assert "SUMMARY:Appointment" in said


def test_with_details_it_says_what_where_and_with_whom_but_never_the_notes(journey):
    make_appointment(
        journey=journey, kind="lumbar-puncture", place="Ward", person="Dr. Gray", notes="The scans"
    )
    (event,) = read(journey, detailed=True)
    assert event.summary.value == "Lumbar puncture (spinal tap)"
    assert event.location.value == "Ward"
    assert event.description.value == "Dr. Gray\n09:30 at the place (Europe/Vienna)"
    assert "scans" not in "\n".join(lines_of(journey, detailed=True))


def test_what_somebody_typed_adds_no_line_of_its_own(journey):
    make_appointment(
        journey=journey, title=HOSTILE[:120], place=HOSTILE[:200], person=HOSTILE[:120]
    )
    lines = lines_of(journey, detailed=True)
    assert not [line for line in lines if line.startswith("ATTENDEE")]
    assert lines.count("END:VEVENT") == 1
    assert max(len(line.encode()) for line in lines) <= 75
    (event,) = read(journey, detailed=True)
    assert "ATTENDEE:mailto:x@example.org" in event.location.value


def test_a_change_keeps_the_id_and_counts_up(journey):
    visit = make_appointment(journey=journey)
    (before,) = read(journey)
    visit.time = time(11, 0)
    records.change(visit, by=journey.owner, expected_version=1)
    (after,) = read(journey)
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert after.dtstamp.value >= before.dtstamp.value


def test_a_visit_that_was_called_off_is_cancelled_and_does_not_ring(journey):
    visit = make_appointment(journey=journey)
    (event,) = read(journey, alarm_hours=2)
    assert event.status.value == "CONFIRMED"
    assert event.valarm.trigger.value == timedelta(hours=-2)
    visit.called_off = True
    records.change(visit, by=journey.owner, expected_version=1)
    (event,) = read(journey, alarm_hours=2)
    assert event.status.value == "CANCELLED"
    assert event.sequence.value == "1"
    assert "valarm" not in event.contents


def test_the_instant_is_found_anew_when_a_zone_changes_its_rules(journey):
    visit = make_appointment(journey=journey, day=date(2027, 7, 1), time=time(9, 0))
    type(visit).objects.filter(pk=visit.pk).update(starts_at=timezone.now())
    (event,) = read(journey)
    assert event.dtstart.value.astimezone(UTC) == datetime(2027, 7, 1, 7, 0, tzinfo=UTC)


def test_a_visit_whose_time_is_not_known_is_a_whole_day_that_does_not_ring(journey):
    visit = make_appointment(journey=journey, time=None)
    (event,) = read(journey, detailed=True, alarm_hours=24)
    assert event.dtstart.value == visit.day
    assert "dtend" not in event.contents and "valarm" not in event.contents
    assert event.description.value == "The time is not known yet."
