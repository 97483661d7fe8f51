"""After a save or a mistake the focus goes to what matters most; what is said once is spoken."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import check_in, press
from tests.world import url

# Notes each message that comes into the region after it was there: that alone is read aloud.
LISTEN = """addEventListener("DOMContentLoaded", () => {
  const { dataset } = document.documentElement;
  new MutationObserver((all) => {
    for (const { addedNodes } of all)
      for (const node of addedNodes) dataset.spoken = node.textContent;
  }).observe(document.getElementById("messages"), { childList: true });
});"""


@pytest.fixture
def page(page, owner, sign_in) -> Page:
    sign_in(page, owner)
    return page


def test_a_check_in_that_cannot_be_read_leads_to_the_numbers_first(page, journey):
    page.goto(url("check_in_add", journey_id=journey.pk))
    check_in(page, "380")
    box = page.get_by_role("region", name="We could not check this yet")
    expect(box).to_be_focused()
    assert box.evaluate(
        """(box) => box.compareDocumentPosition(document.querySelector(".error-summary"))
        & Node.DOCUMENT_POSITION_FOLLOWING"""
    )


def test_a_form_without_such_a_box_leads_to_what_is_wrong(page, journey):
    page.goto(url("note_add", journey_id=journey.pk))
    page.get_by_label("Day").fill("")
    press(page, "Save")
    expect(page.locator(".error-summary")).to_be_focused()


def test_a_saved_check_in_leads_to_its_level(page, journey):
    page.goto(url("check_in_add", journey_id=journey.pk))
    check_in(page, "38.4")
    expect(page.locator("[data-level=now]")).to_be_focused()


def test_what_was_done_is_spoken_on_the_page_that_follows(page, journey):
    page.add_init_script(LISTEN)
    page.goto(url("journey_name", journey_id=journey.pk))
    page.get_by_role("textbox").first.fill("Olive")
    press(page, "Save")
    expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-spoken", "Saved.")
