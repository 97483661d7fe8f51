"""A journey's beginning, its settings, and how it is paused or closed."""

import re

import pytest

from content.models import Centre
from journeys.actions.journeys import start_journey
from journeys.models import Journey
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import make_journey, make_share, make_stage, make_user
from tests.visitors import client_of
from tests.world import url


def newcomer(**fields):
    user = make_user(**fields)
    return user, client_of(user)


def post(client, address, journey, **fields):
    return client.post(url(address, journey_id=journey.pk), fields)


def page(client, address, journey):
    return client.get(url(address, journey_id=journey.pk)).content.decode()


# --- Beginning ----------------------------------------------------------------------------------


def test_home_leads_to_the_one_journey(as_owner, journey):
    assert as_owner.get("/home/").headers["Location"] == url("today", journey_id=journey.pk)


def test_home_leads_to_the_list_when_there_is_a_choice(as_owner, owner):
    other = make_journey(name="Sam")
    make_share(journey=other, user=owner)
    assert as_owner.get("/home/").headers["Location"] == url("journey_list")
    listed = as_owner.get(url("journey_list")).content.decode()
    assert "My own journey" in listed
    assert "The journey of Sam" in listed


def test_home_leads_a_newcomer_to_the_beginning(db):
    _user, client = newcomer()
    assert client.get("/home/").headers["Location"] == url("journey_list")
    assert "Start your own journey" in client.get(url("journey_list")).content.decode()


def test_home_leads_staff_to_their_desk(db):
    _user, client = newcomer(is_staff=True)
    assert client.get("/home/").headers["Location"] == "/admin/"


def test_the_beginning_needs_a_sign_in(client, db):
    assert_needs_login(client.post(url("journey_start")))


def test_starting_twice_makes_one_journey(db):
    user, client = newcomer(name="Olive")
    places = {client.post(url("journey_start")).headers["Location"] for _ in range(2)}
    journey = Journey.objects.get(owner=user)
    assert journey.name == "Olive"
    assert places == {url("welcome", journey_id=journey.pk)}


def test_a_caregiver_can_start_a_journey_of_their_own(as_viewer, viewer):
    as_viewer.post(url("journey_start"))
    assert Journey.objects.filter(owner=viewer).count() == 1


def test_staff_cannot_start_a_journey(db):
    user, client = newcomer(is_staff=True)
    assert client.post(url("journey_start")).status_code == 403
    assert not Journey.objects.exists()
    with pytest.raises(ValueError, match="staff"):
        start_journey(by=user)


def test_every_step_of_the_welcome_can_be_skipped(db):
    _user, client = newcomer()
    welcome = client.post(url("journey_start")).headers["Location"]
    text = client.get(welcome).content.decode()
    assert "Skip all this" in text
    journey = Journey.objects.get()
    assert f'href="{url("today", journey_id=journey.pk)}"' in text
    assert client.get(url("today", journey_id=journey.pk)).status_code == 200


def test_a_step_of_the_welcome_leads_back_to_it(as_owner, journey):
    numbers = url("journey_numbers", journey_id=journey.pk)
    response = as_owner.post(f"{numbers}?welcome", {"cancer_line": "+00 0000 1"})
    assert response.headers["Location"] == url("welcome", journey_id=journey.pk)
    text = page(as_owner, "welcome", journey)
    assert "Done. Your numbers stand on" in text
    assert "Skip all this" not in text


def test_a_marked_stage_is_done_in_the_welcome(as_owner, journey):
    make_stage(journey=journey)
    assert "Done. You can change it at any time." in page(as_owner, "welcome", journey)


# --- Name and numbers ---------------------------------------------------------------------------


def test_the_name_is_free_and_may_stay_empty(as_owner, journey):
    for name in ("Olive O'Hara 🌱", ""):
        assert post(as_owner, "journey_name", journey, name=name).status_code == 302
        journey.refresh_from_db()
        assert journey.name == name


def test_a_name_that_is_too_long_is_refused_and_kept(as_owner, journey):
    assert_kind_error(post(as_owner, "journey_name", journey, name="x" * 81), "x" * 81)


