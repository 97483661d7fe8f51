"""What is printed: black on white, without what can only be pressed, nothing cut off."""

import re

import pytest
from playwright.sync_api import expect

from content.models import Topic
from tests.browser import pages

# A4 between its margins, in CSS pixels.
PAPER = {"width": 680, "height": 1000}
# The most pages that each may take.
SHEETS = {
    "topic": 4,
    "when to call": 1,
    "questions": 4,
    "questions to show": 1,
    "summary": 2,
    "emergency card": 2,
    "check-ins": 2,
    "medicines": 2,
    "my numbers": 1,
    "labs": 2,
    "timeline": 3,
}
# What a finger presses, and what leads elsewhere, has no place on paper.
PRESSED = """() => [...document.querySelectorAll(
    "button, select, input, textarea, .button-primary, .site-nav, .site-footer, .pager, .red-path"
  )].filter((el) => el.checkVisibility() && el.getBoundingClientRect().height > 1)
  .map((el) => el.outerHTML.slice(0, 90))"""
CUT = """() => [...document.querySelectorAll("main *")]
  .filter((el) => el.checkVisibility() && !el.closest(".visually-hidden"))
  .filter((el) => el.getBoundingClientRect().right > innerWidth + 1)
  .map((el) => el.outerHTML.slice(0, 90))"""
# Text that a printer would make pale.
PALE = """() => [...document.querySelectorAll("main *")]
  .filter((el) => el.checkVisibility() && !el.closest(".visually-hidden, svg"))
  .filter((el) => [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((el) => {
    const [red, green, blue] = getComputedStyle(el).color.match(/[\\d.]+/g).map(Number);
    return (red * 299 + green * 587 + blue * 114) / 1000 > 110;
  }).map((el) => el.outerHTML.slice(0, 90))"""
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.verify
@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_fit_for_paper(page, owner, journey, sign_in, name, mode):
    sign_in(page, owner)
    addresses = pages.PUBLIC | pages.fill(journey)
    page.emulate_media(color_scheme=mode)
    page.goto(addresses[name])
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.emulate_media(media="print", color_scheme=mode)
    page.set_viewport_size(PAPER)
    assert page.evaluate(PRESSED) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(PALE) == []
    assert page.evaluate(GROUND) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= SHEETS[name]


def test_figures_are_on_paper_only_for_who_asked_for_them(page):
    page.goto(Topic.objects.exclude(numbers_html="").first().get_absolute_url())
    page.emulate_media(media="print")
    figures = page.locator("details", has_text="Show me the numbers")
    expect(figures).to_be_hidden()
    page.emulate_media(media="screen")
    figures.locator("summary").click()
    page.emulate_media(media="print")
    expect(figures.get_by_text("These figures are about large groups")).to_be_visible()
