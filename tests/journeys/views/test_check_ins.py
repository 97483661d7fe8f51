"""The check-in: seconds on a bad day, and what to do stands on the next page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journeys.models import CheckIn
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import make_check_in, make_stage
from tests.journeys.views.check_in_tools import (
    LINE,
    answers,
    at,
    list_of,
    moment,
    note,
    page_after,
    temperature,
)
from tests.world import url


def test_owner_notes_how_it_is_and_sees_it(as_owner, journey):
    page = page_after(as_owner, note(as_owner, journey, answers(tired="1")))
    assert "Tired by evening" in page
    assert "Nobody watches this diary." in page
    check_in = journey.check_ins.get()
    assert check_in.author == journey.owner
    assert [entry.score for entry in check_in.entries.all()] == [1]


def test_a_fever_says_call_now_with_the_number(as_owner, journey):
    journey.cancer_line = LINE
    journey.save()
    page = page_after(as_owner, note(as_owner, journey, answers() | temperature("38.4")))
    assert 'data-level="now"' in page
    assert 'href="tel:+431000001"' in page
    assert page.index(LINE) < page.index("What you wrote")


def test_without_a_number_there_is_no_dead_button(as_owner, journey):
    page = page_after(as_owner, note(as_owner, journey, answers() | temperature("38.4")))
    result = page.partition('data-level="now"')[2].partition("</section>")[0]
    assert 'href="tel:"' not in page
    assert "the number your team gave you" in result


@pytest.mark.parametrize(("value", "unit"), [("38", "C"), ("38,0", "C"), ("100.4", "F")])
def test_a_temperature_is_compared_as_it_was_typed(as_owner, journey, value, unit):
    page_after(as_owner, note(as_owner, journey, answers() | temperature(value, unit)))
    assert journey.check_ins.get().level == "now"


def test_check_ins_need_a_sign_in(client, journey):
    assert_needs_login(note(client, journey, answers(tired="1")))


def test_stranger_finds_no_check_ins(as_stranger, journey):
    assert note(as_stranger, journey, answers(tired="1")).status_code == 404
    assert not CheckIn.objects.exists()


def test_viewer_reads_check_ins_but_adds_none(as_viewer, journey):
    make_check_in(journey=journey, tired=2)
    page = list_of(as_viewer, journey)
    assert "Tiredness" in page
    assert "Start a check-in" not in page
    assert note(as_viewer, journey, answers(tired="1")).status_code == 403


def test_contributor_is_told_whose_check_in_it_is(as_contributor, journey):
    page = as_contributor.get(url("check_in_add", journey_id=journey.pk)).content.decode()
    assert "How is Olive?" in page
    assert "Olive’s journey</button>" in page


def test_two_taps_make_one_check_in(as_owner, journey):
    same = answers(tired="1")
    pages = {note(as_owner, journey, same).headers["Location"] for _ in range(2)}
    assert journey.check_ins.count() == journey.symptom_entries.count() == 1
    assert pages == {at("check_in_detail", journey.check_ins.get())}


def test_one_tap_notes_that_the_rest_is_not_there(as_owner, journey):
    given = answers(tired="2", nausea="") | {"rest_is_none": "on"}
    page_after(as_owner, note(as_owner, journey, given))
    scores = dict(journey.symptom_entries.values_list("symptom", "score"))
    assert scores["tired"] == 2
    assert scores["nausea"] == 0


def test_an_answer_counts_even_if_the_page_would_now_show_other_symptoms(as_owner, journey):
    given = answers(jaw_pain="3")
    del given["symptom"]
    page_after(as_owner, note(as_owner, journey, given))
    assert journey.symptom_entries.get().symptom == "jaw-pain"


def test_an_own_symptom_gets_the_general_rule(as_owner, journey):
    given = answers() | {"own_name": "Humming ears", "own_score": "4"}
    page = page_after(as_owner, note(as_owner, journey, given))
    assert "Humming ears" in page
    assert journey.check_ins.get().level == "now"


def test_a_note_alone_is_enough(as_owner, journey):
    page = page_after(as_owner, note(as_owner, journey, answers() | {"note": "A good day"}))
    assert "A good day" in page


# --- Asked again, kindly ------------------------------------------------------------------------


def test_an_empty_check_in_is_refused(as_owner, journey):
    assert_kind_error(note(as_owner, journey, answers()), "One answer is enough")
    assert not journey.check_ins.exists()


@pytest.mark.parametrize("value", ["999", "3.7", "-5", "warm", "38.4.1", "٣٨"])
def test_a_number_that_cannot_be_is_asked_again_and_stays(as_owner, journey, value):
    response = note(as_owner, journey, answers(tired="3") | temperature(value))
    if response.status_code == 302:  # digits of another script are digits
        assert journey.check_ins.get().level == "now"
        return
    assert_kind_error(response, value)
    page = response.content.decode()
    assert "We could not check this yet" in page
    assert not journey.check_ins.exists()


def test_while_something_is_unclear_the_signs_and_numbers_show(as_owner, journey):
    journey.cancer_line = LINE
    journey.save()
    page = note(as_owner, journey, answers() | temperature("999")).content.decode()
    assert "are you in doubt? Then call." in page
    assert LINE in page


def test_a_clear_answer_counts_while_another_is_unclear(as_owner, journey):
    given = answers() | temperature("38.4") | {"own_score": "4"}
    response = note(as_owner, journey, given)
    assert_kind_error(response, "What you have filled in already says: call your 24-hour")


@pytest.mark.parametrize("when", ["", "yesterday", "2026-13-40T25:00"])
def test_a_time_that_cannot_be_read_keeps_the_answers(as_owner, journey, when):
    response = note(as_owner, journey, answers(tired="3") | {"occurred_at": when})
    assert_kind_error(response, when)


def test_a_time_to_come_is_refused(as_owner, journey):
    response = note(as_owner, journey, answers(tired="1") | {"occurred_at": moment(hours=-2)})
    assert_kind_error(response, "still to come")


def test_a_time_many_years_ago_is_a_slip(as_owner, journey):
    response = note(as_owner, journey, answers(tired="1") | {"occurred_at": "1926-11-23T10:00"})
    assert_kind_error(response, "check the year")


def test_a_late_entry_says_if_this_is_still_so(as_owner, journey):
    given = answers() | temperature("38.4") | {"occurred_at": moment(hours=20)}
    page = page_after(as_owner, note(as_owner, journey, given))
    assert "if this is still so" in page
    assert journey.check_ins.get().level == "now"


def test_an_old_entry_is_history(as_owner, journey):
    given = answers() | temperature("38.4") | {"occurred_at": moment(days=3)}
    page = page_after(as_owner, note(as_owner, journey, given))
    assert journey.check_ins.get().level == "history"
    assert "Kept as history" in page


# --- Adding symptoms ----------------------------------------------------------------------------


def test_adding_a_symptom_keeps_what_was_typed_and_saves_nothing(as_owner, journey):
    given = answers(tired="3") | {"note": "So far", "more": "1", "add": "face-or-sinus-pain"}
    response = note(as_owner, journey, given)
    assert response.status_code == 200
    page = response.content.decode()
    assert 'id="symptom-face-or-sinus-pain"' in page
    assert "So far" in page
    assert response.context["form"]["tired"].value() == "3"
    assert not journey.check_ins.exists()


def test_the_temperature_comes_first_whatever_the_stage(as_owner, journey):
    make_stage(journey=journey, classification="in-remission", phase="maintenance")
    form = as_owner.get(url("check_in_add", journey_id=journey.pk)).context["form"]
    assert form.symptoms[0].slug == "fever"


def test_a_symptom_nobody_knows_is_kept_and_unchecked(as_owner, journey):
    page_after(as_owner, note(as_owner, journey, answers(no_such_thing="2")))
    check_in = journey.check_ins.get()
    assert check_in.unchecked
    assert check_in.entries.get().symptom == "no-such-thing"


# --- The list -----------------------------------------------------------------------------------


def test_the_list_pages_back(as_owner, journey):
    for hours in range(1, 33):
        when = timezone.now() - timedelta(hours=hours)
        make_check_in(journey=journey, occurred_at=when, tired=1)
    first = as_owner.get(url("check_in_list", journey_id=journey.pk))
    assert len(first.context["check_ins"]) == 30
    before = first.context["older_before"]
    older = as_owner.get(url("check_in_list", journey_id=journey.pk), {"before": before})
    assert len(older.context["check_ins"]) == 2


@pytest.mark.parametrize("mark", ["", "yesterday", "2026-02-31T00:00", "2026-01-01"])
def test_a_paging_mark_that_cannot_be_read_starts_at_the_newest(as_owner, journey, mark):
    make_check_in(journey=journey, tired=1)
    response = as_owner.get(url("check_in_list", journey_id=journey.pk), {"before": mark})
    assert len(response.context["check_ins"]) == 1


def test_htmx_gets_the_list_alone(as_owner, journey):
    make_check_in(journey=journey, tired=1)
    address = url("check_in_list", journey_id=journey.pk)
    fragment = as_owner.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'id="check-in-list"' in fragment
    boosted = as_owner.get(address, headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<html" in boosted.content.decode()


def test_a_contributor_who_notes_something_stands_in_the_log(as_contributor, contributor, journey):
    note(as_contributor, journey, answers(tired="1"))
    event = journey.access_events.get()
    assert (event.actor, event.area, event.kind) == (contributor, "symptoms", "write")
