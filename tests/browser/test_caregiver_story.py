"""A caregiver, from the mail to the end of the share, with the patient at another window."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import follow, heading, press
from tests.factories import make_stage


@pytest.fixture(autouse=True)
def mails_go_out_at_once(monkeypatch):
    """The test's own transaction never ends, so what waits for its end runs right away."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda send, **_options: send())


@pytest.mark.parametrize(
    "look", [PHONE, pytest.param(DESK, marks=pytest.mark.verify)], ids=["phone", "desk"]
)
def test_a_caregiver_helps_until_the_patient_stops_it(
    open_page, sign_in, owner, journey, watch, look
):
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    patient, caregiver = open_page(viewport=look), open_page(viewport=look)
    sign_in(patient, owner)
    shares_in_six_actions(patient, journey)
    joins_from_the_mail(caregiver)
    checks_in_for_the_patient(caregiver)
    sees_who_wrote_and_who_looked(patient, journey)
    second, half_filled = caregiver.context.new_page(), caregiver.context.new_page()
    second.goto(caregiver.url)
    half_filled.goto(f"/journeys/{journey.pk}/check-ins/add/")
    half_filled.get_by_label("Temperature", exact=True).fill("37.2")
    stops_all_sharing_in_two_actions(patient)
    for page in (caregiver, second):
        page.reload()
        heading(page, "We could not find that page")
    press(half_filled, "Save and see what to do – Olive’s journey")
    heading(half_filled, "We could not find that page")
    assert journey.check_ins.count() == 1
    # Also of the draft that a half filled form keeps.
    watch.findings = [found for found in watch.findings if "404" not in found]


def shares_in_six_actions(page, journey):
    page.goto(f"/journeys/{journey.pk}/")
    follow(page, "Share")
    follow(page, "Invite somebody")
    page.get_by_label("Their e-mail address").fill(steps.EMAIL)
    page.get_by_label("Help: also adds entries").check()
    press(page, "Send the invitation")
    expect(page.get_by_text("The invitation is on its way")).to_be_visible()


def joins_from_the_mail(page):
    link = re.search(r"/invitations/\S+", mail.outbox[-1].body)[0]
    page.goto(link)
    follow(page, "Make an account")
    page.get_by_label("Email").fill(steps.EMAIL)
    page.get_by_label("Password").fill(steps.PASSWORD)
    press(page, "Start")
    heading(page, "Look in your mail")
    code = re.search(r"^[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}$", mail.outbox[-1].body, re.MULTILINE)
    page.get_by_label("Code").fill(code.group())
    press(page, "Go on")
    expect(page.get_by_text("would like to share a journey with you")).to_be_visible()
    press(page, "Accept")
    heading(page, "Olive’s journey")
    expect(page.get_by_role("heading", name="What you can do to help")).to_be_visible()


def checks_in_for_the_patient(page):
    follow(page, "Start a check-in")
    heading(page, "How is Olive?")
    page.get_by_label("Temperature", exact=True).fill("38.4")
    press(page, "Save and see what to do – Olive’s journey")
    steps.expect_level(page, "now", "Call now")


def sees_who_wrote_and_who_looked(page, journey):
    page.goto(f"/journeys/{journey.pk}/check-ins/")
    expect(page.get_by_text("written by robin").first).to_be_visible()
    page.goto(f"/journeys/{journey.pk}/log/")
    expect(page.get_by_role("row", name=re.compile("robin changed: Symptoms"))).to_be_visible()


def stops_all_sharing_in_two_actions(page):
    follow(page, "Sharing: change or stop it", within=".site-footer")
    press(page, "Stop all sharing now")
    expect(page.get_by_text("nobody but you sees anything here")).to_be_visible()
