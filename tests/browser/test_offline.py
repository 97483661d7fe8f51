"""Without a signal: the red path opens on any device, the guide where it was read."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.steps import PASSWORD, heading, press
from tests.factories import make_question
from tests.visitors import confirm_address

CANARY = "Only my questions know this"
# Asks for all at once instead of after a while, and waits until the last page is there.
FILL = """async () => {
  const path = (await (await fetch("/offline/list/")).json()).guide.at(-1);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ fill: true });
  const ready = async () => navigator.serviceWorker.controller && (await caches.match(path));
  for (let tries = 0; tries < 600 && !(await ready()); tries++)
    await new Promise((go) => setTimeout(go, 100));
}"""
KEPT = """async (path) => {
  const ready = async () => navigator.serviceWorker.controller && (await caches.match(path));
  for (let tries = 0; tries < 100 && !(await ready()); tries++)
    await new Promise((go) => setTimeout(go, 100));
  return [...await caches.keys()].sort();
}"""
EVERYTHING = """async () => {
  const texts = [{...localStorage}, {...sessionStorage}, await indexedDB.databases()];
  for (const name of await caches.keys())
    for (const answer of await (await caches.open(name)).matchAll())
      texts.push(await answer.text());
  return JSON.stringify(texts);
}"""


@pytest.fixture
def page(open_page) -> Page:
    return open_page(service_workers="allow")


def without_signal(page: Page) -> None:
    page.context.set_offline(True)


def sign_in_on(page: Page, user, device: str) -> None:
    confirm_address(user)
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label(device).check()
    press(page, "Sign in")


def test_the_red_path_opens_after_one_look_at_any_page(page):
    call_command("set_centre", cancer_line="+43 1 000 0001", emergency_number="144")
    page.goto("/")
    page.evaluate(KEPT, "/call/")
    without_signal(page)
    page.goto("/call/")
    heading(page, "When to call, and whom")
    expect(page.get_by_role("link", name="+43 1 000 0001").first).to_be_visible()
    expect(page.get_by_text("This is the copy that was kept on this device.")).to_be_visible()
    page.goto("/profile/")
    heading(page, "There is no signal just now")


@pytest.mark.verify
def test_the_guide_opens_where_it_was_read(page):
    page.goto("/guide/")
    page.evaluate(FILL)
    without_signal(page)
    page.goto("/guide/overview/what-is-all/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/guide/overview/what-is-all/")
    page.goto("/symptoms/fever/")
    heading(page, "Fever or low temperature")


def test_a_device_of_ones_own_keeps_ones_own_numbers_until_sign_out(page, owner, journey):
    journey.cancer_line = "+43 1 000 0009"
    journey.save()
    make_question(journey=journey, text=CANARY)
    sign_in_on(page, owner, "My own")
    heading(page, "Hello Olive")
    assert "careguide-own" in page.evaluate(KEPT, "/own/call/")
    page.goto(f"/journeys/{journey.pk}/questions/")
    expect(page.get_by_role("heading", name=CANARY)).to_be_visible()
    assert CANARY not in page.evaluate(EVERYTHING)
    without_signal(page)
    page.goto(f"/journeys/{journey.pk}/call/")
    expect(page.get_by_role("link", name="+43 1 000 0009").first).to_be_visible()
    page.context.set_offline(False)
    page.goto("/profile/")
    press(page, "Sign out", within=".site-footer")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert "+43 1 000 0009" not in page.evaluate(EVERYTHING)


@pytest.mark.parametrize("device", ["Shared", None])
def test_another_device_keeps_nothing_of_a_person(page, owner, journey, sign_in, device):
    journey.cancer_line = "+43 1 000 0009"
    journey.save()
    if device:
        sign_in_on(page, owner, device)
    else:
        sign_in(page, owner)
    page.goto(f"/journeys/{journey.pk}/call/")
    page.evaluate(KEPT, "/call/")
    page.wait_for_timeout(1000)
    kept = page.evaluate(EVERYTHING)
    assert "When to call" in kept
    assert "+43 1 000 0009" not in kept and "Olive" not in kept
