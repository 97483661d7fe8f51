"""A medicine on the list opens its window of risk, whatever was answered about it."""

from datetime import timedelta

import pytest

from tests.factories import make_dose_plan, make_medicine, make_stage, make_treatment
from tests.journeys.views.check_in_tools import answers, note
from tests.journeys.views.test_medicines import TODAY, ago, page_of


def numb(client, journey):
    if not journey.stage_entries.exists():
        make_stage(journey=journey, phase="consolidation")
    note(client, journey, answers(**{"numb-or-tingling": "1"}))
    return journey.check_ins.newest_first().first()


def test_a_medicine_on_the_list_counts_whatever_was_answered(as_owner, journey):
    make_treatment(journey=journey, window="nelarabine", answer="no")
    assert numb(as_owner, journey).level == "self_care"
    make_medicine(journey=journey, name="Nelarabine", route="vein", schedule="as-needed")
    assert numb(as_owner, journey).level == "same_day"


@pytest.mark.parametrize(("days", "level"), [(60, "same_day"), (61, "self_care")])
def test_a_stopped_one_counts_as_long_as_its_window(as_owner, journey, days, level):
    make_treatment(journey=journey, window="nelarabine", answer="no")
    make_medicine(
        journey=journey, name="Nelarabine", begins_on=ago(90), ended_on=ago(days), route="vein"
    )
    assert numb(as_owner, journey).level == level


@pytest.mark.parametrize(("days", "asked"), [(2, False), (3, True)])
def test_hours_after_a_stop_count_as_days(as_owner, journey, days, asked):
    make_treatment(journey=journey, window="blinatumomab", answer="no")
    make_medicine(
        journey=journey, name="Blincyto", begins_on=ago(30), ended_on=ago(days), route="vein"
    )
    page = page_of(as_owner, "treatment_edit", journey)
    assert ('name="blinatumomab"' in page) is asked


def test_what_the_list_knows_is_not_asked_again(as_owner, journey):
    assert 'name="vincristine"' in page_of(as_owner, "treatment_edit", journey)
    make_medicine(journey=journey, name="Vincristine", route="vein")
    page = page_of(as_owner, "treatment_edit", journey)
    assert 'name="vincristine"' not in page
    assert "Known from your medicines" in page


def test_what_the_owner_keeps_to_themselves_is_asked_of_others_and_counts_all_the_same(
    as_contributor, journey
):
    make_treatment(journey=journey, window="nelarabine", answer="no")
    make_medicine(journey=journey, name="Nelarabine", route="vein", only_me=True)
    assert 'name="nelarabine"' in page_of(as_contributor, "treatment_edit", journey)
    assert numb(as_contributor, journey).level == "same_day"


def test_a_plan_of_the_future_opens_nothing_yet(as_owner, journey):
    make_treatment(journey=journey, window="nelarabine", answer="no")
    medicine = make_medicine(journey=journey, name="Nelarabine", begins_on=TODAY())
    medicine.plans.all().delete()
    make_dose_plan(journey=journey, medicine=medicine, begins_on=TODAY() + timedelta(days=3))
    assert numb(as_owner, journey).level == "self_care"
