"""The log says what happened: every look, every change once, and nothing that was not."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from journeys.access import JourneyRequest, Permission, requires
from journeys.models import Area, Journey
from tests.factories import (
    make_appointment,
    make_check_in,
    make_note,
    make_procedure,
    make_question,
    make_share,
    make_stage,
    make_user,
)
from tests.matrix import ROWS, area_of, come_as
from tests.visitors import client_of
from tests.world import PATTERNS, needs_journey, olives_world, url

NONSENSE = "&".join(
    f"{name}=nonsense" for name in ("since", "part", "from", "before", "month", "days", "day")
)
# Kept on a device, which asks for it by itself; it holds no record.
NO_LOOKS = {"check_in_offline"}
PAGES = [
    name
    for name in sorted(PATTERNS)
    if needs_journey(name) and area_of(name) and ROWS[name, "GET"]["manager"] == "ok"
]
FORMS = [
    name
    for name in sorted(PATTERNS)
    if needs_journey(name) and area_of(name) and ROWS[name, "POST"]["manager"] == "form"
]


@pytest.fixture
def manager(journey):
    user = make_user(name="Mia Manager")
    make_share(journey=journey, user=user, role="manager")
    return user


@pytest.fixture
def as_manager(manager):
    return client_of(manager)


def lines(journey):
    return [(row.kind, row.area) for row in journey.access_events.order_by("pk")]


# --- Every look ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NO_LOOKS])
def test_a_page_is_noted_whatever_stands_in_its_address(db, name):
    world = olives_world()
    answer = come_as("manager", world, name).get(f"{world.url(name)}?chosen=1&{NONSENSE}")
    assert answer.status_code in (200, 422)
    assert ("read", area_of(name)) in lines(world.journey)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_comes_back_is_a_look_and_no_change(db, name):
    world = olives_world()
    answer = come_as("manager", world, name).post(world.url(name), {"version": "99"})
    assert answer.status_code in (409, 422)
    assert ("read", area_of(name)) in lines(world.journey)
    assert {kind for kind, _area in lines(world.journey)} == {"read"}


def test_a_summary_of_a_day_that_cannot_be_is_noted(as_viewer, journey):
    make_question(journey=journey, text="May I travel?")
    asked = {"chosen": "1", "since": "nonsense", "part": ["questions", "medicines"]}
    answer = as_viewer.get(url("summary", journey_id=journey.pk), asked)
    assert answer.status_code == 422
    assert "May I travel?" in answer.content.decode()
    assert {("read", "questions"), ("read", "medicines")} <= set(lines(journey))


def test_the_other_version_beside_ones_own_is_a_look(as_manager, manager, journey):
    note = make_note(journey=journey, text="As it stands", author=manager)
    address = url("note_edit", journey_id=journey.pk, note_id=note.pk)
    said = {"text": "Mine", "noted_on": "2027-01-13", "version": "99"}
    answer = as_manager.post(address, said)
    assert answer.status_code == 409
    assert "As it stands" in answer.content.decode()
    assert lines(journey) == [("read", "notes")]


def test_what_is_refused_is_not_half_written(journey, contributor):
    @requires(Permission.RECORD, Area.NOTES)
    def half(request: JourneyRequest, journey: Journey) -> HttpResponse:
        make_note(journey=journey, text="Half")
        return HttpResponse(status=422)

    request = RequestFactory().post("/")
    request.user = contributor
    half(request, journey_id=journey.pk)
    assert not journey.notes.exists()
    assert lines(journey) == [("read", "notes")]


# --- Every change -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("journey_name", {"name": "Somebody else"}),
        ("journey_numbers", {"cancer_line": "555 0100"}),
        ("journey_limit", {"fever_limit_unit": "C", "temperature_unit": "F"}),
    ],
)
def test_a_change_of_the_details_is_one_line(as_manager, as_owner, journey, name, said):
    assert as_manager.post(url(name, journey_id=journey.pk), said).status_code == 302
    assert lines(journey) == [("write", "")]
    for page in ("access_log", "access_log_file"):
        told = as_owner.get(url(page, journey_id=journey.pk)).content.decode()
        assert "changed" in told
        assert "Numbers and settings" in told


def test_a_change_of_ones_own_reminders_is_no_change_of_the_journey(as_viewer, journey):
    said = {"check_in": "daily", "hours_before": "0"}
    said |= {"quiet_from": "22:00", "quiet_until": "07:00"}
    answer = as_viewer.post(url("reminder_edit", journey_id=journey.pk), said)
    assert answer.status_code == 302
    assert lines(journey) == []


def test_who_leaves_leaves_one_line(as_viewer, journey):
    as_viewer.post(url("share_leave", journey_id=journey.pk))
    assert lines(journey) == [("left", "")]


# --- Nothing that was not -----------------------------------------------------------------------


def press(client, journey, name, said=None, **arguments):
    answer = client.post(url(name, journey_id=journey.pk, **arguments), said or {})
    assert answer.status_code == 302
    return [kind for kind, _area in lines(journey)]


def test_two_taps_are_one_change(as_contributor, journey):
    said = {"text": "Once?", "client_id": str(uuid.uuid4())}
    for _tap in range(2):
        kinds = press(as_contributor, journey, "question_add", said)
    assert kinds == ["write", "read"]


def test_a_question_that_is_not_suggested_changes_nothing(as_contributor, journey):
    assert press(as_contributor, journey, "question_take", {"suggested": "none"}) == ["read"]


def test_carrying_to_no_visit_changes_nothing(as_contributor, journey):
    assert press(as_contributor, journey, "question_carry") == ["read"]


def test_a_fourth_star_changes_nothing(as_contributor, journey):
    for _row in range(3):
        make_question(journey=journey, starred=True)
    fourth = make_question(journey=journey)
    assert press(as_contributor, journey, "question_star", question_id=fourth.pk) == ["read"]


def test_a_visit_that_stood_as_it_was_told_to_was_not_changed(as_manager, journey):
    visit = make_appointment(journey=journey, called_off=True)
    said, visit_id = {"off": "1"}, visit.pk
    assert press(as_manager, journey, "appointment_call_off", said, appointment_id=visit_id) == [
        "read"
    ]


def test_what_cannot_come_back_was_not_changed(as_contributor, contributor, journey):
    slug = {"suggested": "ask-fever"}
    old = make_question(journey=journey, author=contributor, **slug)
    press(as_contributor, journey, "question_delete", question_id=old.pk)
    make_question(journey=journey, **slug)
    kinds = press(as_contributor, journey, "question_restore", question_id=old.pk)
    assert kinds == ["write", "read"]


def test_a_page_that_a_device_keeps_is_no_look(as_contributor, journey):
    address = url("check_in_offline", journey_id=journey.pk)
    assert as_contributor.get(address).status_code == 200
    assert lines(journey) == []
    journey.shares.update(areas=["notes"])
    assert as_contributor.get(address).status_code == 404


# --- What a page tells of beside its own part ---------------------------------------------------


def areas_of(journey):
    return {area for kind, area in lines(journey) if kind == "read"}


@pytest.fixture
def treated(journey):
    make_stage(journey=journey, phase="induction")
    make_check_in(journey=journey, tired=2, weight=("70", "kg"))
    make_procedure(journey=journey)
    return journey


@pytest.mark.parametrize(("name", "more"), [("trend_list", {"mood"}), ("weight_detail", set())])
def test_a_chart_tells_of_what_is_drawn_behind_it(as_viewer, treated, name, more):
    as_viewer.get(url(name, journey_id=treated.pk))
    assert areas_of(treated) == {"symptoms", "stage", "appointments", "medicines"} | more


def test_the_chart_of_one_symptom_tells_of_mood_where_it_is_mood(as_viewer, treated):
    make_check_in(journey=treated, low_mood_or_worry=2)
    as_viewer.get(url("trend_detail", journey_id=treated.pk, symptom="tired"))
    assert "mood" not in areas_of(treated)
    as_viewer.get(url("trend_detail", journey_id=treated.pk, symptom="low-mood-or-worry"))
    assert "mood" in areas_of(treated)


def test_a_check_in_tells_of_mood_where_it_holds_some(as_viewer, journey):
    plain, moody = (
        make_check_in(journey=journey),
        make_check_in(journey=journey, low_mood_or_worry=2),
    )
    as_viewer.get(url("check_in_detail", journey_id=journey.pk, check_in_id=plain.pk))
    assert areas_of(journey) == {"symptoms"}
    as_viewer.get(url("check_in_detail", journey_id=journey.pk, check_in_id=moody.pk))
    assert areas_of(journey) == {"symptoms", "mood"}


def test_a_list_of_check_ins_tells_of_mood_where_it_is_shared(as_viewer, journey):
    make_check_in(journey=journey, low_mood_or_worry=2, tired=1)
    journey.shares.update(areas=["symptoms"])
    as_viewer.get(url("check_in_list", journey_id=journey.pk))
    assert areas_of(journey) == {"symptoms"}
    journey.shares.update(areas=["symptoms", "mood"])
    as_viewer.get(url("check_in_list", journey_id=journey.pk))
    assert areas_of(journey) == {"symptoms", "mood"}


def test_suggested_questions_tell_the_stage_that_they_fit(as_viewer, treated):
    as_viewer.get(url("question_list", journey_id=treated.pk))
    assert {"questions", "stage"} <= areas_of(treated)
