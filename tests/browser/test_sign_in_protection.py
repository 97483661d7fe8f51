"""Passkeys, authenticator apps, recovery codes and the list of devices."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from tests.browser.steps import PASSWORD, code_now, follow, heading, press, sign_in_by_password


@pytest.fixture
def patient_page(page, owner, journey) -> Page:
    """A patient who has just signed in by password."""
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    sign_in_by_password(page, owner.email)
    heading(page, "Hello Olive")
    return page


@pytest.fixture
def authenticator(page) -> None:
    """The lock of a phone, played by the browser's own virtual authenticator."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def confirm_password(page: Page) -> None:
    heading(page, "Just to be sure it is you")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")


def add_key(page: Page, *, alone: bool) -> None:
    """Set up a key that signs its person in `alone`, or only after the password."""
    follow(page, "Sign-in protection", within=".site-footer")
    follow(page, "Add a key")
    confirm_password(page)
    page.get_by_label("Let me sign in with this key alone").set_checked(alone)
    press(page, "Add")
    expect(page.get_by_label("Your codes")).to_be_visible()


def test_a_patient_adds_a_passkey_and_signs_in_with_it(patient_page, authenticator):
    page = patient_page
    add_key(page, alone=True)
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("You have 1 key.")).to_be_visible()
    press(page, "Sign out", within=".site-footer")
    page.goto("/accounts/login/")
    press(page, "Sign in with a passkey")
    heading(page, "Hello Olive")


def test_a_key_is_the_second_step_after_the_password(patient_page, authenticator, owner):
    page = patient_page
    add_key(page, alone=False)
    page.goto("/accounts/2fa/")
    press(page, "Sign out", within=".site-footer")
    sign_in_by_password(page, owner.email)
    heading(page, "One more step")
    press(page, "Use a passkey or a security key")
    heading(page, "Hello Olive")


def test_a_patient_sets_up_an_authenticator_app(patient_page):
    page = patient_page
    page.goto("/accounts/2fa/")
    follow(page, "Set up")
    confirm_password(page)
    picture = page.locator("img.qr")
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.complete && img.naturalWidth") > 100
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_now(secret))
    press(page, "Go on")
    expect(page.get_by_label("Your codes")).to_be_visible()
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("10 codes left.")).to_be_visible()


def test_a_patient_sees_where_they_are_signed_in(patient_page):
    page = patient_page
    follow(page, "Where you are signed in", within=".site-footer")
    expect(page.get_by_text("This device", exact=True)).to_be_visible()
