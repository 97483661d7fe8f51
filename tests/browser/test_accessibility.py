"""What people need who see little, move little or use no mouse."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import expect_level, heading
from tests.content.admin_tools import make_editor
from tests.workshop import keep_editors_busy, pictured, workshop

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},  # of AAA, for every text
    "resultTypes": ["violations"],
}
# Both widths and both modes; what is wrong in a mode is so at any width.
LOOKS = [(PHONE, "light"), (DESK, "dark")]
# What a finger must hit, and where its smallest target may be a line of text instead.
BUTTONS = (
    "button, summary, select, textarea, .button, .button-primary, .button-quiet, .tel-button, "
    ".site-header a, .site-nav a, .choice-row > label, .choice-list > label, .site-footer li a, "
    "input:not([type=hidden], [type=radio], [type=checkbox])"
)
TOO_SMALL = """
([selector, least]) => [...document.querySelectorAll(selector)]
  .filter((el) => el.checkVisibility() && !el.closest(".visually-hidden, .skip-link"))
  .map((el) => [el, el.getBoundingClientRect()])
  .filter(([el, box]) => box.height && (box.height < least - .5 || box.width < 23.5))
  .map(([el, box]) => `${el.outerHTML.slice(0, 90)} ${box.width | 0}x${box.height | 0}`)
"""
WIDER_THAN_THE_WINDOW = """
() => document.documentElement.scrollWidth > innerWidth
  ? [...document.querySelectorAll("body *")]
      .filter((el) => el.getBoundingClientRect().right > innerWidth + 1)
      .map((el) => el.outerHTML.slice(0, 90)) : []
"""
# A window of 1280 x 1024 at 400 %, which is the smallest phone, too.
MAGNIFIED = {"width": 320, "height": 256}
COVERS_THE_TEXT = """
() => [...document.querySelectorAll("body *")]
  .filter((el) => ["fixed", "sticky"].includes(getComputedStyle(el).position))
  .filter((el) => el.checkVisibility() && el.getBoundingClientRect().height > innerHeight / 3)
  .map((el) => el.outerHTML.slice(0, 90))
"""
# The name of what has the focus, and whether an outline shows it.
FOCUS = """
() => {
  const el = document.activeElement;
  const shown = getComputedStyle(el.closest("label:has(:focus-visible)") ?? el);
  return [(el.labels?.[0] ?? el).innerText.replace(/\\s+/g, " ").trim(),
          shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) >= 2];
}
"""


def violations(page: Page, looks: list[tuple[dict[str, int], str]], **options: Any) -> list[str]:
    found = []
    for viewport, scheme in looks:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        # In a window as high as the page no bar covers what one would scroll to.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": viewport["width"], "height": height})
        for violation in Axe().run(page, options=RULES | options).response["violations"]:
            places = ", ".join(node["html"][:120] for node in violation["nodes"][:3])
            found.append(f"{viewport['width']} {scheme} {violation['id']}: {places}")
    return found


def walk(page: Page, addresses: dict[str, str], find) -> dict[str, list[str]]:
    """Open every page, with all that can be unfolded, and return what `find` found, by its name."""
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((el) => { el.open = true })")
        found[name] = find(page)
    return {name: findings for name, findings in found.items() if findings}


@pytest.fixture
def all_pages(journey) -> dict[str, str]:
    """The patient's pages and those of everybody; without those that only strangers see."""
    own = pages.fill(journey)
    strangers = ("landing", "sign-in", "sign-up", "forgotten password")
    public = {name: path for name, path in pages.PUBLIC.items() if name not in strangers}
    return own | public | pages.ACCOUNT


@pytest.fixture
def patient_page(page, owner, sign_in) -> Page:
    sign_in(page, owner)
    return page


