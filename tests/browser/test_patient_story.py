"""One patient's first days, from the sign-up to the sign-out, on a phone and on a desk."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import follow, heading, press


@pytest.fixture(params=[PHONE, pytest.param(DESK, marks=pytest.mark.verify)], ids=["phone", "desk"])
def page(open_page, request) -> Page:
    return open_page(viewport=request.param)


def test_a_patient_starts_and_goes_through_the_first_days(page):
    steps.sign_up(page)
    goes_through_the_welcome(page)
    finds_on_today_what_fits_and_why(page)
    is_told_to_call_now_corrects_and_takes_back(page)
    plans_an_appointment_and_a_question(page)
    takes_everything_along(page)


def goes_through_the_welcome(page):
    steps.start_journey(page)
    follow(page, "Where are you now?")
    steps.mark_stage(page, "Newly diagnosed", "Induction")
    page.goto(re.sub(r"stage/.*|$", "", page.url) + "welcome/")
    follow(page, "Whom do you call?")
    steps.write_numbers(page)
    expect(page.get_by_text("Done. Your numbers stand on the page")).to_be_visible()
    follow(page, "Did your team give you a fever limit?")
    follow(page, "Cancel")
    follow(page, "Go on")


def finds_on_today_what_fits_and_why(page):
    for_you = page.get_by_role("region", name="For you now")
    expect(for_you.get_by_text("because you are in induction").first).to_be_visible()
    expect(for_you.get_by_role("heading", level=3).first).to_be_visible()
    expect(page.get_by_role("region", name="What to watch for now")).to_be_visible()
    expect(page.get_by_role("region", name="What to ask")).to_be_visible()


def is_told_to_call_now_corrects_and_takes_back(page):
    follow(page, "Start a check-in")
    steps.check_in(page, "38.4")
    steps.expect_level(page, "now", "Call now")
    number = page.get_by_role("link", name=steps.CANCER_LINE)
    expect(number).to_have_attribute("href", "tel:+4310000001")
    expect(number).to_be_in_viewport(ratio=1)
    result = page.url
    follow(page, "Guide", within=".site-nav")
    follow(page, "When to call", within=".site-header")
    expect(number).to_be_visible()
    page.goto(result)
    follow(page, "Correct it")
    steps.check_in(page, "36,9")
    expect(page.locator("[data-level='now']")).to_have_count(0)
    press(page, "Delete")
    press(page, "Undo")
    expect(page.locator("main").get_by_text("36.9 °C")).to_be_visible()


def plans_an_appointment_and_a_question(page):
    follow(page, "Appointments", within=".site-nav")
    follow(page, "Add an appointment")
    steps.add_appointment(page, "Lumbar puncture (spinal tap)")
    expect(page.get_by_role("heading", name="What to bring")).to_be_visible()
    follow(page, "Questions", within=".site-nav")
    asked = page.get_by_role("region", name="To ask")
    page.get_by_role("button", name=re.compile("^Put on my list")).first.click()
    asked.get_by_role("button", name=re.compile("^Star")).click()
    expect(asked.get_by_text("Starred:")).to_have_count(1)
    asked.get_by_role("link", name=re.compile("^Write the answer")).click()
    page.get_by_label("The answer").fill("In about ten days.")
    press(page, "Save")
    answered = page.get_by_role("region", name="Answered")
    expect(answered.get_by_text("In about ten days.")).to_be_visible()


def takes_everything_along(page):
    follow(page, "Today", within=".site-nav")
    follow(page, "Numbers and settings")
    follow(page, "Download everything")
    heading(page, "Just to be sure it is you")
    page.get_by_label("Password").fill(steps.PASSWORD)
    press(page, "Go on")
    with page.expect_download() as download:
        press(page, "Download everything")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert json.loads(text)
    assert "In about ten days." in text and "36.9" in text
    press(page, "Sign out", within=".site-footer")
    heading(page, "A guide and a diary for life with acute lymphoblastic leukemia")


def test_a_visitor_reads_the_guide_and_finds_whom_to_call(page):
    page.goto("/")
    follow(page, "Read the guide without an account")
    follow(page, "Overview")
    follow(page, "What is ALL?")
    first = page.url
    page.locator("a[rel='next']").click()
    page.locator("a[rel='prev']").click()
    assert page.url == first
    page.locator(".reading a.term").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    follow(page, "Search", within=".site-footer")
    page.get_by_role("searchbox").fill("leukaemia")
    press(page, "Search")
    expect(page.get_by_text(re.compile(r"results for “leukaemia”"))).to_be_visible()
    expect(page.locator("#search-results a").first).to_be_visible()
    follow(page, "When to call", within=".site-header")
    expect(page.get_by_role("heading", name="Call your emergency number")).to_be_visible()
