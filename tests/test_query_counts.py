"""How often a page asks the database: little, and as often for forty rows as for one."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import (
    make_appointment,
    make_calendar_feed,
    make_care_member,
    make_check_in,
    make_emergency_card,
    make_lab_report,
    make_medicine,
    make_note,
    make_procedure,
    make_question,
    make_stage,
    make_treatment,
)
from tests.tiers import some_every_day
from tests.world import url

# Bars of the product, without what signing in costs: the session and the account.
TODAY, LIST, SAVE, GUIDE = 10, 6, 8, 4
# This list also ranks what to ask: by stage, by symptoms, by the next visit.
QUESTIONS = 7
# The whole dated record on one page: six areas, each asked once or twice.
AFTER = 10
SIGNED_IN = ("django_session", "journeys_user")


def is_counted(sql):
    if sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", 'UPDATE "django_session"')):
        return False
    return not any(f'FROM "{table}"' in sql for table in SIGNED_IN) or "JOIN" in sql


def queries_of(call):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = call()
    assert response.status_code in (200, 302), response.status_code
    return [query["sql"] for query in captured.captured_queries if is_counted(query["sql"])]


def assert_at_most(most, queries):
    assert len(queries) <= most, "\n".join(query[:160] for query in queries)


def fill(journey, number):
    """Make `number` of everything that a list shows, by two people."""
    now, today = timezone.now(), timezone.localdate()
    for row in range(number):
        make_check_in(
            journey=journey,
            occurred_at=now - timedelta(hours=row + 1),
            temperature="37.8",
            tired=2,
            mouth_sores=1,
        )
        make_appointment(journey=journey, day=today + timedelta(days=row + 1))
        make_appointment(journey=journey, day=today - timedelta(days=row + 1))
        make_calendar_feed(journey=journey)
        make_question(journey=journey, text=f"Question {row}")
        make_question(journey=journey, text=f"Answered {row}", answer="Yes.", answered_on=today)
        make_lab_report(journey=journey, taken_on=today - timedelta(days=row))
        make_medicine(journey=journey, name=f"Medicine {row}")
        make_care_member(journey=journey, order=row)
        make_emergency_card(journey=journey)
        make_procedure(
            journey=journey, kind="block", done_on=today - timedelta(days=row), name=f"Block {row}"
        )
        make_note(journey=journey, noted_on=today - timedelta(days=row))
        make_stage(journey=journey, started_on=today - timedelta(days=row), phase="induction")
        make_treatment(journey=journey, window="steroid", answer="no")


PAGES = {
    "today": TODAY,
    "check_in_list": LIST,
    "check_in_offline": LIST,
    "trend_list": LIST,
    "appointment_list": LIST,
    "appointment_month": LIST,
    "calendar_feed": LIST,
    "question_list": QUESTIONS,
    "question_show": LIST,
    "lab_list": LIST,
    "procedure_list": LIST,
    "note_list": LIST,
    "medicine_list": LIST,
    "timeline": LIST,
    "dose_list": LIST,
    "care_member_list": LIST,
    "card_detail": LIST,
    "after_detail": AFTER,
    "stage_detail": LIST,
    "journey_detail": LIST,
    "welcome": LIST,
    "red_path": LIST,
    "export": LIST,
    "share_list": LIST,
    "access_log": LIST,
}


# The pages of every day, and of them those that show most.
EVERY_DAY = {
    *("today", "check_in_list", "appointment_list", "question_list", "medicine_list"),
    *("lab_list", "timeline", "summary", "share_list", "access_log"),
}


@pytest.mark.parametrize("name", some_every_day(PAGES, EVERY_DAY.__contains__))
def test_a_page_asks_little_and_as_often_for_many_rows(as_owner, journey, name):
    address = url(name, journey_id=journey.pk)
    fill(journey, 1)
    as_owner.get(address)  # what content keeps in memory is read once
    few = queries_of(lambda: as_owner.get(address))
    assert_at_most(PAGES[name], few)
    journey.stage_entries.all().delete()
    fill(journey, 40)
    many = queries_of(lambda: as_owner.get(address))
    # Fewer, where forty newer rows of one kind leave no place for another.
    assert len(many) <= len(few), "\n".join(many)


@pytest.mark.parametrize("name", ["today", "check_in_list", "question_list"])
def test_a_second_look_of_a_viewer_costs_little_more(as_viewer, journey, name):
    address = url(name, journey_id=journey.pk)
    fill(journey, 3)
    as_viewer.get(address)
    assert_at_most(PAGES[name] + 2, queries_of(lambda: as_viewer.get(address)))


def test_forms_open_quickly(as_owner, journey):
    fill(journey, 3)
    for name in (
        *("check_in_add", "appointment_add", "question_add", "stage_add", "treatment_edit"),
        *("care_member_add", "card_edit"),
    ):
        address = url(name, journey_id=journey.pk)
        as_owner.get(address)
        assert_at_most(SAVE, queries_of(lambda address=address: as_owner.get(address)))


def saves(journey):
    today = timezone.localdate().isoformat()
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    return {
        "check_in_add": {
            "occurred_at": now,
            "symptom": ["tired", "nausea"],
            "tired": "2",
            "nausea": "1",
            "fever-temperature": "37.2",
            "fever-temperature-unit": "C",
        },
        "appointment_add": {
            "kind": "clinic-visit",
            "day": "2027-01-12",
            "time": "09:30",
            "zone": "Europe/Vienna",
        },
        "question_add": {"text": "Can I travel?"},
        "care_member_add": {"name": "Dr. Gray"},
        "card_edit": {"allergies": "Latex", "version": "1"},
        "stage_add": {"phase": "induction", "started_on": today},
        "treatment_edit": {"steroid": "yes"},
        "journey_name": {"name": "New"},
    }


@pytest.mark.parametrize(
    "name",
    [
        "check_in_add",
        "appointment_add",
        "question_add",
        "care_member_add",
        "card_edit",
        "stage_add",
        "treatment_edit",
        "journey_name",
    ],
)
def test_a_save_asks_little(as_owner, journey, name):
    fill(journey, 5)
    given = saves(journey)[name] | {"client_id": str(uuid.uuid4())}
    address = url(name, journey_id=journey.pk)
    as_owner.get(address)
    queries = queries_of(lambda: as_owner.post(address, given))
    assert_at_most(SAVE, queries)


def test_reading_the_guide_asks_little(client, db):
    for path in (
        "/guide/",
        "/guide/overview/",
        "/guide/overview/what-is-all/",
        "/glossary/",
        "/symptoms/",
        "/symptoms/fever/",
        "/call/",
    ):
        client.get(path)
        assert_at_most(GUIDE, queries_of(lambda path=path: client.get(path)))
