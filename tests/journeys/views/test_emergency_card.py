"""The emergency card: filling it in, what comes from elsewhere, who sees it."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from content.models import CallSettings, Centre
from journeys.models import Area, EmergencyCard, Revision
from journeys.records import Conflict, write_the_one
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import (
    make_emergency_card,
    make_medicine,
    make_procedure,
    make_share,
    make_stage,
    make_treatment,
    make_user,
)
from tests.journeys.views.card_tools import FULL, page_of, papers, save
from tests.visitors import client_of
from tests.world import url


# --- Filling it in ------------------------------------------------------------------------------
def test_both_papers_show_what_was_filled_in(as_owner, journey):
    assert save(as_owner, journey, **FULL).status_code == 302
    for paper in papers(as_owner, journey):
        for words in (
            "Olive Owner",
            "born 1984",
            "Acute lymphoblastic leukemia (ALL)",
            "Penicillin: rash · Latex",
            "A negative",
            "Port under the skin – left side",
            "5 May 2026",
            "12 Nov 2026",
            "20 Nov 2026",
            "21 Nov 2026",
            "Diabetes",
            "+00 2222 · Kim Sample, partner",
        ):
            assert words in paper


def test_everything_may_stay_empty(as_owner, journey):
    assert save(as_owner, journey).status_code == 302
    assert journey.emergency_cards.get().allergies == ""
    for paper in papers(as_owner, journey):
        assert "not written down" in paper
        assert "Transplant" not in paper
        assert "None" not in paper


def test_before_anything_is_filled_in_the_numbers_and_signs_are_there(as_owner, journey):
    journey.cancer_line, journey.emergency_number = "+00 111", "144"
    journey.save()
    for paper in papers(as_owner, journey):
        for words in ("+00 111", "144", "Fever limit: 38.0 °C (100.4 °F)", "shivers"):
            assert words in paper
    assert "Fill it in" in page_of(as_owner, journey)


@pytest.mark.parametrize(
    ("off", "cancer_line"), [([], "24-hour cancer line now:"), (["diagnosis"], "Call now:")]
)
def test_signs_of_an_emergency_stand_under_the_emergency_number(
    as_owner, journey, off, cancer_line
):
    make_emergency_card(journey=journey, off_wallet=off, off_sheet=off)
    for paper in papers(as_owner, journey):
        first, then = paper.split("Emergency number first:")[1].split(cancer_line)
        for sign in ("seizure", "face droops", "breathless at rest", "worst headache"):
            assert sign in first
            assert sign not in then
        assert "fever of 38.0" in then


def test_two_taps_make_one_card(as_owner, journey):
    same = str(uuid.uuid4())
    for _ in range(2):
        assert save(as_owner, journey, client_id=same, name="Olive").status_code == 302
    assert journey.emergency_cards.get().version == 1


def test_a_correction_keeps_the_earlier_words(as_owner, journey):
    card = make_emergency_card(journey=journey)
    assert save(as_owner, journey, version=card.version, allergies="None known").status_code == 302
    assert Revision.objects.get().before["allergies"] == "Penicillin: rash"
    assert journey.emergency_cards.get().allergies == "None known"


def test_two_people_at_once_lose_nothing(as_owner, journey):
    card = make_emergency_card(journey=journey)
    save(as_owner, journey, version=card.version, allergies="First")
    response = save(as_owner, journey, version=card.version, allergies="Second")
    assert response.status_code == 409
    page = response.content.decode()
    assert "First" in page
    assert "Second" in page


def test_two_first_cards_at_once_lose_nothing_either(as_owner, journey):
    save(as_owner, journey, allergies="First")
    response = save(as_owner, journey, allergies="Second")
    assert response.status_code == 409
    page = response.content.decode()
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    assert "First" in page
    assert "Second" in page
    assert save(as_owner, journey, version=version, allergies="Second").status_code == 302
    assert journey.emergency_cards.get().allergies == "Second"


def test_two_first_cards_in_the_same_moment_make_one(journey):
    cards, by = journey.emergency_cards, journey.owner
    write_the_one(cards, by=by, client_id=uuid.uuid4(), allergies="First")
    with pytest.raises(Conflict):
        write_the_one(cards, by=by, client_id=uuid.uuid4(), allergies="Second")
    assert cards.get().allergies == "First"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"birth_year": "12"}, "Please check the year."),
        ({"birth_year": "2999"}, "Please check the year."),
        ({"birth_year": "in May"}, "four digits"),
        ({"asparaginase_on": "2999-01-01"}, "still to come"),
        ({"transplant_on": "0026-01-01"}, "Please check the year."),
        ({"steroids_on": "soon"}, "Please check the day."),
        ({"contact_phone": "next door"}, "with digits"),
        ({"blood_group": "C"}, "C"),
        ({"off_wallet": "allergies"}, "allergies"),
    ],
)
def test_what_cannot_be_is_asked_again_kindly(as_owner, journey, fields, words):
    response = save(as_owner, journey, conditions="Keep this", **fields)
    assert_kind_error(response, "Keep this")
    assert words in response.content.decode()
    assert not journey.emergency_cards.exists()


# --- What comes from elsewhere ------------------------------------------------------------------
def test_the_diagnosis_comes_from_the_stage(as_owner, journey):
    make_stage(
        journey=journey,
        classification="recurrent",
        phase="induction",
        cell_type="t-cell",
        philadelphia="ph-negative",
    )
    for paper in papers(as_owner, journey):
        assert "(ALL) · T-cell · Philadelphia-negative (Ph-) · Induction" in paper
        assert "come back" not in paper


def test_the_later_day_counts_of_the_card_and_the_records(as_owner, journey):
    make_emergency_card(
        journey=journey, asparaginase_on=date(2026, 11, 1), steroids_on=date(2026, 11, 9)
    )
    make_treatment(journey=journey, window="asparaginase", last_on=date(2026, 11, 5))
    make_treatment(journey=journey, window="steroid", last_on=date(2026, 11, 2))
    for paper in papers(as_owner, journey):
        assert re.search(r"Last asparaginase:? 5 Nov 2026", paper)
        assert re.search(r"Last steroid:? 9 Nov 2026", paper)


def test_the_medicine_list_and_the_treatment_log_give_their_days(as_owner, journey):
    make_medicine(
        journey=journey,
        name="Dexamethasone",
        begins_on=date(2026, 10, 1),
        ended_on=date(2026, 10, 20),
    )
    make_procedure(journey=journey, kind="lumbar-puncture", done_on=date(2026, 11, 3))
    make_treatment(journey=journey, window="after_lumbar_puncture", last_on=date(2026, 10, 5))
    for paper in papers(as_owner, journey):
        assert re.search(r"Last steroid:? 20 Oct 2026", paper)
        assert re.search(r"Last spinal tap:? 3 Nov 2026", paper)


def test_a_yes_without_a_day_says_when_it_was_written(as_owner, journey):
    make_treatment(journey=journey, window="steroid")
    make_treatment(journey=journey, window="low_neutrophils")
    make_treatment(journey=journey, window="asparaginase", answer="no")
    today = f"{timezone.localdate():%-d %b %Y}"
    for paper in papers(as_owner, journey):
        assert f"yes, as written on {today}" in paper
        assert f"may be low, as written on {today}" in paper
        assert "Last asparaginase" not in paper


def test_a_spinal_tap_is_not_told_as_chemo(as_owner, journey):
    make_treatment(journey=journey, window="after_lumbar_puncture", last_on=date(2026, 11, 5))
    for paper in papers(as_owner, journey):
        assert re.search(r"Last spinal tap:? 5 Nov 2026", paper)
        assert "Last chemo into the spine" not in paper


@pytest.mark.parametrize(
    ("own", "confirmed", "centre", "shown"),
    [
        (None, False, None, "38.0 °C (100.4 °F)"),
        (("37.8", "C"), False, None, "37.8 °C"),
        (("100.2", "F"), False, None, "100.2 °F"),
        (None, False, "38.3", "38.3 °C"),
        # Looser than the usual one: it counts once it is confirmed.
        (("38.5", "C"), False, None, "38.0 °C (100.4 °F)"),
        (("38.5", "C"), True, None, "38.5 °C"),
    ],
)
def test_the_fever_limit_is_the_one_that_check_ins_use(
    as_owner, journey, own, confirmed, centre, shown
):
    Centre(name="Center", fever_limit=centre).save()
    if own:
        journey.fever_limit, journey.fever_limit_unit = own
    journey.fever_limit_confirmed = confirmed
    journey.save()
    for paper in papers(as_owner, journey):
        assert f"Fever limit: {shown} " in paper


def test_rules_that_cannot_be_read_leave_the_numbers(as_owner, journey):
    Centre(name="Center", cancer_line="+00 999").save()
    CallSettings.objects.all().delete()
    journey.fever_limit = "37.5"
    journey.save()
    for paper in papers(as_owner, journey):
        assert "+00 999" in paper
        assert "Fever limit" not in paper


def test_own_numbers_come_before_those_of_the_centre(as_owner, journey):
    Centre(name="Center", cancer_line="+00 999", emergency_number="112").save()
    journey.cancer_line, journey.comfort_line = "+00 555", "+00 777"
    journey.save()
    for paper in papers(as_owner, journey):
        assert "24-hour cancer line +00 555" in paper
        assert "Emergency number 112" in paper
        assert "+00 777" not in paper
    make_stage(journey=journey, phase="comfort")
    assert all("Comfort-care team +00 777" in paper for paper in papers(as_owner, journey))


def test_the_day_of_the_last_change_stands_on_both(as_owner, journey):
    card = make_emergency_card(journey=journey)
    EmergencyCard.objects.update(created_at=timezone.now() - timedelta(days=60))
    assert "Filled in on" not in page_of(as_owner, journey)
    save(as_owner, journey, version=card.version, allergies="Latex")
    wallet, sheet = papers(as_owner, journey)
    assert f"Last changed {timezone.localdate():%-d %b %Y}" in wallet
    assert f"Last changed on {timezone.localdate():%-d %B %Y}" in sheet


def test_what_nobody_signed_says_so(as_owner, journey):
    assert "not yet signed off by a clinician" in papers(as_owner, journey)[1]


# --- Who sees it --------------------------------------------------------------------------------
def test_it_is_seen_by_those_who_see_medicines(journey):
    for areas, status in (([Area.MEDICINES], 200), ([Area.STAGE, Area.APPOINTMENTS], 404)):
        user = make_user()
        make_share(journey=journey, user=user, areas=areas)
        client = client_of(user)
        path = url("card_detail", journey_id=journey.pk)
        assert client.get(path).status_code == status
        for name in ("today", "red_path", "journey_detail"):
            text = client.get(url(name, journey_id=journey.pk)).content.decode()
            assert (f'href="{path}"' in text) == (status == 200)


def test_who_does_not_see_the_stage_learns_nothing_of_it(journey):
    make_stage(journey=journey, phase="comfort", cell_type="t-cell")
    journey.comfort_line = "+00 777"
    journey.save()
    user = make_user()
    make_share(journey=journey, user=user, areas=[Area.MEDICINES])
    text = page_of(client_of(user), journey)
    for words in ("T-cell", "Comfort", "+00 777"):
        assert words not in text


def test_a_look_is_noted_for_each_area_it_shows(as_viewer, viewer, journey):
    page_of(as_viewer, journey)
    noted = journey.access_events.filter(actor=viewer).values_list("area", flat=True)
    assert set(noted) == {Area.MEDICINES, Area.STAGE}


def test_contributors_read_it_and_managers_change_it(as_contributor, journey):
    make_emergency_card(journey=journey)
    assert "Penicillin" in page_of(as_contributor, journey)
    assert save(as_contributor, journey, version=1).status_code == 403
    manager = make_user()
    make_share(journey=journey, user=manager, role="manager")
    assert save(client_of(manager), journey, version=1, name="Olive").status_code == 302


def test_strangers_find_nothing(client, stranger, journey):
    for name in ("card_detail", "card_edit"):
        path = url(name, journey_id=journey.pk)
        assert_needs_login(client.get(path))
        assert client_of(stranger).get(path).status_code == 404
