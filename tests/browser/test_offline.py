"""Without a signal: the red path opens on any device, the guide where it was read."""

import threading
import uuid

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from playwright.sync_api import Page, expect

from tests.browser.steps import PASSWORD, heading, press
from tests.factories import make_journey, make_question, make_share
from tests.visitors import confirm_address

CANARY = "Only my questions know this"
# Asks for all at once instead of after a while, and waits until the last page is there.
FILL = """async () => {
  const path = (await (await fetch("/offline/list/")).json()).guide.at(-1);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ fill: "guide" });
  // A page that came while the worker woke is not its own; the next one is.
  const ready = async () =>
    (await navigator.serviceWorker.getRegistration())?.active && (await caches.match(path));
  for (let tries = 0; !(await ready()); tries++) {
    if (tries > 3000) throw new Error("it is not kept");
    await new Promise((go) => setTimeout(go, 100));
  }
}"""
KEPT = """async (path) => {
  const ready = async () =>
    (await navigator.serviceWorker.getRegistration())?.active && (await caches.match(path));
  for (let tries = 0; !(await ready()); tries++) {
    if (tries > 3000) throw new Error("it is not kept");
    await new Promise((go) => setTimeout(go, 100));
  }
  return [...await caches.keys()].sort();
}"""
# Waits until something that was kept says this.
HELD = """async (text) => {
  const pages = async () => {
    const texts = [];
    for (const name of await caches.keys())
      for (const answer of await (await caches.open(name)).matchAll())
        texts.push(await answer.text());
    return texts.join();
  };
  for (let tries = 0; !(await pages()).includes(text); tries++) {
    if (tries > 3000) throw new Error("it is not kept");
    await new Promise((go) => setTimeout(go, 100));
  }
}"""
SAVES_DATA = "Object.defineProperty(navigator.connection, 'saveData', { get: () => true });"
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
    expect(page.get_by_text("This is the copy that was kept on this device.")).to_have_count(0)


@pytest.mark.verify
@pytest.mark.parametrize("how", ["late", "unwell"])
def test_it_opens_when_the_network_or_the_server_does_not_answer(page, watch, monkeypatch, how):
    page.goto("/")
    page.evaluate(KEPT, "/call/")
    never = threading.Event()

    def does_not_answer(*_args, **_kwargs):
        never.wait(30 if how == "late" else 0)
        return HttpResponse("too late", status=200 if how == "late" else 502)

    monkeypatch.setattr("content.views.TemplateResponse", does_not_answer)
    try:
        page.goto("/call/")
        heading(page, "When to call, and whom")
        expect(page.get_by_text("This is the copy that was kept on this device.")).to_be_visible()
    finally:
        never.set()
    watch.findings[:] = [found for found in watch.findings if not found.startswith("502")]


@pytest.mark.verify
def test_with_little_data_the_newest_red_path_opens_and_the_guide_stays(page):
    page.goto("/guide/")
    page.evaluate(FILL)
    call_command("set_centre", cancer_line="+43 1 000 0002", emergency_number="144")
    page.add_init_script(SAVES_DATA)
    page.clock.install()
    page.goto("/symptoms/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.clock.run_for(6000)
    page.evaluate(HELD, "+43 1 000 0002")
    without_signal(page)
    page.goto("/call/")
    expect(page.get_by_role("link", name="+43 1 000 0002").first).to_be_visible()
    page.goto("/guide/overview/what-is-all/")
    expect(page.get_by_text("This is the copy that was kept on this device.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("There is no signal just now")


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


def test_each_journey_has_its_own_numbers(page, owner, journey):
    mother = make_journey(cancer_line="+43 1 000 0007")
    make_share(journey=mother, user=owner)
    journey.cancer_line = "+43 1 000 0009"
    journey.save()
    sign_in_on(page, owner, "My own")
    for visited in (mother, journey):
        page.goto(f"/journeys/{visited.pk}/")
        page.evaluate(KEPT, f"/journeys/{visited.pk}/call/")
    page.evaluate(HELD, "+43 1 000 0009")
    without_signal(page)
    for path, number in (
        (f"/journeys/{mother.pk}/call/", "+43 1 000 0007"),
        (f"/journeys/{journey.pk}/call/", "+43 1 000 0009"),
        ("/call/", "+43 1 000 0009"),
    ):
        page.goto(path)
        expect(page.get_by_role("link", name=number).first).to_be_visible()
    page.goto(f"/journeys/{uuid.uuid4()}/call/")
    heading(page, "When to call, and whom")
    assert "+43 1 000 00" not in page.content()


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
