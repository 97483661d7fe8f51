"""Before an unused sign-in ends the page asks; what stands in a form is kept by the server."""

import pytest
from playwright.sync_api import Page, expect

from careguide.idle import held_for
from tests.browser.steps import heading, press
from tests.browser.test_accessibility import LOOKS, violations
from tests.world import url

MINUTE = 60_000


@pytest.fixture
def page(page, sign_in, owner) -> Page:
    """The page of a patient, whose clock the test turns."""
    page.clock.install()
    sign_in(page, owner)
    return page


def write_here(page: Page, address: str, heading: str, **said: str) -> None:
    """Unfold the form on a list and fill it in."""
    page.goto(address)
    page.locator("summary", has_text=heading).click()
    for label, text in said.items():
        page.locator("#write").get_by_label(label.replace("_", " ")).fill(text)


def test_it_asks_two_minutes_before_and_one_key_is_enough(page, owner, journey):
    page.goto(url("note_add", journey_id=journey.pk))
    dialog = page.get_by_role("dialog", name="Are you still there?")
    page.clock.run_for(26 * MINUTE)
    expect(dialog).to_be_hidden()
    page.clock.run_for(2 * MINUTE)
    expect(dialog).to_be_visible()
    page.clock.resume()  # what looks for barriers needs a clock that runs
    assert violations(page, LOOKS) == []
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.clock.run_for(26 * MINUTE)
    expect(dialog).to_be_hidden()


def test_typing_counts_as_being_there(page, owner, journey):
    page.goto(url("note_add", journey_id=journey.pk))
    page.clock.run_for(20 * MINUTE)
    page.get_by_label("Note").press_sequentially("A line")
    page.clock.run_for(20 * MINUTE)
    expect(page.get_by_role("dialog", name="Are you still there?")).to_be_hidden()


def test_at_the_end_the_page_is_empty_and_every_letter_is_kept(page, owner, journey):
    page.goto(url("note_add", journey_id=journey.pk))
    page.get_by_label("Note").fill("Written at three & not sent: ümläut")
    page.clock.run_for(30 * MINUTE)
    expect(page.locator("main")).to_have_count(0)
    expect(page.locator("body > *")).to_have_count(1)
    expect(page.get_by_role("link", name="When to call")).to_be_visible()
    assert held_for(owner.pk).fields["text"] == "Written at three & not sent: ümläut"
    page.goto("/held/")
    heading(page, "What you were writing is still here")
    press(page, "Save it now")
    assert journey.notes.get().text == "Written at three & not sent: ümläut"


def test_a_device_that_slept_asks_for_the_page_at_once(page, owner, journey):
    page.goto(url("note_add", journey_id=journey.pk))
    page.evaluate("document.body.dataset.before = ''")
    page.clock.fast_forward(120 * MINUTE)
    expect(page.locator("body:not([data-before]) main")).to_be_visible()


def test_what_was_saved_where_it_stands_is_not_kept_again(page, owner, journey):
    address = url("question_list", journey_id=journey.pk)
    write_here(page, address, "Write a question", Your_question="May I travel?")
    press(page, "Put on my list", within="#write")
    expect(page.get_by_role("heading", name="May I travel?")).to_be_visible()
    page.clock.run_for(30 * MINUTE)
    expect(page.locator("main")).to_have_count(0)
    assert held_for(owner.pk) is None


def test_what_was_refused_is_kept_without_being_touched_again(page, owner, journey):
    address = url("note_list", journey_id=journey.pk)
    write_here(page, address, "Write a note", Note="A good day", Day="")
    press(page, "Save", within="#write")
    expect(page.locator(".error-summary")).to_be_visible()
    page.clock.run_for(30 * MINUTE)
    expect(page.locator("main")).to_have_count(0)
    assert held_for(owner.pk).fields["text"] == "A good day"
