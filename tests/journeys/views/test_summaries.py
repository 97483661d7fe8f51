"""The visit summary: what happened since the last visit, on the screen and as a PDF."""

import io
import uuid
from datetime import time, timedelta

import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from content.models import Centre
from journeys.models import Area
from tests.asserts import text_of
from tests.factories import (
    make_appointment,
    make_lab_report,
    make_note,
    make_question,
    make_stage,
)
from tests.journeys.views.check_in_tools import noted
from tests.test_query_counts import queries_of
from tests.world import url


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def page_of(client, journey, **choice):
    return client.get(url("summary", journey_id=journey.pk), choice).content.decode()


def pdf_of(client, journey, **choice):
    answer = client.get(url("summary_pdf", journey_id=journey.pk), choice)
    assert answer["Content-Type"] == "application/pdf"
    return answer


def chosen(*parts, **more):
    return {"chosen": "1", "part": list(parts)} | more


@pytest.fixture
def filled(journey):
    """Six weeks: calm at first, then a fever, with labs before and after."""
    journey.name = "Robin"
    journey.save()
    today = timezone.localdate()
    make_stage(journey=journey, started_on=today - timedelta(days=40), phase="consolidation")
    make_appointment(journey=journey, kind="infusion", day=today - timedelta(days=20))
    make_appointment(journey=journey, kind="infusion", day=today + timedelta(days=2))
    make_appointment(journey=journey, kind="clinic-visit", day=today - timedelta(days=3))
    noted(journey, 30, tired=1, nausea=2)
    noted(journey, 10, tired=3, nausea=0, mouth_sores=1)
    noted(journey, 9, temperature="38.4")
    for days, platelets in ((25, "23"), (4, "64")):
        make_lab_report(
            journey=journey,
            taken_on=today - timedelta(days=days),
            results={"platelets": platelets},
        )
    make_question(journey=journey, text="When may I travel?", starred=True)
    return journey


def test_it_begins_with_the_last_visit_of_the_same_kind(as_owner, filled):
    answer = as_owner.get(url("summary", journey_id=filled.pk))
    begin = timezone.localdate() - timedelta(days=20)
    assert answer.context["summary"].since == begin
    assert "Infusion" in answer.content.decode()


def test_it_says_what_is_new_worse_or_gone(as_owner, filled):
    answer = as_owner.get(url("summary", journey_id=filled.pk))
    courses = {row.name: row.course.value for row in answer.context["summary"].symptoms.rows}
    assert courses == {"Tiredness": "worse", "Mouth sores": "new", "Feeling sick": "gone"}
    assert "1 – Tired by evening" in answer.content.decode()


def test_it_names_calls_fever_labs_and_questions(as_owner, filled):
    page = page_of(as_owner, filled)
    assert "Call now" in page
    assert "38.4 °C" in page
    assert "64 10⁹/L" in page
    assert "23 10⁹/L" in page
    assert "When may I travel?" in page
    assert "Consolidation since" in page


def test_parts_can_be_left_out(as_owner, filled):
    page = page_of(as_owner, filled, **chosen("labs"))
    assert "64 10⁹/L" in page
    assert "38.4" not in page
    assert "When may I travel?" not in page


def test_notes_are_shown_only_when_chosen(as_owner, filled):
    note = make_note(journey=filled, text="A hard week for the two of us")
    other = make_note(journey=filled, text="Nobody needs to know")
    page = page_of(as_owner, filled, **chosen("labs", note=[str(note.pk)]))
    body = page.partition('class="summary')[2]
    assert note.text in body
    assert other.text not in body


@pytest.mark.parametrize("since", ["2999-01-01", "1990-01-01", "soon"])
def test_a_day_that_cannot_be_gets_a_kind_error_and_the_usual_summary(as_owner, filled, since):
    answer = as_owner.get(url("summary", journey_id=filled.pk), chosen("labs", since=since))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "field-error" in page
    assert f'value="{since}"' in page
    file = as_owner.get(url("summary_pdf", journey_id=filled.pk), chosen("labs", since=since))
    assert file.status_code == 302


@pytest.mark.parametrize(
    ("own", "confirmed", "centre", "days"),
    [
        (None, False, None, ["38.2"]),
        (None, False, "38.3", []),
        (None, False, "37.5", ["38.2", "37.6"]),
        ("37.6", False, None, ["38.2", "37.6"]),
        # Looser than the usual one: it counts once it is confirmed.
        ("38.5", False, None, ["38.2"]),
        ("38.5", True, None, []),
    ],
)
def test_fever_is_what_reaches_the_limit_in_force(as_owner, journey, own, confirmed, centre, days):
    Centre(name="Center", fever_limit=centre).save()
    journey.fever_limit, journey.fever_limit_confirmed = own, confirmed
    journey.save()
    noted(journey, 2, temperature="38.2")
    noted(journey, 1, temperature="37.6")
    found = as_owner.get(url("summary", journey_id=journey.pk)).context["summary"].fever
    assert [row.highest for row in found] == [f"{value} °C" for value in days]


