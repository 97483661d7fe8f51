"""A check-in without a signal: written on one's own device, sent once, its time and level right."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.steps import heading, press
from tests.browser.test_offline import EVERYTHING, KEPT, sign_in_on, without_signal
from tests.factories import make_check_in

WAITS = "Waiting, not checked yet"
KEEP = "Keep it until there is a signal"
NOTE = "Only my check-in knows this"
FORGET_THE_GUIDE = """async () => {
  for (const name of await caches.keys())
    if (name.startsWith("careguide-kept-")) await caches.delete(name);
}"""
# As in a browser where htmx did not come.
BY_ITS_BUTTON = """(name) => {
  const button = document.querySelector(`#check-in-form [name=${name}]`);
  button.form.requestSubmit(button);
}"""
FILES_NOT_KEPT = """async (path) => {
  const kept = await (await caches.match(path)).text();
  const page = new DOMParser().parseFromString(kept, "text/html");
  const named = [...page.querySelectorAll("link[rel=stylesheet], script[src]")];
  const missing = [];
  for (const file of named.map((el) => el.getAttribute("href") ?? el.getAttribute("src")))
    if (!(await caches.match(file))) missing.push(file);
  return named.length ? missing : ["all"];
}"""


@pytest.fixture
def page(open_page) -> Page:
    call_command("set_centre", cancer_line="+43 1 000 0001", emergency_number="144")
    return open_page(service_workers="allow")


@pytest.fixture
def own(page, owner, journey) -> Page:
    """The phone of the patient, which has kept what it may."""
    sign_in_on(page, owner, "My own")
    heading(page, "Hello Olive")
    page.evaluate(KEPT, f"/journeys/{journey.pk}/check-ins/offline/")
    return page


def open_check_in(page: Page, journey) -> None:
    page.goto(f"/journeys/{journey.pk}/")
    heading(page, "There is no signal just now")
    page.get_by_role("link", name="Check-in without a signal").click()
    heading(page, "Check-in without a signal")


def write_fever(page: Page) -> None:
    page.get_by_label("Temperature", exact=True).fill("38.4")
    page.get_by_label("Note").fill(NOTE)
    press(page, KEEP)


def can_be_pressed_again(page: Page) -> None:
    """No button is still marked as pressed, as it would be for eight seconds."""
    assert page.locator("[aria-disabled=true]").count() == 0


def waiting(page: Page):
    return page.get_by_role("region", name=WAITS)


def test_a_check_in_waits_and_is_sent_once_with_its_own_time(own, journey):
    without_signal(own)
    begun = timezone.now().replace(second=0, microsecond=0)  # a form of times knows no seconds
    open_check_in(own, journey)
    signs = own.get_by_role("region", name="Is one of these so?")
    expect(signs.get_by_role("link", name="+43 1 000 0001")).to_be_visible()
    press(own, KEEP)
    expect(own.get_by_text("Nothing is filled in yet.")).to_be_focused()
    can_be_pressed_again(own)
    write_fever(own)
    written = timezone.now()
    expect(waiting(own)).to_be_focused()
    expect(own.locator("#check-in-form")).to_be_hidden()
    own.goto(f"/journeys/{journey.pk}/call/")
    expect(waiting(own)).to_be_visible()
    assert not journey.check_ins.exists()
    own.context.set_offline(False)
    result = own.locator("#sent")
    expect(result.get_by_role("heading", name="Call now")).to_be_visible()
    expect(waiting(own)).to_be_hidden()
    saved = journey.check_ins.get()
    assert saved.level == "now" and saved.note == NOTE
    assert begun <= saved.occurred_at <= written
    result.get_by_role("link", name="Open it").click()
    heading(own, re.compile("^Check-in of "))
    assert NOTE not in own.evaluate(EVERYTHING)
    assert journey.check_ins.count() == 1


def test_what_is_kept_outlives_the_pages_of_an_older_version(own, journey):
    own.evaluate(FORGET_THE_GUIDE)
    page = f"/journeys/{journey.pk}/check-ins/offline/"
    assert own.evaluate(FILES_NOT_KEPT, page) == []
    without_signal(own)
    own.goto(f"/journeys/{journey.pk}/check-ins/add/")
    heading(own, "Check-in without a signal")
    write_fever(own)
    expect(waiting(own)).to_be_focused()


def test_what_was_begun_with_a_signal_is_kept_when_it_goes(own, journey):
    make_check_in(journey=journey, tired=1)
    own.goto(f"/journeys/{journey.pk}/check-ins/add/?same=1")
    own.get_by_label("Temperature", exact=True).fill("38.4")
    without_signal(own)
    press(own, "Save and see what to do")
    expect(waiting(own)).to_be_focused()
    own.context.set_offline(False)
    expect(own.locator("#sent").get_by_role("heading", name="Call now")).to_be_visible()
    expect(waiting(own)).to_be_hidden()
    assert journey.check_ins.newest_first().first().level == "now"
    assert journey.check_ins.count() == 2


def test_what_a_dead_network_would_swallow_is_kept(own, journey):
    own.goto(f"/journeys/{journey.pk}/check-ins/add/")
    own.get_by_label("Temperature", exact=True).fill("38.4")

    def swallow(route):
        asked = route.request.method == "GET"
        route.continue_() if asked else route.abort()

    own.route("**/healthz", lambda route: route.abort())
    own.route("**/check-ins/add/", swallow)
    press(own, "Save and see what to do")
    expect(waiting(own)).to_be_focused()
    assert own.evaluate("navigator.onLine")
    own.reload()
    expect(waiting(own)).to_be_visible()
    own.unroute_all()
    own.evaluate("dispatchEvent(new Event('online'))")
    expect(own.locator("#sent").get_by_role("heading", name="Call now")).to_be_visible()
    assert journey.check_ins.get().level == "now"


def test_with_a_network_it_is_sent_once_as_it_was_pressed(own, journey):
    own.goto(f"/journeys/{journey.pk}/check-ins/add/")
    own.get_by_label("Temperature", exact=True).fill("38.4")
    own.get_by_label("Add another symptom from the list").select_option("jaw-pain")
    own.evaluate(BY_ITS_BUTTON, "more")
    expect(own.locator("#symptom-jaw-pain")).to_be_visible()
    assert not journey.check_ins.exists()
    save = own.get_by_role("button", name="Save and see what to do")
    save.evaluate("(button) => { button.click(); button.click(); }")
    heading(own, re.compile("^Check-in of "))
    assert journey.check_ins.count() == 1


def test_it_is_removed_at_the_second_press_and_each_says_which(own, journey):
    own.route("**/check-ins/add/", lambda route: route.abort())
    for _one in range(2):
        own.goto(f"/journeys/{journey.pk}/check-ins/offline/")
        write_fever(own)
        expect(waiting(own)).to_be_focused()
    removes = waiting(own).get_by_role("button", name=re.compile(r"Remove it ?: \w+ \d+, 2"))
    expect(removes).to_have_count(2)
    removes.first.click()
    expect(waiting(own).get_by_role("status")).to_contain_text("Press again to remove it: ")
    expect(removes).to_have_count(2)
    removes.last.click()
    expect(removes).to_have_count(2)
    removes.last.click()
    expect(removes).to_have_count(1)
    expect(own.locator("#messages")).to_have_text("The check-in was removed.")
    expect(waiting(own)).to_be_focused()
    removes.press("Enter")
    removes.press("Enter")
    expect(waiting(own)).to_be_hidden()
    expect(own.locator("main")).to_be_focused()
    assert "38.4" not in own.evaluate(EVERYTHING)


def test_it_is_sent_by_a_sign_in_that_did_not_ask_whose_device_it_is(own, owner, journey, sign_in):
    without_signal(own)
    open_check_in(own, journey)
    write_fever(own)
    expect(waiting(own)).to_be_visible()
    own.goto("about:blank")
    own.context.clear_cookies()
    sign_in(own, owner)
    own.context.set_offline(False)
    own.goto("/profile/")
    expect(own.locator("#sent").get_by_role("heading", name="Call now")).to_be_visible()
    assert journey.check_ins.get().note == NOTE


def test_such_a_sign_in_is_told_before_signing_out_and_keeps_no_new_one(
    own, owner, journey, sign_in
):
    own.route("**/check-ins/add/", lambda route: route.abort())
    own.goto(f"/journeys/{journey.pk}/check-ins/offline/")
    write_fever(own)
    expect(waiting(own)).to_be_visible()
    own.context.clear_cookies()
    sign_in(own, owner)
    own.goto("/profile/")
    expect(waiting(own)).to_be_visible()
    press(own, "Sign out", within=".site-footer")
    expect(own.get_by_text("Signing out removes what waits here.")).to_be_visible()
    own.unroute_all()
    own.goto(f"/journeys/{journey.pk}/check-ins/offline/")
    press(own, KEEP)  # it went to the server, which says that nothing is filled in
    expect(own.get_by_text("Nothing is filled in yet.").first).to_be_visible()
    assert own.url.endswith("/check-ins/add/")


@pytest.mark.verify
def test_one_that_cannot_be_saved_comes_back_with_all_that_was_typed(own, journey):
    without_signal(own)
    open_check_in(own, journey)
    own.get_by_text("It was earlier, or only for me").click()
    tomorrow = timezone.localtime() + timedelta(days=1)
    own.get_by_label("When was it?").fill(tomorrow.strftime("%Y-%m-%dT%H:%M"))
    write_fever(own)
    own.context.set_offline(False)
    own.get_by_role("button", name="Look it over").click()
    expect(own.get_by_label("Note")).to_have_value(NOTE)
    expect(own.get_by_text("This time is still to come.").first).to_be_visible()
    own.get_by_label("When was it?").fill(timezone.localtime().strftime("%Y-%m-%dT%H:%M"))
    press(own, "Save and see what to do")
    heading(own, re.compile("^Check-in of "))
    expect(waiting(own)).to_be_hidden()
    own.goto(f"/journeys/{journey.pk}/")
    expect(waiting(own)).to_be_hidden()
    assert journey.check_ins.count() == 1


@pytest.mark.verify
def test_signing_out_tells_of_what_waits_and_clears_it(own, journey):
    own.route("**/check-ins/add/", lambda route: route.abort())
    own.goto(f"/journeys/{journey.pk}/check-ins/offline/")
    write_fever(own)
    expect(waiting(own)).to_be_visible()
    assert NOTE in own.evaluate(EVERYTHING) or "Only+my" in own.evaluate(EVERYTHING)
    press(own, "Sign out", within=".site-footer")
    expect(waiting(own)).to_be_focused()
    expect(own.get_by_text("Signing out removes what waits here.")).to_be_visible()
    can_be_pressed_again(own)
    press(own, "Sign out", within=".site-footer")
    expect(own.get_by_role("link", name="Sign in").first).to_be_visible()
    kept = own.evaluate(EVERYTHING)
    assert "Only+my" not in kept and NOTE not in kept


@pytest.mark.verify
def test_a_shared_device_keeps_no_check_in(page, owner, journey):
    sign_in_on(page, owner, "Shared")
    heading(page, "Hello Olive")
    page.evaluate(KEPT, "/call/")
    page.goto(f"/journeys/{journey.pk}/check-ins/offline/")
    press(page, KEEP)  # nothing is filled in: it went to the server, which says so
    expect(page.get_by_text("Nothing is filled in yet.").first).to_be_visible()
    assert "careguide-own" not in page.evaluate(KEPT, "/call/")
