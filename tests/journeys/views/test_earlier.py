"""Corrections keep the earlier value readable, for whoever may read the record."""

import uuid

import pytest

from journeys import records
from journeys.actions.check_ins import correct_check_in
from journeys.earlier import KINDS
from journeys.models import Area, Journey, JourneyRecord, SymptomEntry
from tests.factories import (
    MAKERS,
    make_appointment,
    make_check_in,
    make_lab_report,
    make_medicine,
    make_note,
    make_procedure,
)
from tests.journeys.views.test_labs import values
from tests.journeys.views.test_medicines import ago
from tests.visitors import client_of
from tests.world import url

# These are never corrected in place: their rows are added, or rewritten with the record they
# belong to, or they are nobody's words.
NEVER_CORRECTED = {"stageentry", "recenttreatment", "symptomentry", "labresult", "reminderchoice"}


def earlier(client, record):
    answer = client.get(url("earlier", journey_id=record.journey_id, record_id=record.pk))
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def correct(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    records.change(record, by=record.journey.owner, expected_version=record.version)


def correct_entries(check_in, *entries, note=""):
    correct_check_in(
        check_in=check_in,
        by=check_in.journey.owner,
        expected_version=check_in.version,
        entries=list(entries),
        kept=[],
        occurred_at=check_in.occurred_at,
        note=note,
        only_me=check_in.only_me,
    )


def test_every_record_that_can_be_corrected_has_its_page():
    names = {model._meta.model_name for model in MAKERS if issubclass(model, JourneyRecord)}
    assert names - NEVER_CORRECTED == set(KINDS)


def test_what_a_note_said_is_one_tap_away(as_owner, journey):
    note = make_note(journey=journey, text="Blod", noted_on=ago(3))
    correct(note, text="Blood")
    correct(note, text="Blood test")
    address = url("earlier", journey_id=journey.pk, record_id=note.pk)
    assert address in as_owner.get(url("note_list", journey_id=journey.pk)).content.decode()
    page = earlier(as_owner, note)
    assert page.index("<dd>Blood</dd>") < page.index("<dd>Blod</dd>")
    assert "Blood test" not in page
    assert "then changed by Olive Owner" in page


def test_values_are_told_in_words(as_owner, journey):
    visit = make_appointment(journey=journey, kind="lumbar-puncture", place="Ward 7")
    correct(visit, place="Ward 9")
    assert "Ward 7" in earlier(as_owner, visit)
    assert "Lumbar puncture" in earlier(as_owner, visit)
    row = make_procedure(journey=journey, kind="marrow-test", result="Not clear yet")
    correct(row, result="In remission")
    assert "Not clear yet" in earlier(as_owner, row)


def test_a_corrected_plan_tells_its_days(as_owner, journey):
    medicine = make_medicine(journey=journey, schedule="weekdays", weekdays=[2], dose="8 tablets")
    plan = medicine.plans.get()
    correct(plan, dose="9 tablets")
    page = earlier(as_owner, plan)
    assert "8 tablets" in page
    assert "Wednesday" in page


def test_a_check_in_tells_its_symptoms_as_they_were(as_owner, journey):
    check_in = make_check_in(journey=journey, mouth_sores=3, temperature="37.9", note="Hurts")
    correct_entries(check_in, SymptomEntry(symptom="mouth-sores", score=1), note="Better")
    correct_entries(check_in, SymptomEntry(symptom="mouth-sores", score=2), note="Better")
    page = earlier(as_owner, check_in)
    assert page.count("<h2>Until") == 2
    first, second = page.split("<h2>Until")[1:]
    assert "1 – " in first
    assert "Better" in first
    assert "3 – " in second
    assert "37.9" in second
    assert "Hurts" in second


def test_a_report_tells_its_values_as_they_were(as_owner, journey):
    report = make_lab_report(journey=journey, results={"neutrophils": "0.5"})
    address = url("lab_edit", journey_id=journey.pk, report_id=report.pk)
    given = values(neutrophils="1.5") | {"version": 1}
    assert as_owner.post(address, given).status_code == 302
    assert "0.5 " in earlier(as_owner, report)


# --- Who reads it --------------------------------------------------------------------------------
def test_what_was_only_mine_then_stays_mine(as_owner, as_contributor, journey):
    note = make_note(journey=journey, text="My secret", only_me=True)
    correct(note, text="For all", only_me=False)
    assert "My secret" in earlier(as_owner, note)
    page = earlier(as_contributor, note)
    assert "My secret" not in page
    assert "no earlier version that you can see" in page


def test_mood_that_is_not_shared_leaves_no_trace(as_owner, journey, contributor):
    journey.shares.update(areas=[Area.SYMPTOMS])
    reader = client_of(contributor)
    check_in = make_check_in(journey=journey, tired=2, low_mood_or_worry=4)
    tired = {"symptom": "tired", "score": 2}
    mood = {"symptom": "low-mood-or-worry", "area": Area.MOOD}
    correct_entries(check_in, SymptomEntry(**tired), SymptomEntry(**mood, score=1))
    assert "4 – " in earlier(as_owner, check_in)
    assert "no earlier version that you can see" in earlier(reader, check_in)
    correct_entries(check_in, SymptomEntry(symptom="tired", score=3), SymptomEntry(**mood, score=1))
    page = earlier(reader, check_in)
    assert page.count("<h2>Until") == 1
    assert "2 – " in page


@pytest.mark.parametrize("shared", [[], [Area.NOTES]])
def test_a_hidden_area_is_as_absent_as_what_never_was(journey, contributor, shared):
    row = make_procedure(journey=journey, kind="car-t")
    correct(row, note="Day 0")
    journey.shares.update(areas=shared)
    client = client_of(contributor)
    assert earlier(client, row) == 404
    never = url("earlier", journey_id=journey.pk, record_id=uuid.uuid4())
    assert client.get(never).status_code == 404


def test_a_record_of_another_journey_is_none_of_this_one(as_owner, journey, stranger):
    theirs = make_note(journey=Journey.objects.get(owner=stranger))
    correct(theirs, text="Changed")
    address = url("earlier", journey_id=journey.pk, record_id=theirs.pk)
    assert as_owner.get(address).status_code == 404


def test_a_deleted_record_shows_nothing(as_owner, journey):
    note = make_note(journey=journey)
    correct(note, text="Changed")
    records.delete(note)
    assert earlier(as_owner, note) == 404
