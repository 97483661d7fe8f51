"""A glossary word is explained on the page it stands on: by keys, by touch, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accessibility import violations

TOPIC = "/guide/overview/what-is-all/"


def word(page: Page):
    return page.locator("a.term", has_text="lymphocytes").first


def test_by_keys_the_meaning_opens_and_the_focus_comes_back(open_page, base):
    page = open_page(viewport=DESK)
    page.goto(TOPIC)
    word(page).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="lymphocytes")
    expect(dialog).to_contain_text("helps to fight germs")
    expect(dialog.get_by_role("link", name="Open in the glossary")).to_have_attribute(
        "href", re.compile("/glossary/lymphocyte/$")
    )
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    expect(dialog).to_have_attribute("aria-describedby", "meaning-text")
    assert violations(page, [(DESK, "light"), (DESK, "dark")]) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(word(page)).to_be_focused()
    assert page.url.endswith(TOPIC)


def test_by_touch_it_is_a_sheet_with_a_big_button(open_page, base):
    page = open_page(viewport=PHONE, has_touch=True)
    page.goto(TOPIC)
    word(page).tap()
    close = page.get_by_role("dialog").get_by_role("button", name="Close")
    expect(close).to_be_visible()
    assert close.bounding_box()["height"] >= 44
    close.tap()
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("viewport", [PHONE], ids=["phone"])
def test_without_scripts_the_word_leads_to_its_page(open_page, base, viewport):
    page = open_page(viewport=viewport, java_script_enabled=False)
    page.goto(TOPIC)
    word(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lymphocyte")


def test_on_a_desk_the_meaning_stands_by_its_word(open_page, base):
    page = open_page(viewport=DESK)
    page.goto(TOPIC)
    place = word(page).bounding_box()
    word(page).click()
    box = page.get_by_role("dialog").bounding_box()
    assert 0 <= box["y"] - (place["y"] + place["height"]) < 20
    assert box["x"] >= 0 and box["x"] + box["width"] <= DESK["width"]


def test_a_click_with_a_key_held_opens_the_page_in_a_new_tab(open_page, base):
    page = open_page(viewport=DESK)
    page.goto(TOPIC)
    with page.context.expect_page() as opened:
        word(page).click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/glossary/lymphocyte/")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("failure", ["server", "network"])
def test_without_an_answer_the_link_is_followed(open_page, base, watch, failure):
    def fail(route):
        if "hx-request" not in route.request.headers:
            route.continue_()
        elif failure == "server":
            route.fulfill(status=503)
        else:
            route.abort()

    page = open_page()
    page.goto(TOPIC)
    page.route("**/glossary/**", fail)
    word(page).click()
    page.wait_for_url("**/glossary/lymphocyte/")
    watch.findings.clear()  # the answer that was made to fail