@pytest.mark.parametrize("number", ["+43 1 000 001", "144", "(01) 000-0.01/2", "112"])
def test_a_phone_number_is_kept_as_written(as_owner, journey, number):
    assert post(as_owner, "journey_numbers", journey, cancer_line=number).status_code == 302
    journey.refresh_from_db()
    assert journey.cancer_line == number


@pytest.mark.parametrize("number", ["ask Anna", "1", "+", "javascript:alert(1)", "1" * 41])
def test_what_cannot_be_dialed_is_refused_kindly(as_owner, journey, number):
    response = post(
        as_owner, "journey_numbers", journey, cancer_line=number, emergency_number="144"
    )
    assert_kind_error(response, "144")
    journey.refresh_from_db()
    assert journey.cancer_line == ""


def test_a_number_with_words_is_told_how_to_write_it(as_owner, journey):
    response = post(as_owner, "journey_numbers", journey, cancer_line="ask Anna")
    assert_kind_error(response, "as you would dial it")


def test_another_field_in_the_form_changes_nothing(as_owner, owner, stranger, journey):
    post(
        as_owner,
        "journey_name",
        journey,
        name="New",
        owner=stranger.pk,
        status="closed",
        fever_limit="38.5",
        id="00000000-0000-0000-0000-000000000000",
    )
    journey.refresh_from_db()
    assert (journey.name, journey.owner, journey.status) == ("New", owner, "active")
    assert journey.fever_limit is None


# --- The own fever limit ------------------------------------------------------------------------


def set_limit(client, journey, limit, unit="C", **fields):
    fields = {"temperature_unit": unit} | fields
    return post(
        client, "journey_limit", journey, fever_limit=limit, fever_limit_unit=unit, **fields
    )


@pytest.mark.parametrize(("limit", "unit"), [("37.0", "C"), ("37.8", "C"), ("98.6", "F")])
def test_a_stricter_limit_needs_no_confirmation(as_owner, journey, limit, unit):
    assert set_limit(as_owner, journey, limit, unit).status_code == 302
    journey.refresh_from_db()
    assert journey.own_limit[1] == unit
    assert str(journey.fever_limit.normalize()) == str(limit).removesuffix(".0")


@pytest.mark.parametrize(
    ("limit", "unit"), [("36.9", "C"), ("38.6", "C"), ("98.5", "F"), ("101.4", "F"), ("37.8", "F")]
)
def test_a_limit_out_of_range_is_refused(as_owner, journey, limit, unit):
    response = set_limit(as_owner, journey, limit, unit, confirm="on")
    assert_kind_error(response, limit)
    assert "Please give a limit between" in response.content.decode()
    journey.refresh_from_db()
    assert journey.fever_limit is None


@pytest.mark.parametrize(("limit", "unit"), [("38.1", "C"), ("38.5", "C"), ("101.0", "F")])
def test_a_looser_limit_asks_for_a_confirmation(as_owner, journey, limit, unit):
    assert_kind_error(set_limit(as_owner, journey, limit, unit), "Tick the box")
    assert set_limit(as_owner, journey, limit, unit, confirm="on").status_code == 302
    journey.refresh_from_db()
    assert journey.fever_limit_confirmed


def test_each_looser_limit_is_confirmed_for_itself(as_owner, journey):
    set_limit(as_owner, journey, "38.2", confirm="on")
    form = page(as_owner, "journey_limit", journey)
    box = re.search(r"<input[^>]*name=\"confirm\"[^>]*>", form).group()
    assert "checked" not in box


def test_a_limit_can_be_taken_away(as_owner, journey):
    set_limit(as_owner, journey, "38.2", confirm="on")
    assert set_limit(as_owner, journey, "").status_code == 302
    journey.refresh_from_db()
    assert journey.own_limit is None
    assert not journey.fever_limit_confirmed


def test_a_limit_is_written_with_a_comma_as_well(as_owner, journey):
    assert set_limit(as_owner, journey, "37,8").status_code == 302
    journey.refresh_from_db()
    assert str(journey.fever_limit) == "37.80"


