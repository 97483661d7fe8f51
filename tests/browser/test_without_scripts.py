"""The same days with scripts switched off: nothing that matters needs them."""

import re

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.steps import follow, heading, press
from tests.factories import make_appointment, make_check_in


@pytest.fixture
def page(open_page) -> Page:
    return open_page(java_script_enabled=False)


def confirm_address(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def test_a_patient_without_scripts_gets_the_same_answers(page, owner):
    confirm_address(owner)
    steps.sign_in_by_password(page, owner.email)
    steps.start_journey(page)
    follow(page, "Where are you now?")
    steps.mark_stage(page, "Newly diagnosed", "Induction")
    follow(page, "Check-in", within=".site-nav")
    steps.check_in(page, "38.4")
    steps.expect_level(page, "now", "Call now")
    follow(page, "Questions", within=".site-nav")
    page.get_by_role("button", name=re.compile("^Put on my list")).first.click()
    asked = page.get_by_role("region", name="To ask")
    expect(asked.get_by_role("button", name=re.compile("^Star"))).to_have_count(1)
    follow(page, "Appointments", within=".site-nav")
    follow(page, "Add an appointment")
    steps.add_appointment(page, "Clinic visit")
    expect(page.get_by_role("heading", name="What to bring")).to_be_visible()
    press(page, "Sign out", within=".site-footer")
    heading(page, "A guide and a diary for life with acute lymphoblastic leukemia")


def test_a_patient_without_scripts_signs_up(page):
    steps.sign_up(page)
    steps.start_journey(page)


def test_a_patient_without_scripts_adds_a_symptom_and_keeps_what_was_typed(
    page, owner, journey, sign_in
):
    sign_in(page, owner)
    page.goto(f"/journeys/{journey.pk}/check-ins/add/")
    page.get_by_label("Temperature", exact=True).fill("37.0")
    page.get_by_label("Add another symptom").select_option("mouth-sores")
    press(page, "Add it")
    expect(page.get_by_label("Temperature", exact=True)).to_have_value("37.0")
    expect(page.get_by_role("group", name="Mouth sores").first).to_be_visible()


def test_a_patient_without_scripts_takes_a_deletion_back(page, owner, journey, sign_in):
    sign_in(page, owner)
    appointment = make_appointment(journey=journey)
    check_in = make_check_in(journey=journey, tired=2)
    for record in (f"appointments/{appointment.pk}", f"check-ins/{check_in.pk}"):
        page.goto(f"/journeys/{journey.pk}/{record}/")
        press(page, "Delete")
        press(page, "Undo")
        expect(page.get_by_role("button", name="Undo")).to_have_count(0)
