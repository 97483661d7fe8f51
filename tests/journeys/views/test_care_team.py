"""The care team: who does what, who coordinates, which number when."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from content.models import Centre
from journeys.models import Area, CareTeamMember, Revision
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import make_care_member, make_share, make_stage, make_user
from tests.visitors import client_of
from tests.world import url


def add(client, journey, **fields):
    given = {"name": "Dr. Gray", "role": "hematologist", "client_id": str(uuid.uuid4())}
    return client.post(url("care_member_add", journey_id=journey.pk), given | fields)


def at(name, member):
    return url(name, journey_id=member.journey_id, member_id=member.pk)


def change(client, member, **fields):
    given = {"name": member.name, "version": member.version}
    return client.post(at("care_member_edit", member), given | fields)


def team_of(client, journey):
    return client.get(url("care_member_list", journey_id=journey.pk)).content.decode()


def order_in(text, *names):
    return sorted(names, key=text.index)


def test_owner_adds_somebody_with_the_numbers_by_time_of_day(as_owner, journey):
    response = add(
        as_owner,
        journey,
        day_number="+00 1 234",
        day_hours="Monday to Friday, 8 to 16",
        night_number="+00 1 999",
        call_for="to move a visit",
    )
    assert response.status_code == 302
    text = team_of(as_owner, journey)
    for words in ("Dr. Gray", "Blood cancer doctor", "8 to 16", "to move a visit", "written by"):
        assert words in text
    assert 'href="tel:+001234"' in text
    assert 'href="tel:+001999"' in text


def test_a_name_is_enough(as_owner, journey):
    assert add(as_owner, journey, role="").status_code == 302
    assert "Dr. Gray" in team_of(as_owner, journey)


def test_an_own_word_for_the_role_comes_before_the_one_of_the_list(as_owner, journey):
    make_care_member(journey=journey, role="nurse", own_role="Study nurse")
    text = team_of(as_owner, journey)
    assert "Study nurse" in text
    assert "<p>Nurse</p>" not in text


def test_the_numbers_for_emergencies_stand_on_top(as_owner, journey):
    Centre(name="Center", cancer_line="+00 999", emergency_number="112").save()
    make_care_member(journey=journey)
    text = team_of(as_owner, journey)
    assert order_in(text, "tel:+00999", "Dr. Gray") == ["tel:+00999", "Dr. Gray"]
    journey.cancer_line = "+00 555"
    journey.save()
    text = team_of(as_owner, journey)
    assert "tel:+00555" in text
    assert "tel:+00999" not in text


def test_in_comfort_focused_care_the_comfort_team_leads(as_owner, journey):
    journey.comfort_line = "+00 777"
    journey.save()
    assert "tel:+00777" not in team_of(as_owner, journey)
    make_stage(journey=journey, phase="comfort")
    assert "tel:+00777" in team_of(as_owner, journey)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "Write a name"),
        ({"day_number": "call me"}, "with digits"),
        ({"night_number": "12 or so"}, "with digits"),
        ({"role": "wizard"}, "wizard"),
    ],
)
def test_what_cannot_be_is_asked_again_kindly(as_owner, journey, fields, words):
    assert_kind_error(add(as_owner, journey, note="Keep this", **fields), "Keep this")
    assert words in add(as_owner, journey, **fields).content.decode()
    assert not journey.care_team_members.exists()


def test_two_taps_add_one(as_owner, journey):
    same = str(uuid.uuid4())
    for _ in range(2):
        add(as_owner, journey, client_id=same)
    assert journey.care_team_members.count() == 1


def test_a_correction_keeps_the_earlier_words(as_owner, journey):
    member = make_care_member(journey=journey)
    assert change(as_owner, member, name="Dr. Brown").status_code == 302
    assert Revision.objects.get().before["name"] == "Dr. Gray"


def test_two_people_at_once_lose_nothing(as_owner, journey):
    member = make_care_member(journey=journey)
    change(as_owner, member, name="First")
    response = change(as_owner, member, name="Second")
    assert response.status_code == 409
    page = response.content.decode()
    assert "First" in page
    assert "Second" in page


def test_somebody_taken_off_the_list_comes_back(as_owner, journey):
    member = make_care_member(journey=journey)
    as_owner.post(at("care_member_delete", member))
    text = team_of(as_owner, journey)
    assert "Dr. Gray" not in text
    assert "Undo" in text
    as_owner.post(at("care_member_restore", member))
    assert "Dr. Gray" in team_of(as_owner, journey)


# --- Who coordinates ----------------------------------------------------------------------------
def coordinator(journey):
    return [row.name for row in journey.care_team_members.all() if row.coordinates]


def test_one_coordinates_and_stands_first(as_owner, journey):
    first = make_care_member(journey=journey, name="Ward")
    second = make_care_member(journey=journey, name="Dr. Gray", order=1)
    as_owner.post(at("care_member_coordinates", first))
    as_owner.post(at("care_member_coordinates", second))
    assert coordinator(journey) == ["Dr. Gray"]
    text = team_of(as_owner, journey)
    assert text.count("Coordinates the care") == 1
    assert order_in(text, "Ward", "Dr. Gray") == ["Dr. Gray", "Ward"]


def test_the_mark_is_taken_back_by_the_same_button(as_owner, journey):
    member = make_care_member(journey=journey, coordinates=True)
    as_owner.post(at("care_member_coordinates", member))
    assert coordinator(journey) == []


def test_who_comes_back_finds_another_one_coordinating(as_owner, journey):
    gone = make_care_member(journey=journey, name="Gone", coordinates=True)
    as_owner.post(at("care_member_delete", gone))
    as_owner.post(at("care_member_coordinates", make_care_member(journey=journey, name="New")))
    as_owner.post(at("care_member_restore", gone))
    assert "Gone" in team_of(as_owner, journey)
    assert coordinator(journey) == ["New"]


def test_what_only_i_see_does_not_coordinate(as_owner, journey):
    hidden = make_care_member(journey=journey, only_me=True)
    assert "This one coordinates" not in team_of(as_owner, journey)
    as_owner.post(at("care_member_coordinates", hidden))
    assert coordinator(journey) == []
    open_one = make_care_member(journey=journey, coordinates=True)
    assert 'name="only_me"' not in as_owner.get(at("care_member_edit", open_one)).content.decode()
    change(as_owner, open_one, only_me="on")
    assert not journey.care_team_members.get(pk=open_one.pk).only_me


def test_the_database_holds_one_coordinator_whom_all_see(journey):
    make_care_member(journey=journey, coordinates=True)
    for wrong in ({}, {"only_me": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_care_member(journey=journey, coordinates=True, **wrong)


# --- The order ----------------------------------------------------------------------------------
def test_new_ones_stand_last_and_can_be_moved_up(as_owner, journey):
    for name in ("One", "Two", "Three"):
        add(as_owner, journey, name=name)
    three = journey.care_team_members.get(name="Three")
    as_owner.post(at("care_member_up", three))
    assert order_in(team_of(as_owner, journey), "One", "Two", "Three") == ["One", "Three", "Two"]
    as_owner.post(at("care_member_up", three))
    as_owner.post(at("care_member_up", three))
    assert order_in(team_of(as_owner, journey), "One", "Two", "Three") == ["Three", "One", "Two"]


def test_nobody_is_moved_above_the_one_who_coordinates(as_owner, journey):
    make_care_member(journey=journey, name="Head", coordinates=True)
    other = make_care_member(journey=journey, name="Other", order=1)
    assert "Move up" not in team_of(as_owner, journey)
    as_owner.post(at("care_member_up", other))
    assert order_in(team_of(as_owner, journey), "Head", "Other") == ["Head", "Other"]


def test_a_move_passes_over_what_the_mover_does_not_see(journey):
    manager = make_user()
    make_share(journey=journey, user=manager, role="manager")
    for order, name in enumerate(("One", "Hidden", "Two")):
        make_care_member(journey=journey, name=name, order=order, only_me=name == "Hidden")
    as_manager = client_of(manager)
    as_manager.post(at("care_member_up", journey.care_team_members.get(name="Two")))
    assert order_in(team_of(as_manager, journey), "One", "Two") == ["Two", "One"]


# --- Who sees it --------------------------------------------------------------------------------
def test_it_is_seen_by_those_who_see_appointments(journey):
    make_care_member(journey=journey)
    for areas, status in (([Area.APPOINTMENTS], 200), ([Area.STAGE, Area.NOTES], 404)):
        user = make_user()
        make_share(journey=journey, user=user, areas=areas)
        client = client_of(user)
        page = client.get(url("care_member_list", journey_id=journey.pk))
        assert page.status_code == status
        link = url("care_member_list", journey_id=journey.pk)
        for name in ("today", "red_path", "journey_detail"):
            text = client.get(url(name, journey_id=journey.pk)).content.decode()
            assert (f'href="{link}"' in text) == (status == 200)


def test_what_is_only_for_me_nobody_else_reads(as_owner, as_contributor, journey):
    add(as_owner, journey, name="Counselor Blue", only_me="on")
    assert "Counselor Blue" in team_of(as_owner, journey)
    assert "Counselor Blue" not in team_of(as_contributor, journey)
    assert as_contributor.get(at("care_member_edit", CareTeamMember.objects.get())).status_code == (
        404
    )


def test_a_caregiver_hides_nobody_from_the_patient(as_owner, as_contributor, journey):
    add(as_contributor, journey, only_me="on")
    assert "Dr. Gray" in team_of(as_owner, journey)


def test_contributor_changes_only_own_ones(as_contributor, contributor, journey):
    other = make_care_member(journey=journey)
    assert change(as_contributor, other).status_code == 403
    assert as_contributor.post(at("care_member_coordinates", other)).status_code == 403
    own = make_care_member(journey=journey, author=contributor, coordinates=True)
    assert change(as_contributor, own, name="Dr. Brown").status_code == 302
    assert coordinator(journey) == ["Dr. Brown"]


def test_strangers_find_nothing(client, as_owner, journey, stranger):
    path = url("care_member_list", journey_id=journey.pk)
    assert_needs_login(client.get(path))
    assert client_of(stranger).get(path).status_code == 404
    other = make_care_member(journey=stranger.own_journeys.get())
    for name in ("edit", "coordinates", "up", "delete", "restore"):
        path = url(f"care_member_{name}", journey_id=journey.pk, member_id=other.pk)
        assert as_owner.post(path, {"name": "Mine"}).status_code == 404