def test_a_limit_that_cannot_be_read_takes_none_away(as_owner, journey):
    set_limit(as_owner, journey, "37.8")
    # A number input would send nothing for these, and nothing is "no limit of my own".
    field = re.search(
        r"<input[^>]*name=\"fever_limit\"[^>]*>", page(as_owner, "journey_limit", journey)
    )
    assert 'type="text"' in field.group() and 'inputmode="decimal"' in field.group()
    response = set_limit(as_owner, journey, "37.8 or so")
    assert_kind_error(response, "37.8 or so")
    assert "Please write a number, for example 38.2." in response.content.decode()
    journey.refresh_from_db()
    assert str(journey.fever_limit) == "37.80"


def test_a_contributor_cannot_set_the_limit(as_contributor, journey):
    assert set_limit(as_contributor, journey, "37.5").status_code == 403


# --- Pause and close ----------------------------------------------------------------------------


def test_pausing_says_that_nothing_is_lost(as_owner, journey):
    text = page(as_owner, "journey_status", journey)
    assert "Nothing is deleted, and you can change it back." in text
    assert post(as_owner, "journey_status", journey, status="paused").status_code == 302
    journey.refresh_from_db()
    assert journey.status == "paused"
    assert journey.status_changed_at is not None
    assert "Nobody is reminded of anything." in page(as_owner, "today", journey)


def test_a_closed_journey_asks_nothing_and_can_be_taken_along(as_owner, journey):
    make_stage(journey=journey, phase="comfort")
    post(as_owner, "journey_status", journey, status="closed")
    today = page(as_owner, "today", journey)
    assert "Everything in it stays, and can be taken along." in today
    assert "How are you?" not in today
    assert page(as_owner, "export", journey)
    assert as_owner.post(url("export_json", journey_id=journey.pk)).status_code == 200


def test_the_words_about_closing_are_gentle(as_owner, journey):
    text = page(as_owner, "journey_status", journey).lower()
    assert not [word for word in ("death", "dead", "died", "dying", "terminal") if word in text]


def test_a_closed_journey_can_be_opened_again(as_owner, journey):
    for status in ("closed", "active"):
        post(as_owner, "journey_status", journey, status=status)
    assert "This journey is closed" not in page(as_owner, "today", journey)


def test_a_status_that_does_not_exist_is_refused(as_owner, journey):
    assert_kind_error(post(as_owner, "journey_status", journey, status="gone"))


def test_only_the_owner_closes_a_journey(as_contributor, journey):
    journey.shares.update(role="manager")
    assert post(as_contributor, "journey_status", journey, status="closed").status_code == 403


# --- Settings and account -----------------------------------------------------------------------


def test_a_viewer_sees_the_settings_without_what_would_change_them(as_viewer, journey):
    text = page(as_viewer, "journey_detail", journey)
    assert "Numbers to call" in text
    assert "Change the numbers" not in text
    assert "Download everything" not in text


def test_the_settings_show_the_numbers_that_are_rung(as_viewer, journey):
    Centre(cancer_line="+00 0000 1", emergency_number="144").save()
    journey.emergency_number = "112"
    journey.save()
    text = page(as_viewer, "journey_detail", journey)
    assert 'href="tel:+0000001"' in text and 'href="tel:112"' in text
    assert "24-hour cancer line: this is the center’s number." in text
    assert "Emergency number: this is the center’s number." not in text


def test_without_any_number_the_settings_say_what_to_do(as_owner, journey):
    text = page(as_owner, "journey_detail", journey)
    assert "Call the number your team gave you for day and night." in text
    assert "tel:" not in text and "the center’s number" not in text


def test_a_caregiver_always_sees_whose_journey_it_is(as_viewer, journey):
    assert "<strong>Olive’s journey</strong>" in page(as_viewer, "today", journey)


def test_times_are_shown_in_the_zone_of_the_account(as_owner, owner):
    assert as_owner.post(url("profile"), {"name": "Olive", "time_zone": "Asia/Tokyo"})
    owner.refresh_from_db()
    assert owner.time_zone == "Asia/Tokyo"


def test_a_zone_that_does_not_exist_is_refused(as_owner, journey):
    response = as_owner.post(url("profile"), {"name": "Typed", "time_zone": "Mars/Base"})
    assert_kind_error(response, "Typed")


def test_a_profile_changes_only_name_and_zone(as_owner, owner):
    as_owner.post(url("profile"), {"name": "Olive", "is_staff": "on", "email": "other@example.org"})
    before = owner.email
    owner.refresh_from_db()
    assert (owner.is_staff, owner.email) == (False, before)
