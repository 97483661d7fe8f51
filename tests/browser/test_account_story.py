"""Leaving and coming back: an account is deleted and kept, a forgotten password is replaced."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import follow, heading, press
from tests.visitors import confirm_address

MOST_WORDS = 120


@pytest.fixture(params=[PHONE, pytest.param(DESK, marks=pytest.mark.verify)], ids=["phone", "desk"])
def page(open_page, request) -> Page:
    return open_page(viewport=request.param)


def is_short(page: Page) -> None:
    words = page.locator("main").inner_text().split()
    assert len(words) <= MOST_WORDS, " ".join(words)


def test_an_account_is_deleted_in_three_actions_and_kept_with_one(page, sign_in, owner, journey):
    sign_in(page, owner)
    page.goto(f"/journeys/{journey.pk}/settings/")
    follow(page, "Delete my account")
    is_short(page)
    press(page, "Delete my account")
    heading(page, "Your account will be deleted")
    is_short(page)
    page.goto(f"/journeys/{journey.pk}/")
    heading(page, "Your account will be deleted")
    press(page, "Keep my account")
    expect(page.get_by_text("Your account stays.")).to_be_visible()


def test_a_forgotten_password_is_replaced_in_six_actions(page, owner, journey):
    confirm_address(owner)
    page.goto("/accounts/login/")
    follow(page, "Forgot your password?")
    is_short(page)
    page.get_by_label("Email").fill(owner.email)
    press(page, "Send me a code")
    is_short(page)
    code = re.search(r"^[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}$", mail.outbox[-1].body, re.MULTILINE)
    page.get_by_label("Code").fill(code.group())
    press(page, "Go on")
    is_short(page)
    for label in page.get_by_label(re.compile("password", re.IGNORECASE)).all():
        label.fill("another quiet password")
    page.locator("main").get_by_role("button").first.click()
    heading(page, "Hello Olive")


def test_the_pages_of_sharing_and_stopping_are_short(page, sign_in, owner, journey):
    sign_in(page, owner)
    for place in ("sharing", "log/not-me", "sharing/add"):
        page.goto(f"/journeys/{journey.pk}/{place}/")
        is_short(page)


def test_a_new_account_is_told_the_time_zone_of_the_device(open_page):
    page = open_page(timezone_id="America/Lima")
    page.goto("/accounts/signup/")
    expect(page.locator("[data-zone]")).to_have_value("America/Lima")
