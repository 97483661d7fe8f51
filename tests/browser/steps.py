"""What a visitor does, step by step; each works with scripts and without."""

import re
import time
from datetime import timedelta

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

EMAIL = "robin@example.org"
PASSWORD = "a quiet long password"
# Who reads a code in its last seconds waits for the next one.
NEEDED_TO_TYPE = 10
CANCER_LINE = "+43 1 000 0001"


def press(page: Page, name: str, within: str = "main") -> None:
    page.locator(within).get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str, within: str = "main") -> None:
    page.locator(within).get_by_role("link", name=name, exact=True).first.click()


def heading(page: Page, text: str) -> None:
    """Expect to stand on the page of this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def sign_up(page: Page) -> None:
    page.goto("/")
    follow(page, "Start my own pages")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Start")
    heading(page, "Look in your mail")
    code = re.search(r"^[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}$", mail.outbox[-1].body, re.MULTILINE)
    page.get_by_label("Code").fill(code.group())
    press(page, "Go on")


def sign_in_by_password(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def code_now(secret: str) -> str:
    """Return what an authenticator app of this secret shows now."""
    period = mfa_settings.TOTP_PERIOD
    if time.time() % period > period - NEEDED_TO_TYPE:
        time.sleep(NEEDED_TO_TYPE)
    return format_hotp_value(hotp_value(secret, int(time.time()) // period))


def start_journey(page: Page) -> None:
    heading(page, "Welcome")
    press(page, "Start")
    expect(page.get_by_text("Three small steps")).to_be_visible()


def mark_stage(page: Page, classification: str, phase: str) -> None:
    page.get_by_role("group", name="Where are you now?").get_by_label(classification).check()
    page.get_by_role("group", name="Which part of treatment?").get_by_label(
        phase, exact=True
    ).check()
    press(page, "Save")


def write_numbers(page: Page) -> None:
    page.get_by_label("24-hour cancer line").fill(CANCER_LINE)
    press(page, "Save")


def check_in(page: Page, temperature: str) -> None:
    page.get_by_label("Temperature", exact=True).fill(temperature)
    press(page, "Save and see what to do")


def expect_level(page: Page, slug: str, name: str) -> None:
    level = page.locator(f"[data-level='{slug}']")
    expect(level.get_by_role("heading", level=2)).to_have_text(re.compile(name))


def add_appointment(page: Page, kind: str) -> None:
    day = timezone.localdate() + timedelta(days=3)
    page.get_by_label("What kind of visit?").select_option(kind)
    page.get_by_label("Day").fill(day.isoformat())
    page.get_by_label("Time", exact=False).first.fill("09:30")
    press(page, "Save")
