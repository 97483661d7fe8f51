"""A fever in the night on a phone, and the caregiver who writes on in the morning."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.steps import follow, heading, press
from tests.factories import make_stage
from tests.world import url

NIGHT, MORNING = "2026-11-29T21:40:00+00:00", "2026-11-30T08:05:00+00:00"


@pytest.fixture(autouse=True)
def night(time_machine):
    """Everything of the story is made and told in one night and its morning."""
    time_machine.move_to(NIGHT)
    return time_machine


def test_the_number_is_one_tap_away_and_the_morning_is_told_apart(
    open_page, sign_in, owner, journey, contributor, night
):
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    journey.cancer_line = steps.CANCER_LINE
    journey.save()
    patient = open_page()
    sign_in(patient, owner)
    patient.goto(f"/journeys/{journey.pk}/")
    measures_in_the_night(patient)
    night.move_to(MORNING)
    caregiver = open_page()
    sign_in(caregiver, contributor)
    caregiver.goto(f"/journeys/{journey.pk}/")
    writes_for_the_patient(caregiver)
    tells_both_apart(caregiver, journey)
    # Unused over night, the sign-in on the patient's phone has ended.
    sign_in(patient, owner)
    tells_both_apart(patient, journey)


def measures_in_the_night(page):
    # Two taps and four digits: the fever comes first, whatever the stage.
    follow(page, "Start a check-in")
    page.get_by_label("Temperature", exact=True).fill("38.4")
    press(page, "Save and see what to do")
    steps.expect_level(page, "now", "Call now")
    number = page.get_by_role("link", name=steps.CANCER_LINE)
    expect(number).to_have_attribute("href", "tel:+4310000001")
    expect(number).to_be_in_viewport(ratio=1)


def writes_for_the_patient(page):
    follow(page, "Start a check-in")
    heading(page, "How is Olive?")
    page.get_by_label("Temperature", exact=True).fill("37.2")
    page.get_by_label("Note").fill("On the ward. Antibiotics are running.")
    press(page, "Save and see what to do – Olive’s journey")


def tells_both_apart(page, journey):
    home = f"/journeys/{journey.pk}"
    for place in ("check-ins", "timeline"):
        page.goto(f"{home}/{place}/")
        newer, older = (
            page.get_by_text(f"written by {name}").first
            for name in ("Conny Contributor", "Olive Owner")
        )
        expect(newer).to_be_visible()
        assert newer.bounding_box()["y"] < older.bounding_box()["y"]
    page.goto(url("trend_detail", journey_id=journey.pk, symptom="fever"))
    # The patient's is drawn round, the other one square; the table has both names.
    expect(page.locator("svg circle.chart-dot")).to_have_count(1)
    expect(page.locator("svg rect.chart-dot")).to_have_count(1)
    table = page.get_by_role("table")
    for value, name in (("38.4 °C", "Olive Owner"), ("37.2 °C", "Conny Contributor")):
        expect(table.get_by_role("row", name=value)).to_contain_text(name)
