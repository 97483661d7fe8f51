"""Check-ins later on: corrected, deleted, hidden from others."""

import pytest

from journeys.models import Revision
from tests.asserts import assert_kind_error
from tests.factories import make_check_in
from tests.journeys.views.check_in_tools import answers, at, list_of, note, page_after, temperature


def correct(client, check_in, given):
    given = given | {"version": check_in.version}
    return client.post(at("check_in_edit", check_in), given)


def test_a_correction_finds_the_level_anew_and_keeps_the_old_state(as_owner, journey):
    check_in = make_check_in(journey=journey, temperature="38.4")
    page = page_after(as_owner, correct(as_owner, check_in, answers() | temperature("36.4")))
    assert 'data-level="now"' not in page
    check_in.refresh_from_db()
    assert check_in.version == 2
    before = {row.model: row.before for row in Revision.objects.all()}
    assert before["checkin"]["level"] == "now"
    assert before["symptomentry"]["readings"][0]["value"] == "38.4"


def test_the_form_of_a_correction_starts_from_what_was_written(as_owner, journey):
    check_in = make_check_in(journey=journey, tired=2, temperature="37.1", note="Slept badly")
    form = as_owner.get(at("check_in_edit", check_in)).context["form"]
    assert form["tired"].value() == 2
    assert form["fever-temperature"].value() == "37.1"
    assert form["note"].value() == "Slept badly"


def test_two_people_who_correct_at_once_both_see_their_words(as_owner, journey):
    check_in = make_check_in(journey=journey, tired=1)
    correct(as_owner, check_in, answers(tired="2") | {"note": "Theirs was first"})
    response = correct(as_owner, check_in, answers(tired="3") | {"note": "Mine came later"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Theirs was first" in page
    assert "Mine came later" in page
    assert journey.check_ins.get().note == "Theirs was first"


def test_a_correction_that_cannot_be_keeps_what_was_typed(as_owner, journey):
    check_in = make_check_in(journey=journey, temperature="37.1")
    response = correct(as_owner, check_in, answers() | temperature("999") | {"note": "Typed"})
    assert_kind_error(response, "Typed")
    assert journey.check_ins.get().entries.get().readings[0]["value"] == "37.1"


def test_a_deleted_check_in_can_be_taken_back(as_owner, journey):
    check_in = make_check_in(journey=journey, tired=2)
    as_owner.post(at("check_in_delete", check_in))
    page = list_of(as_owner, journey)
    assert "A check-in was deleted." in page
    assert "Tiredness" not in page
    assert as_owner.get(at("check_in_detail", check_in)).status_code == 404
    as_owner.post(at("check_in_restore", check_in))
    assert "Tiredness" in list_of(as_owner, journey)


def test_contributor_corrects_own_check_ins_only(as_contributor, contributor, journey):
    mine = make_check_in(journey=journey, author=contributor, tired=1)
    theirs = make_check_in(journey=journey, tired=1)
    assert correct(as_contributor, mine, answers(tired="2")).status_code == 302
    assert correct(as_contributor, theirs, answers(tired="2")).status_code == 403
    assert as_contributor.post(at("check_in_delete", theirs)).status_code == 403


# --- What is hidden -----------------------------------------------------------------------------


def test_a_check_in_for_its_author_only_is_hidden(as_viewer, as_owner, journey):
    given = answers(tired="2") | {"only_me": "on"}
    page_after(as_owner, note(as_owner, journey, given))
    check_in = journey.check_ins.get()
    assert check_in.entries.get().only_me
    assert "Tiredness" not in list_of(as_viewer, journey)
    assert as_viewer.get(at("check_in_detail", check_in)).status_code == 404
    assert "only you see it" in list_of(as_owner, journey)


@pytest.fixture
def without_mood(journey, contributor):
    areas = [area for area in journey.shares.get().areas if area != "mood"]
    journey.shares.update(areas=areas, role="manager")


def test_mood_is_hidden_from_whom_it_is_not_shared_with(as_contributor, journey, without_mood):
    check_in = make_check_in(journey=journey, tired=1, low_mood_or_worry=4)
    for page in (
        list_of(as_contributor, journey),
        as_contributor.get(at("check_in_detail", check_in)).content.decode(),
        as_contributor.get(at("check_in_edit", check_in)).content.decode(),
    ):
        assert "Tiredness" in page
        assert 'id="symptom-low-mood-or-worry"' not in page
        assert "Low mood" not in page.partition("<select")[0]
    detail = as_contributor.get(at("check_in_detail", check_in)).content.decode()
    assert f'data-level="{check_in.level}"' not in detail


def test_correcting_a_check_in_keeps_the_mood_one_does_not_see(
    as_contributor, journey, without_mood
):
    check_in = make_check_in(journey=journey, tired=1, low_mood_or_worry=4)
    page_after(as_contributor, correct(as_contributor, check_in, answers(tired="2")))
    scores = dict(check_in.entries.values_list("symptom", "score"))
    assert scores == {"tired": 2, "low-mood-or-worry": 4}
