"""The treatment log: what was done, from a visit or by hand, and what follows from it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.catalogue import rules
from content.models import content_revision
from journeys.call_check import situation
from journeys.models import Appointment, Area, Journey
from tests.factories import make_appointment, make_procedure, make_share, make_treatment
from tests.journeys.views.check_in_tools import answers, note
from tests.journeys.views.test_medicines import TODAY, ago, page_of
from tests.visitors import client_of
from tests.world import url


def log(client, journey, kind, **fields):
    given = {"kind": kind, "done_on": TODAY().isoformat()} | fields
    return client.post(url("procedure_add", journey_id=journey.pk), given)


def known_windows(journey):
    """Which windows the call check takes for present or absent now."""
    now = timezone.now()
    return situation(journey, rules(), content_revision(), now, now).windows


# --- Writing it down -----------------------------------------------------------------------------
def test_first_the_kind_then_what_belongs_to_it(as_owner, journey):
    address = url("procedure_add", journey_id=journey.pk)
    kinds = as_owner.get(address).content.decode()
    assert 'value="marrow-test"' in kinds
    form = as_owner.post(address, {"kind": "marrow-test"})
    assert form.status_code == 200
    page = form.content.decode()
    assert "In remission" in page
    assert 'name="ended_on"' not in page
    assert not journey.procedures.exists()
    log(as_owner, journey, "marrow-test", result="In remission", note="By phone")
    page = page_of(as_owner, "procedure_list", journey)
    for words in ("Bone marrow test", "In remission", "By phone", "written by"):
        assert words in page


@pytest.mark.parametrize("kind", ["", "no-such-kind"])
def test_a_kind_that_is_none_is_asked_again(as_owner, journey, kind):
    answer = as_owner.post(url("procedure_add", journey_id=journey.pk), {"kind": kind})
    assert answer.status_code == 422
    assert "choose one of these" in answer.content.decode()


def test_days_that_cannot_be_are_asked_back_and_nothing_is_lost(as_owner, journey):
    tomorrow = TODAY() + timedelta(days=1)
    answer = log(as_owner, journey, "block", done_on=tomorrow.isoformat(), name="Block 2B")
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert "Block 2B" in answer.content.decode()
    answer = log(as_owner, journey, "block", ended_on=ago(3).isoformat())
    assert "before the first one" in answer.content.decode()
    assert not journey.procedures.exists()


def test_a_double_tap_writes_one_entry(as_owner, journey):
    for _tap in range(2):
        log(as_owner, journey, "block", client_id="11111111-2222-4333-8444-555555555555")
    assert journey.procedures.count() == 1


def test_a_block_goes_on_until_it_is_over_or_the_next_begins(as_owner, journey):
    make_procedure(journey=journey, kind="block", name="Block 1", done_on=ago(40))
    second = make_procedure(journey=journey, kind="block", name="Block 2", done_on=ago(12))
    make_procedure(journey=journey, kind="line-placed", name="Port", done_on=ago(60))
    going_on = page_of(as_owner, "procedure_list", journey).partition("Everything, newest")[0]
    assert "Block 2" in going_on
    assert "Port" in going_on
    assert "Block 1" not in going_on
    fields = {"done_on": ago(12), "ended_on": ago(1), "name": "Block 2", "version": 1}
    as_owner.post(url("procedure_edit", journey_id=journey.pk, procedure_id=second.pk), fields)
    going_on = page_of(as_owner, "procedure_list", journey).partition("Everything, newest")[0]
    assert "Block 2" not in going_on


def test_a_result_that_the_guide_does_not_offer_any_more_stays(as_owner, journey):
    row = make_procedure(journey=journey, kind="marrow-test", result="M1 marrow")
    address = url("procedure_edit", journey_id=journey.pk, procedure_id=row.pk)
    assert "M1 marrow" in as_owner.get(address).content.decode()
    fields = {"done_on": ago(1), "result": "M1 marrow", "version": 1}
    assert as_owner.post(address, fields).status_code == 302


def test_an_entry_of_a_kind_that_is_gone_is_shown_and_changed(as_owner, journey):
    row = make_procedure(journey=journey, kind="moon-bath", name="Long ago")
    assert "moon-bath" in page_of(as_owner, "procedure_list", journey)
    address = url("procedure_edit", journey_id=journey.pk, procedure_id=row.pk)
    assert as_owner.post(address, {"done_on": ago(1), "version": 1}).status_code == 302


def test_who_edits_second_sees_both(as_owner, journey):
    row = make_procedure(journey=journey, kind="block", name="Theirs", done_on=ago(4))
    address = url("procedure_edit", journey_id=journey.pk, procedure_id=row.pk)
    assert (
        as_owner.post(address, {"done_on": ago(4), "name": "First", "version": 1}).status_code
        == 302
    )
    answer = as_owner.post(address, {"done_on": ago(4), "name": "Second", "version": 1})
    assert answer.status_code == 409
    assert "First" in answer.content.decode()
    assert "Second" in answer.content.decode()


# --- From a visit --------------------------------------------------------------------------------
def test_a_visit_that_is_over_is_offered_once(as_owner, journey):
    visit = make_appointment(journey=journey, kind="lumbar-puncture", day=ago(2))
    make_appointment(journey=journey, kind="clinic-visit", day=ago(2))
    make_appointment(journey=journey, kind="transfusion", day=ago(40))
    page = page_of(as_owner, "procedure_list", journey)
    assert page.count("Write it into the treatment log") == 1
    detail = page_of(as_owner, "appointment_detail", journey, appointment_id=visit.pk)
    assert "Write it into the treatment log" in detail
    address = url("procedure_add", journey_id=journey.pk)
    form = as_owner.post(address, {"kind": "lumbar-puncture", "appointment": visit.pk})
    assert f'value="{ago(2)}"' in form.content.decode()
    log(as_owner, journey, "lumbar-puncture", appointment=visit.pk, done_on=ago(2))
    assert journey.procedures.get().appointment == visit
    assert "Write it into" not in page_of(as_owner, "procedure_list", journey)


def test_what_was_done_at_a_hidden_visit_begins_as_hidden(as_owner, journey):
    address = url("procedure_add", journey_id=journey.pk)
    for only_me in (True, False):
        visit = make_appointment(journey=journey, kind="lumbar-puncture", only_me=only_me)
        asked = as_owner.post(address, {"kind": "lumbar-puncture", "appointment": visit.pk})
        assert asked.context["form"]["only_me"].value() is only_me


def test_a_visit_of_another_journey_is_none(as_owner, journey, stranger):
    foreign = make_appointment(
        journey=Journey.objects.get(owner=stranger), kind="lumbar-puncture", day=ago(2)
    )
    log(as_owner, journey, "lumbar-puncture", appointment=foreign.pk)
    assert journey.procedures.get().appointment is None


def test_somebody_from_whom_visits_are_hidden_gets_no_offer(journey, contributor):
    make_appointment(journey=journey, kind="lumbar-puncture", day=ago(2))
    journey.shares.update(areas=[Area.MEDICINES])
    page = page_of(client_of(contributor), "procedure_list", journey)
    assert "Write it into" not in page


def test_deleting_the_visit_keeps_the_entry(as_owner, journey):
    visit = make_appointment(journey=journey, kind="lumbar-puncture", day=ago(2))
    make_procedure(journey=journey, appointment=visit)
    Appointment.objects.filter(pk=visit.pk).delete()
    assert journey.procedures.get().appointment is None


# --- What follows from it ------------------------------------------------------------------------
@pytest.mark.parametrize(("days", "counts"), [(14, True), (15, False)])
def test_a_spinal_tap_counts_for_two_weeks_whatever_was_answered(journey, days, counts):
    make_treatment(journey=journey, window="after_lumbar_puncture", answer="no")
    make_procedure(journey=journey, kind="lumbar-puncture", done_on=ago(days))
    assert known_windows(journey)["after_lumbar_puncture"] is counts


def test_a_line_counts_until_it_is_out(as_owner, journey):
    line = make_procedure(journey=journey, kind="line-placed", done_on=ago(200))
    page = page_of(as_owner, "treatment_edit", journey)
    assert 'name="line_in_place"' not in page
    assert "the treatment log" in page
    line.ended_on = ago(1)
    line.save()
    assert 'name="line_in_place"' in page_of(as_owner, "treatment_edit", journey)


def test_a_transplant_counts_for_good(as_owner, journey):
    make_procedure(journey=journey, kind="transplant", done_on=ago(2000))
    page = page_of(as_owner, "treatment_edit", journey)
    assert 'name="long_immune_risk"' not in page
    assert 'name="inotuzumab_or_transplant"' in page


def test_a_block_makes_an_earlier_no_about_counts_void(journey):
    for window in ("low_neutrophils", "steroid"):
        make_treatment(journey=journey, window=window, answer="no")
    assert known_windows(journey) == {"low_neutrophils": False, "steroid": False}
    make_procedure(journey=journey, kind="block", done_on=TODAY())
    assert known_windows(journey) == {"new_treatment": True, "steroid": False}


def test_what_another_keeps_to_themselves_counts_and_is_not_told(journey, as_contributor):
    make_procedure(journey=journey, kind="car-t", done_on=ago(3), only_me=True)
    assert known_windows(journey)["car_t"] is True
    assert 'name="car_t"' in page_of(as_contributor, "treatment_edit", journey)
    assert "CAR-T" not in page_of(as_contributor, "procedure_list", journey)


# --- Where else it stands ------------------------------------------------------------------------
def test_it_stands_on_the_timeline_and_is_marked_on_charts(as_owner, journey):
    make_procedure(journey=journey, kind="marrow-test", result="In remission", done_on=ago(3))
    make_procedure(journey=journey, kind="block", name="Block 2B", done_on=ago(4))
    page = page_of(as_owner, "timeline", journey)
    assert "Bone marrow test" in page
    assert "In remission" in page
    note(as_owner, journey, answers(tired="2"))
    chart = page_of(as_owner, "trend_detail", journey, symptom="tired")
    assert "<title>Block 2B</title>" in chart
    assert "<title>Bone marrow test</title>" in chart


def test_a_visit_and_its_entry_are_one_mark(as_owner, journey):
    make_appointment(journey=journey, kind="transfusion", day=ago(3))
    make_procedure(journey=journey, kind="transfusion", done_on=ago(3))
    note(as_owner, journey, answers(tired="2"))
    chart = page_of(as_owner, "trend_detail", journey, symptom="tired")
    assert chart.count("<title>Transfusion</title>") == 1


def test_whoever_does_not_see_medicines_sees_no_trace(journey, contributor):
    make_procedure(journey=journey, kind="block", name="Block 2B", done_on=ago(4))
    journey.shares.all().delete()
    make_share(journey=journey, user=contributor, role="viewer", areas=[Area.SYMPTOMS])
    client = client_of(contributor)
    assert client.get(url("procedure_list", journey_id=journey.pk)).status_code == 404
    assert "Block 2B" not in page_of(client, "timeline", journey)