def test_the_main_pages_have_no_known_barrier(open_page, owner, journey, sign_in):
    own = pages.fill(journey)
    stranger_page, patient_page = open_page(), open_page()
    sign_in(patient_page, owner)
    found = {}
    for page, addresses in ((stranger_page, pages.PUBLIC), (patient_page, own)):
        chosen = {name: path for name, path in addresses.items() if name in pages.MAIN}
        found |= walk(page, chosen, lambda page: violations(page, LOOKS[:1]))
    assert found == {}


@pytest.mark.verify
def test_no_public_page_has_a_known_barrier(page):
    assert walk(page, pages.PUBLIC, lambda page: violations(page, LOOKS)) == {}


@pytest.mark.verify
def test_no_page_of_a_patient_has_a_known_barrier(patient_page, all_pages):
    assert walk(patient_page, all_pages, lambda page: violations(page, LOOKS)) == {}


@pytest.mark.verify
def test_no_topic_has_a_known_barrier(page, db):
    assert walk(page, pages.topics(), lambda page: violations(page, LOOKS[:1])) == {}


@pytest.mark.verify
@pytest.mark.parametrize(
    ("look", "of_the_workshop"),
    [(LOOKS[0], workshop), (LOOKS[1], pictured)],
    ids=["phone", "desk"],
)
def test_no_page_of_the_workshop_has_a_known_barrier(page, sign_in, base, look, of_the_workshop):
    editor = make_editor()
    keep_editors_busy(editor)
    sign_in(page, editor)

    def find(page: Page) -> list[str]:
        # Style sheets that import others are read by a way which the content policy forbids. The
        # contrast of AAA is for those who are ill.
        found = violations(page, [look], preload=False, rules={})
        return found + page.evaluate(WIDER_THAN_THE_WINDOW)

    assert walk(page, of_the_workshop(), find) == {}


@pytest.mark.verify
@pytest.mark.parametrize("who", ["stranger", "patient"])
def test_no_page_scrolls_sideways_however_large_it_is_shown(
    open_page, owner, sign_in, all_pages, who
):
    page = open_page()
    if who == "patient":
        sign_in(page, owner)
    addresses = all_pages if who == "patient" else pages.PUBLIC
    assert walk(page, addresses, wider_when_enlarged) == {}


def wider_when_enlarged(page: Page) -> list[str]:
    page.set_viewport_size(MAGNIFIED)
    found = page.evaluate(WIDER_THAN_THE_WINDOW) + page.evaluate(COVERS_THE_TEXT)
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return found + page.evaluate(WIDER_THAN_THE_WINDOW)


@pytest.mark.verify
def test_controls_are_large_enough_for_a_thumb(patient_page, all_pages):
    assert walk(patient_page, all_pages, too_small) == {}


def too_small(page: Page) -> list[str]:
    return page.evaluate(TOO_SMALL, [BUTTONS, 44]) + page.evaluate(TOO_SMALL, ["main a", 23])


def test_a_patient_checks_in_with_the_keyboard_alone(patient_page, journey):
    page = patient_page
    page.goto(f"/journeys/{journey.pk}/")
    tab_to(page, "Start a check-in")
    page.keyboard.press("Enter")
    heading(page, "How are you?")
    tab_to(page, "Temperature")
    page.keyboard.type("38.4")
    tab_to(page, "Save and see what to do")
    page.keyboard.press("Enter")
    expect_level(page, "now", "Call now")


def test_a_keyboard_opens_a_symptom_and_answers_it(patient_page, journey):
    page = patient_page
    page.goto(f"/journeys/{journey.pk}/check-ins/add/")
    symptom = page.locator("details.symptom:not([open])").first
    name = symptom.locator("summary").first.inner_text()
    tab_to(page, name)
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("details.symptom input:checked")).to_have_count(1)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this name has the focus; each stop must show that it has."""
    for _stop in range(60):
        page.keyboard.press("Tab")
        label, seen = page.evaluate(FOCUS)
        assert seen, f"the focus cannot be seen on {label}"
        if label == name:
            return
    raise AssertionError(f"{name} was not reached")


def test_the_skip_link_leads_past_the_navigation(page, base):
    page.goto("/guide/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
