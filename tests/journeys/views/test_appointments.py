"""Appointments: the clock time of the place is what counts, also on the nights clocks change."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from journeys.models import Appointment, Revision
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import make_appointment
from tests.world import url

FORWARD = "2026-03-29"  # in Vienna, 02:00 to 03:00 does not exist
BACK = "2026-10-25"  # in Vienna, 02:00 to 03:00 comes twice


def fields(**changes):
    return {
        "kind": "lumbar-puncture",
        "title": "",
        "day": "2027-01-12",
        "time": "09:30",
        "zone": "Europe/Vienna",
        "fold": "",
        "place": "Day ward",
        "person": "",
        "phone": "",
        "notes": "",
        "client_id": str(uuid.uuid4()),
    } | changes


def add(client, journey, **changes):
    return client.post(url("appointment_add", journey_id=journey.pk), fields(**changes))


def at(name, appointment):
    return url(name, journey_id=appointment.journey_id, appointment_id=appointment.pk)


def edit(client, appointment, **changes):
    given = {
        "kind": appointment.kind,
        "day": appointment.day.isoformat(),
        "time": f"{appointment.time:%H:%M}",
        "zone": appointment.zone,
        "fold": str(appointment.fold),
        "version": appointment.version,
    }
    return client.post(at("appointment_edit", appointment), given | changes)


def list_of(client, journey):
    return client.get(url("appointment_list", journey_id=journey.pk)).content.decode()


def test_owner_adds_an_appointment_and_sees_how_to_prepare(as_owner, journey):
    response = add(as_owner, journey)
    assert response.status_code == 302
    page = as_owner.get(response.headers["Location"]).content.decode()
    assert "Day ward" in page
    assert "How to prepare" in page
    assert "What to bring" in page


def test_appointments_need_a_sign_in(client, journey):
    assert_needs_login(add(client, journey))


def test_stranger_finds_no_appointments(as_stranger, journey):
    assert add(as_stranger, journey).status_code == 404
    assert not Appointment.objects.exists()


def test_viewer_reads_appointments_but_adds_none(as_viewer, journey):
    make_appointment(journey=journey, place="Room 7")
    page = list_of(as_viewer, journey)
    assert "Room 7" in page
    assert "Add an appointment" not in page
    assert add(as_viewer, journey).status_code == 403


def test_two_taps_make_one_appointment(as_owner, journey):
    same = fields()
    places = {
        as_owner.post(url("appointment_add", journey_id=journey.pk), same).headers["Location"]
        for _ in range(2)
    }
    assert journey.appointments.count() == 1
    assert places == {at("appointment_detail", journey.appointments.get())}


@pytest.mark.parametrize(
    "wrong",
    [{"day": ""}, {"time": "25:00"}, {"kind": ""}, {"zone": "Mars/Base"}, {"day": "0900-01-01"}],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(as_owner, journey, wrong):
    assert_kind_error(add(as_owner, journey, notes="Bring the form", **wrong), "Bring the form")
    assert not journey.appointments.exists()


def test_a_phone_number_can_be_called_from_the_page(as_owner, journey):
    response = add(as_owner, journey, phone="+43 1 000 001")
    page = as_owner.get(response.headers["Location"]).content.decode()
    assert 'href="tel:+431000001"' in page


def test_past_and_coming_appointments_stand_apart(as_owner, journey):
    today = timezone.localdate()
    make_appointment(journey=journey, day=today - timedelta(days=30), place="Long ago")
    make_appointment(journey=journey, day=today + timedelta(days=30), place="Coming soon")
    coming, _, past = list_of(as_owner, journey).partition("Before</h2>")
    assert "Coming soon" in coming and "Coming soon" not in past
    assert "Long ago" in past and "Long ago" not in coming


def test_an_appointment_of_the_past_can_be_noted_later(as_owner, journey):
    assert add(as_owner, journey, day="2025-01-12").status_code == 302
    assert journey.appointments.past(timezone.now()).count() == 1


def test_a_clock_time_is_that_of_the_place(as_owner, journey):
    add(as_owner, journey, day="2026-07-01", time="09:30", zone="America/New_York")
    appointment = journey.appointments.get()
    assert appointment.starts_at == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
    page = as_owner.get(at("appointment_detail", appointment)).content.decode()
    assert "09:30" in page
    assert "America/New York" in page


def test_an_appointment_keeps_its_clock_time_for_a_reader_elsewhere(as_owner, owner, journey):
    owner.time_zone = "Asia/Tokyo"
    owner.save()
    appointment = make_appointment(journey=journey, day=date(2027, 1, 12), time=time(9, 30))
    page = as_owner.get(at("appointment_detail", appointment)).content.decode()
    assert "12 January 2027, 09:30" in page


def zone_offered(client, journey):
    return client.get(url("appointment_add", journey_id=journey.pk)).context["form"]["zone"].value()


def test_a_caregiver_elsewhere_is_offered_the_zone_of_the_patient(
    as_contributor, contributor, owner, journey
):
    for person, zone in ((owner, "Europe/Vienna"), (contributor, "Europe/London")):
        person.time_zone = zone
        person.save()
    assert zone_offered(as_contributor, journey) == "Europe/Vienna"
    make_appointment(journey=journey, zone="America/New_York")
    assert zone_offered(as_contributor, journey) == "America/New_York"
    make_appointment(journey=journey, zone="Asia/Tokyo", only_me=True)
    assert zone_offered(as_contributor, journey) == "America/New_York"


# --- The nights when clocks change --------------------------------------------------------------


def test_a_time_that_does_not_exist_is_refused(as_owner, journey):
    response = add(as_owner, journey, day=FORWARD, time="02:30", notes="Early")
    assert_kind_error(response, "does not exist on that day")
    assert "Early" in response.content.decode()
    assert not journey.appointments.exists()


@pytest.mark.parametrize(("clock", "utc_hour"), [("01:59", 0), ("03:00", 1)])
def test_the_times_around_the_missing_hour_exist(as_owner, journey, clock, utc_hour):
    assert add(as_owner, journey, day=FORWARD, time=clock).status_code == 302
    assert journey.appointments.get().starts_at.hour == utc_hour


def test_the_missing_hour_of_one_place_exists_elsewhere(as_owner, journey):
    response = add(as_owner, journey, day=FORWARD, time="02:30", zone="America/New_York")
    assert response.status_code == 302


def test_a_time_that_comes_twice_is_asked_about(as_owner, journey):
    response = add(as_owner, journey, day=BACK, time="02:30")
    assert_kind_error(response, "this time comes twice")
    page = response.content.decode()
    assert "The first one" in page
    assert "The second one" in page


@pytest.mark.parametrize(("fold", "utc_hour"), [("0", 0), ("1", 1)])
def test_a_time_that_comes_twice_is_saved_as_chosen(as_owner, journey, fold, utc_hour):
    assert add(as_owner, journey, day=BACK, time="02:30", fold=fold).status_code == 302
    appointment = journey.appointments.get()
    assert appointment.fold == int(fold)
    assert appointment.starts_at == datetime(2026, 10, 25, utc_hour, 30, tzinfo=UTC)
    assert appointment.local_start.strftime("%H:%M") == "02:30"


def test_nobody_is_asked_which_when_there_is_one(as_owner, journey):
    response = as_owner.get(url("appointment_add", journey_id=journey.pk))
    assert "The second one" not in response.content.decode()
    # A stray answer to a question that was not asked counts for nothing.
    add(as_owner, journey, fold="1")
    assert journey.appointments.get().fold == 0


def test_the_second_of_two_times_survives_an_edit(as_owner, journey):
    appointment = make_appointment(
        journey=journey, day=date.fromisoformat(BACK), time=time(2, 30), fold=1
    )
    assert edit(as_owner, appointment, notes="New").status_code == 302
    appointment.refresh_from_db()
    assert (appointment.fold, appointment.notes) == (1, "New")


# --- Changing and deleting ----------------------------------------------------------------------


def test_an_edit_keeps_the_earlier_state(as_owner, journey):
    appointment = make_appointment(journey=journey, place="Room 7")
    assert edit(as_owner, appointment, place="Room 8").status_code == 302
    appointment.refresh_from_db()
    assert (appointment.place, appointment.version) == ("Room 8", 2)
    assert Revision.objects.get(record_id=appointment.pk).before["place"] == "Room 7"


def test_two_people_who_edit_at_once_both_see_their_words(as_owner, journey):
    appointment = make_appointment(journey=journey)
    edit(as_owner, appointment, notes="Theirs was first")
    response = edit(as_owner, appointment, notes="Mine came later")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Theirs was first" in page
    assert "Mine came later" in page
    appointment.refresh_from_db()
    assert appointment.notes == "Theirs was first"


def test_an_edit_that_cannot_be_keeps_what_was_typed(as_owner, journey):
    appointment = make_appointment(journey=journey)
    assert_kind_error(edit(as_owner, appointment, day="", notes="Typed"), "Typed")


def test_a_deleted_appointment_can_be_taken_back(as_owner, journey):
    appointment = make_appointment(journey=journey, place="Room 7")
    as_owner.post(at("appointment_delete", appointment))
    page = list_of(as_owner, journey)
    assert "An appointment was deleted." in page
    assert "Room 7" not in page
    assert as_owner.get(at("appointment_detail", appointment)).status_code == 404
    as_owner.post(at("appointment_restore", appointment))
    assert "Room 7" in list_of(as_owner, journey)


def test_after_a_day_a_deletion_stays(as_owner, journey):
    appointment = make_appointment(journey=journey)
    long_ago = timezone.now() - timedelta(days=1, minutes=1)
    Appointment.objects.filter(pk=appointment.pk).update(deleted_at=long_ago)
    assert as_owner.post(at("appointment_restore", appointment)).status_code == 404


def test_contributor_changes_own_appointments_only(as_contributor, contributor, journey):
    mine = make_appointment(journey=journey, author=contributor)
    theirs = make_appointment(journey=journey)
    assert edit(as_contributor, mine, notes="New").status_code == 302
    assert edit(as_contributor, theirs, notes="New").status_code == 403
    assert as_contributor.post(at("appointment_delete", theirs)).status_code == 403
    assert "Change it" not in as_contributor.get(at("appointment_detail", theirs)).content.decode()


def test_an_appointment_for_its_author_only_is_hidden(as_viewer, as_owner, journey):
    appointment = make_appointment(journey=journey, place="Room 7", only_me=True)
    assert "Room 7" not in list_of(as_viewer, journey)
    assert as_viewer.get(at("appointment_detail", appointment)).status_code == 404
    assert "Room 7" in list_of(as_owner, journey)


def test_a_kind_that_was_retired_still_shows_and_can_be_kept(as_owner, journey):
    appointment = make_appointment(journey=journey, kind="no-longer-there", title="My visit")
    assert "My visit" in list_of(as_owner, journey)
    assert as_owner.get(at("appointment_detail", appointment)).status_code == 200


def test_a_viewer_who_looks_stands_in_the_log_once(as_viewer, viewer, journey):
    for _ in range(3):
        list_of(as_viewer, journey)
    event = journey.access_events.get()
    assert (event.actor, event.area, event.kind) == (viewer, "appointments", "read")


def test_a_visit_keeps_its_clock_time_when_a_country_changes_its_clocks(as_owner, journey):
    visit = make_appointment(journey=journey, time=time(10), zone="America/Mexico_City")
    right = visit.starts_at
    # As it was found by rules that were given up since.
    journey.appointments.update(starts_at=right - timedelta(hours=1))
    page = as_owner.get(url("appointment_list", journey_id=journey.pk)).content.decode()
    assert "10:00" in page or "10 a.m." in page
    call_command("run_due", verbosity=0)
    visit.refresh_from_db()
    assert visit.starts_at == right