def test_what_was_not_chosen_stays_away_when_something_else_is_wrong(as_owner, filled):
    wrong = {"since": "soon", "note": ["nonsense"]}
    page = page_of(as_owner, filled, **chosen("labs", "nonsense", **wrong))
    assert "64 10⁹/L" in page
    assert "38.4" not in page
    assert "When may I travel?" not in page.partition('class="summary')[2]


def at_a_clinic(journey):
    """Weekly visits at ten; return the one of today, with a question for it."""
    for days in (0, 7, -7):
        day = timezone.localdate() - timedelta(days=days)
        make_appointment(journey=journey, kind="clinic-visit", day=day, time=time(10), zone="UTC")
    visit = journey.appointments.get(day=timezone.localdate())
    for number in range(3):
        make_question(journey=journey, text=f"Some day {number}?")
    make_question(journey=journey, text="Today?", appointment=visit)
    return visit


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_visit_that_has_begun_is_still_the_one_it_is_for(as_owner, journey, minutes):
    visit = at_a_clinic(journey)
    with time_machine.travel(visit.starts_at + timedelta(minutes=minutes), tick=False):
        summary = as_owner.get(url("summary", journey_id=journey.pk)).context["summary"]
    assert summary.since == visit.day - timedelta(days=7)
    assert summary.appointment == visit
    assert summary.questions.rows[0].text == "Today?"


def test_of_two_visits_of_a_day_the_one_to_come_counts(as_owner, journey):
    early = at_a_clinic(journey)
    late = make_appointment(journey=journey, day=early.day, time=time(11), zone="UTC")
    found = {}
    for minutes in (30, 90):
        with time_machine.travel(early.starts_at + timedelta(minutes=minutes), tick=False):
            answer = as_owner.get(url("summary", journey_id=journey.pk))
            found[minutes] = answer.context["summary"].appointment
    assert found == {30: late, 90: late}


def test_a_note_that_somebody_keeps_to_themselves_cannot_be_asked_for(as_viewer, filled):
    make_note(journey=filled, text="For all")
    private = make_note(journey=filled, text="For me alone", only_me=True)
    for note in (str(private.pk), str(uuid.uuid4())):
        answer = as_viewer.get(url("summary", journey_id=filled.pk), chosen("labs", note=[note]))
        assert answer.status_code == 422
        assert "For me alone" not in answer.content.decode()


def test_a_reader_gets_the_shared_parts_without_a_trace_of_others(as_viewer, filled):
    filled.shares.update(areas=[Area.LABS])
    page = page_of(as_viewer, filled)
    assert "64 10⁹/L" in page
    for hidden in ("38.4", "Tired", "Symptoms", "travel", "Consolidation", "Infusion"):
        assert hidden not in page.partition("<main")[2]


def test_only_me_stays_with_its_writer(as_viewer, as_owner, filled):
    noted(filled, 8, temperature="39.9", only_me=True)
    assert "39.9" not in page_of(as_viewer, filled)
    assert "39.9" in page_of(as_owner, filled)


def test_the_pdf_says_the_same_as_the_page(as_owner, filled):
    note = make_note(journey=filled, text="A hard week for the two of us")
    choice = chosen("questions", "calls", "symptoms", "labs", note=[str(note.pk)])
    answer = pdf_of(as_owner, filled, **choice)
    text = text_of(answer)
    for said in (
        "Summary for Robin",
        "When may I travel?",
        "38.4 °C",
        "Mouth sores",
        "64 10⁹/L",
        "A hard week for the two of us",
    ):
        assert said in text
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata.title == "Summary for the visit"


def test_a_pdf_fetches_nothing(as_owner, filled):
    make_question(journey=filled, text="<img src='file:///etc/passwd'> <b>bold</b>", starred=True)
    text = text_of(pdf_of(as_owner, filled))
    assert "<b>bold</b>" in text


def test_a_machine_without_the_library_has_no_button_and_no_file(as_owner, filled, monkeypatch):
    monkeypatch.setattr("journeys.views.summaries.can_make_pdf", lambda: False)
    assert "pdf/" not in page_of(as_owner, filled)
    assert as_owner.get(url("summary_pdf", journey_id=filled.pk)).status_code == 404


def test_a_summary_costs_as_much_for_a_year_as_for_a_week(as_owner, filled):
    address = url("summary", journey_id=filled.pk)
    as_owner.get(address)
    few = queries_of(lambda: as_owner.get(address))
    for day in range(60):
        noted(filled, day + 11, tired=2, nausea=1)
        make_lab_report(journey=filled, taken_on=timezone.localdate() - timedelta(days=day))
    since = (timezone.localdate() - timedelta(days=300)).isoformat()
    parts = ("questions", "calls", "symptoms", "weight", "labs", "medicines")
    many = queries_of(lambda: as_owner.get(address, chosen(*parts, since=since)))
    assert len(many) == len(few)
    assert len(many) < 30
