"""What the Back button shows once a person has signed out: nothing of theirs."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import launch
from tests.browser.steps import heading, press
from tests.factories import make_check_in

CANARY = "Only my diary knows this"
# The name of the window outlives its pages: it keeps how a page looked that came back.
TELL_RETURNS = """
addEventListener("pageshow", (event) => {
  if (event.persisted) name += `[returned: ${document.body.innerText}]`;
});
"""


def let_be_kept(route: Route) -> None:
    """Take "no-store" away, which some browsers heed here and others do not."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "cache-control"}
    route.fulfill(response=answer, headers=headers)


@pytest.fixture
def browser_that_keeps_pages(playwright) -> Browser:
    """Playwright switches the back/forward cache off; a test of it proves nothing then."""
    browser = launch(playwright, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


def test_back_after_sign_out_shows_nothing_private(
    browser_that_keeps_pages, open_page, sign_in, owner, journey
):
    check_in = make_check_in(journey=journey, note=CANARY)
    page = open_page(of=browser_that_keeps_pages)
    page.add_init_script(TELL_RETURNS)
    page.route("**/check-ins/**", let_be_kept)
    sign_in(page, owner)
    page.goto(f"/journeys/{journey.pk}/check-ins/{check_in.pk}/")
    expect(page.get_by_text(CANARY)).to_be_visible()
    press(page, "Sign out", within=".site-footer")
    heading(page, "A guide and a diary for life with acute lymphoblastic leukemia")
    page.go_back(wait_until="commit")
    heading(page, "Sign in")
    assert CANARY not in page.content()
    assert page.evaluate("name") == "[returned: ]"


def test_nothing_private_stays_in_the_browser(page, sign_in, owner, journey):
    check_in = make_check_in(journey=journey, note=CANARY)
    sign_in(page, owner)
    page.goto(f"/journeys/{journey.pk}/check-ins/{check_in.pk}/")
    kept = page.evaluate(
        """async () => JSON.stringify([{...localStorage}, {...sessionStorage},
                                       await caches.keys(), await indexedDB.databases()])"""
    )
    assert CANARY not in kept
    assert kept.endswith(",[],[]]")
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"session", "csrf"}
    assert all(cookie["httpOnly"] for cookie in page.context.cookies())
