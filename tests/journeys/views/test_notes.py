"""Notes: a diary in one's own words, shared or only for me."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from journeys.models import Note, Revision
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import make_note
from tests.world import url


def write(client, journey, **fields):
    given = {
        "text": "Slept through",
        "noted_on": timezone.localdate().isoformat(),
        "client_id": str(uuid.uuid4()),
    }
    return client.post(url("note_add", journey_id=journey.pk), given | fields)


def at(name, note):
    return url(name, journey_id=note.journey_id, note_id=note.pk)


def change(client, note, **fields):
    given = {"text": note.text, "noted_on": note.noted_on.isoformat(), "version": note.version}
    return client.post(at("note_edit", note), given | fields)


def list_of(client, journey, query=""):
    return client.get(url("note_list", journey_id=journey.pk) + query).content.decode()


def test_owner_writes_a_note_and_reads_it(as_owner, journey):
    assert write(as_owner, journey).status_code == 302
    assert journey.notes.get().author == journey.owner
    assert "Slept through" in list_of(as_owner, journey)


def test_notes_need_a_sign_in(client, journey):
    assert_needs_login(write(client, journey))


def test_stranger_finds_no_notes(as_stranger, journey):
    assert write(as_stranger, journey).status_code == 404
    assert not Note.objects.exists()


def test_viewer_reads_notes_but_writes_none(as_viewer, journey):
    make_note(journey=journey)
    page = list_of(as_viewer, journey)
    assert "A good day in the garden" in page
    assert "Write a note" not in page
    assert write(as_viewer, journey).status_code == 403


def test_what_is_only_for_me_nobody_else_reads(as_owner, as_contributor, journey):
    write(as_owner, journey, only_me="on", text="Afraid tonight")
    assert "Afraid tonight" in list_of(as_owner, journey)
    assert "Afraid tonight" not in list_of(as_contributor, journey)
    assert as_contributor.get(at("note_edit", journey.notes.get())).status_code == 404


def test_a_caregiver_hides_no_note_from_the_patient(as_owner, as_contributor, journey):
    page = as_contributor.get(url("note_add", journey_id=journey.pk)).content.decode()
    assert "The patient sees every note you write here." in page
    assert 'name="only_me"' not in page
    write(as_contributor, journey, only_me="on", text="She ate well")
    assert not journey.notes.get().only_me
    assert "She ate well" in list_of(as_owner, journey)


def test_two_taps_make_one_note(as_owner, journey):
    same = str(uuid.uuid4())
    for _ in range(2):
        write(as_owner, journey, client_id=same)
    assert journey.notes.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "  "}, "Write a few words first."),
        ({"noted_on": ""}, "Choose the day."),
        ({"noted_on": "1026-11-20"}, "Please check the year."),
        ({"noted_on": "2999-01-01"}, "still to come"),
    ],
)
def test_what_cannot_be_is_asked_again_kindly(as_owner, journey, fields, words):
    assert_kind_error(write(as_owner, journey, **fields), words)
    assert not journey.notes.exists()


def test_a_correction_keeps_the_earlier_words(as_owner, journey):
    note = make_note(journey=journey)
    assert change(as_owner, note, text="A good day by the sea").status_code == 302
    assert Revision.objects.get().before["text"] == "A good day in the garden"
    assert "edited" in list_of(as_owner, journey)


def test_two_people_at_once_lose_nothing(as_owner, journey):
    note = make_note(journey=journey)
    change(as_owner, note, text="First")
    response = change(as_owner, note, text="Second")
    assert response.status_code == 409
    page = response.content.decode()
    assert "First" in page
    assert "Second" in page


def test_contributor_changes_only_own_notes(as_contributor, contributor, journey):
    assert change(as_contributor, make_note(journey=journey)).status_code == 403
    own = make_note(journey=journey, author=contributor)
    assert change(as_contributor, own, text="Mine").status_code == 302


def test_a_deleted_note_comes_back(as_owner, journey):
    note = make_note(journey=journey)
    as_owner.post(at("note_delete", note))
    assert note.text not in list_of(as_owner, journey)
    as_owner.post(at("note_restore", note))
    assert note.text in list_of(as_owner, journey)


def test_older_notes_are_a_page_away(as_owner, journey):
    today = timezone.localdate()
    for day in range(25):
        make_note(journey=journey, text=f"Day {day:02}", noted_on=today - timedelta(days=day))
    first, second = list_of(as_owner, journey), list_of(as_owner, journey, "?from=20")
    assert "Day 19" in first
    assert "Day 20" not in first
    assert "Day 20" in second
    assert 'href="?from=0"' in second


def test_another_journeys_note_is_not_there(as_owner, journey, stranger):
    other = make_note(journey=stranger.own_journeys.get())
    assert (
        as_owner.get(url("note_edit", journey_id=journey.pk, note_id=other.pk)).status_code == 404
    )
