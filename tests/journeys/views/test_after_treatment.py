"""The treatment summary writes itself from the dated records; what they lack is added by hand."""

import pytest

from journeys.models import Area, FollowUpPlan
from tests.factories import (
    make_appointment,
    make_follow_up_plan,
    make_lab_report,
    make_medicine,
    make_procedure,
    make_stage,
)
from tests.journeys.views.test_medicines import TODAY, ago, page_of
from tests.world import url


@pytest.fixture
def lived(journey):
    """Two years, told in a few rows."""
    for days, phase, classification in (
        (700, "induction", "newly-diagnosed"),
        (660, "consolidation", "in-remission"),
        (90, "after", "in-remission"),
    ):
        make_stage(
            journey=journey,
            started_on=ago(days),
            phase=phase,
            classification=classification,
            cell_type="t-cell",
        )
    make_procedure(journey=journey, kind="block", name="Block 2B", done_on=ago(600))
    make_procedure(journey=journey, kind="marrow-test", result="In remission", done_on=ago(660))
    make_medicine(journey=journey, name="Nelarabine", begins_on=ago(500), ended_on=ago(480))
    make_lab_report(journey=journey, taken_on=ago(20), results={"platelets": "210"})
    make_appointment(journey=journey, kind="blood-test")
    return journey


def test_it_tells_illness_treatment_results_and_dates(as_owner, lived):
    page = page_of(as_owner, "after_detail", lived)
    for words in (
        "T-cell", "Induction", "Consolidation", "Block 2B", "In remission", "Nelarabine",
        "210 10⁹/L", "Blood test", "Not written yet", "for the time after treatment",
    ):  # fmt: skip
        assert words in page
    told = [page.index(words) for words in ("Induction", "Consolidation", "After treatment")]
    assert told == sorted(told)


def test_an_empty_one_says_how_it_fills(as_owner, journey):
    assert "Then this page fills itself" in page_of(as_owner, "after_detail", journey)


def test_what_the_records_lack_is_added_and_corrected(as_owner, lived):
    address = url("after_edit", journey_id=lived.pk)
    as_owner.post(address, {"plan": "Heart scan in May", "contact": "Dr. Example, 123"})
    page = page_of(as_owner, "after_detail", lived)
    assert "Heart scan in May" in page
    assert "Dr. Example, 123" in page
    as_owner.post(address, {"plan": "Heart scan in June", "version": 1})
    assert FollowUpPlan.objects.get().plan == "Heart scan in June"
    assert "edited" in page_of(as_owner, "after_detail", lived)


def test_who_writes_second_sees_both(as_owner, lived):
    address = url("after_edit", journey_id=lived.pk)
    plan = make_follow_up_plan(journey=lived, plan="Theirs")
    FollowUpPlan.objects.filter(pk=plan.pk).update(version=2)
    answer = as_owner.post(address, {"plan": "Mine", "version": 1})
    assert answer.status_code == 409
    for words in ("Theirs", "Mine"):
        assert words in answer.content.decode()


def test_a_reader_gets_the_shared_parts_alone(as_viewer, lived):
    make_procedure(journey=lived, kind="car-t", done_on=TODAY(), only_me=True)
    lived.shares.update(areas=[Area.MEDICINES])
    page = page_of(as_viewer, "after_detail", lived).partition("<main")[2]
    assert "Nelarabine" in page
    for hidden in ("T-cell", "Induction", "210", "Blood test", "CAR-T cells given"):
        assert hidden not in page
