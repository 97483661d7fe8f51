"""The timeline: everything newest first, no gap where something is hidden, page by page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journeys.models import Area
from journeys.timeline import PAGE
from tests.factories import (
    make_appointment,
    make_dose,
    make_dose_plan,
    make_lab_report,
    make_medicine,
    make_note,
    make_question,
    make_stage,
)
from tests.journeys.views.check_in_tools import noted
from tests.world import url


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_it_is_told_by_part_of_treatment(as_owner, as_viewer, journey):
    make_stage(journey=journey, phase="induction", started_on=ago(40))
    make_stage(journey=journey, phase="consolidation", started_on=ago(10))
    for days in (3, 20):
        make_note(journey=journey, noted_on=ago(days), text=f"Note of day {days}")
    page = page_of(as_owner, journey, kind="note")
    told = [
        page.index(words)
        for words in (
            "Consolidation, since",
            "Note of day 3",
            "Induction, since",
            "Note of day 20",
        )
    ]
    assert told == sorted(told)
    journey.shares.update(areas=[Area.NOTES])
    assert "since" not in page_of(as_viewer, journey).partition("<main")[2]


def page_of(client, journey, **query):
    return client.get(url("timeline", journey_id=journey.pk), query).content.decode()


def lines(client, journey, **query):
    answer = client.get(url("timeline", journey_id=journey.pk), query)
    return [
        item for _phase, days in answer.context["phases"] for _day, items in days for item in items
    ]


@pytest.fixture
def filled(journey):
    make_stage(journey=journey, started_on=ago(20), phase="induction")
    noted(journey, 9, temperature="38.4")
    make_lab_report(journey=journey, taken_on=ago(8), results={"platelets": "12"})
    journey.lab_results.update(low=150, high=400)
    make_appointment(journey=journey, kind="lumbar-puncture", day=ago(7))
    make_appointment(journey=journey, kind="infusion", day=ago(-7))
    make_question(journey=journey, text="May I swim?", answer="Not yet.", answered_on=ago(6))
    medicine = make_medicine(journey=journey, begins_on=ago(5), dose="1 tablet")
    make_dose_plan(journey=journey, medicine=medicine, begins_on=ago(4), dose="2 tablets")
    make_dose(journey=journey, medicine=medicine, due_on=ago(3), outcome="missed")
    make_dose(journey=journey, medicine=medicine, due_on=ago(2), outcome="taken")
    make_note(journey=journey, noted_on=ago(1), text="A walk around the lake")
    return journey


def test_everything_stands_there_newest_first_and_nothing_of_the_future(as_owner, filled):
    kinds = [item.kind for item in lines(as_owner, filled)]
    expected = ["note", "dose", "plan", "plan", "answer", "visit", "lab", "check-in", "stage"]
    assert kinds == expected


def test_each_says_what_matters(as_owner, filled):
    page = page_of(as_owner, filled)
    for words in (
        "A walk around the lake",
        "Missed",
        "Dose changed: 2 tablets",
        "Begun: 1 tablet",
        "Not yet.",
        "Lumbar puncture",
        "Platelets: 12 10⁹/L, below its range",
        "Call now",
        "Temperature 38.4 °C",
        "Induction",
        "written by Olive Owner",
    ):
        assert words in page, words


def test_one_kind_can_be_shown_alone(as_owner, filled):
    assert {item.kind for item in lines(as_owner, filled, kind="check-in")} == {"check-in"}
    assert {item.kind for item in lines(as_owner, filled, kind="plan")} == {"plan"}
    assert len(lines(as_owner, filled, kind="no-such")) == 9


def test_pages_follow_each_other_without_a_gap_or_a_double(as_owner, journey):
    # Several of one day and one moment: the key decides.
    for day in range(PAGE):
        for text in ("one", "two", "three"):
            make_note(journey=journey, noted_on=ago(day), text=text)
    journey.notes.update(created_at=timezone.now())
    seen, address = [], url("timeline", journey_id=journey.pk)
    while address:
        answer = as_owner.get(address)
        seen += [
            item.cursor.pk
            for _phase, days in answer.context["phases"]
            for _day, items in days
            for item in items
        ]
        older = answer.context["older"]
        address = f"{url('timeline', journey_id=journey.pk)}?{older}" if older else ""
    assert len(seen) == len(set(seen)) == 3 * PAGE


def test_the_kind_is_kept_while_paging(as_owner, journey):
    for day in range(PAGE + 5):
        make_note(journey=journey, noted_on=ago(day), text=f"Note {day}")
        noted(journey, day + 1, tired=1)
    answer = as_owner.get(url("timeline", journey_id=journey.pk), {"kind": "note"})
    assert answer.context["older"].startswith("kind=note&before=")


def test_htmx_gets_the_older_days_alone(as_owner, filled):
    answer = as_owner.get(
        url("timeline", journey_id=filled.pk), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in answer
    assert "Induction" in answer


def test_a_reader_sees_shared_areas_without_a_trace_of_others(as_viewer, filled):
    filled.shares.update(areas=[Area.APPOINTMENTS])
    assert [item.kind for item in lines(as_viewer, filled)] == ["visit"]
    page = page_of(as_viewer, filled)
    for label in ("Note", "Dose", "Check-in", "Lab report", "Stage"):
        assert f">{label}</a>" not in page.partition("<main")[2]


def test_a_level_that_rests_on_hidden_mood_is_told_without_it(as_viewer, journey):
    noted(journey, 1, tired=1, low_mood_or_worry=4)
    journey.shares.update(areas=[Area.SYMPTOMS])
    [item] = lines(as_viewer, journey)
    assert item.level not in ("now", "same_day")
    assert "mood" not in page_of(as_viewer, journey).partition("<main")[2].lower()


def test_only_me_and_deleted_ones_are_not_there(as_viewer, as_owner, journey):
    make_note(journey=journey, text="Mine", only_me=True)
    make_note(journey=journey, text="Gone", deleted_at=timezone.now())
    assert lines(as_viewer, journey) == []
    assert [item.said for item in lines(as_owner, journey)] == [("Mine",)]


@pytest.mark.parametrize("before", ["", "x", "2026-01-01~x~y", "0001-01-01~0001-01-01T00:00:00~1"])
def test_a_mark_that_cannot_be_read_starts_at_the_newest(as_owner, filled, before):
    assert len(lines(as_owner, filled, before=before)) == 9


def test_a_result_below_what_the_lab_can_find_says_so(as_owner, journey):
    make_lab_report(journey=journey, results={"platelets": "12"})
    journey.lab_results.update(low=150, below=True)
    assert "Platelets: &lt; 12 10⁹/L, below its range" in page_of(as_owner, journey)
