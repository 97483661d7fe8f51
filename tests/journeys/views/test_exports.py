"""Taking everything along: one file, for the owner alone."""

import json

from tests.asserts import assert_needs_login
from tests.factories import make_appointment, make_check_in, make_question
from tests.world import url


def download(client, journey):
    return client.post(url("export_json", journey_id=journey.pk))


def test_owner_downloads_everything_as_one_file(as_owner, journey):
    make_check_in(journey=journey, temperature="37.8", note="Slept badly")
    make_appointment(journey=journey, place="Room 7")
    make_question(journey=journey, text="Can I travel?", only_me=True)
    response = download(as_owner, journey)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store, private"
    data = json.loads(response.content)
    assert (data["format"], data["version"]) == ("careguide-journey", 1)
    assert data["records"]["check_ins"][0]["note"] == "Slept badly"
    assert data["records"]["symptom_entries"][0]["readings"][0]["value"] == "37.8"
    assert data["records"]["appointments"][0]["place"] == "Room 7"
    assert data["records"]["questions"][0]["text"] == "Can I travel?"


def test_the_name_of_the_file_says_nothing_of_health_or_person(as_owner, journey):
    disposition = download(as_owner, journey).headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="export-2')
    assert disposition.endswith('.json"')


def test_the_page_warns_that_the_file_is_not_locked(as_owner, journey):
    page = as_owner.get(url("export", journey_id=journey.pk)).content.decode()
    assert "it is not locked" in page


def test_people_are_named_as_they_are_shown_never_by_address(as_owner, viewer, journey):
    text = download(as_owner, journey).content.decode()
    assert "Vera Viewer" in text
    assert viewer.email not in text
    assert journey.owner.email not in text


def test_text_keeps_its_letters(as_owner, journey):
    make_question(journey=journey, text="Größe – 日本語 – \u202eoverride")
    data = json.loads(download(as_owner, journey).content)
    assert data["records"]["questions"][0]["text"] == "Größe – 日本語 – \u202eoverride"


def test_an_empty_journey_can_be_taken_along_too(as_owner, journey):
    assert not any(json.loads(download(as_owner, journey).content)["records"].values())


def test_a_download_needs_a_sign_in(client, journey):
    assert_needs_login(download(client, journey))


def test_stranger_finds_nothing_to_download(as_stranger, journey):
    assert download(as_stranger, journey).status_code == 404


def test_not_even_a_manager_takes_everything_along(as_contributor, journey):
    journey.shares.update(role="manager")
    assert download(as_contributor, journey).status_code == 403


def test_a_link_alone_downloads_nothing(as_owner, journey):
    assert as_owner.get(url("export_json", journey_id=journey.pk)).status_code == 405
