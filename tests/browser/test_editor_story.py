"""One editor, without a developer: mends what a reader reports, signs off, survives an upgrade."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from content.loader import DATA, load
from content.models import MistakeReport, ReviewPoint, SignOff, Topic
from content.upgrades import choices
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import follow, press
from tests.browser.test_staff_story import editor_named, sign_in_with_second_factor
from tests.content.admin_tools import change_url

REPORT = "The page says leukocytes and nobody told me what that is."


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def viewport(request) -> dict[str, int]:
    return request.param


@pytest.mark.verify
def test_an_editor_does_it_all_without_a_developer(open_page, viewport, tmp_path):
    topic = Topic.objects.get(slug="what-is-all")
    reader, page = open_page(viewport=viewport), open_page(viewport=viewport)
    reports_a_mistake(reader, topic)
    sign_in_with_second_factor(page, editor_named("Edi Editor"))
    reads_the_report_and_opens_the_page_it_is_about(page, topic)
    is_told_what_is_wrong_and_loses_nothing(page)
    mends_it_with_the_meter_beside(page, topic)
    ticks_the_report_off(page)
    brings_back_an_earlier_text(page, topic)
    looks_who_gets_what(page)
    decides_a_point_of_the_review_list(page)
    carries_the_content_out_and_in(page, tmp_path)
    decides_what_an_upgrade_left(page, topic, tmp_path)
    signs_the_call_levels_off(page)
    expect_signed(reader)


def reports_a_mistake(page: Page, topic: Topic) -> None:
    page.goto(topic.get_absolute_url())
    page.get_by_role("link", name="Report a mistake on this page").click()
    page.get_by_role("textbox").fill(REPORT)
    press(page, "Send")
    expect(page.get_by_text("Thank you").first).to_be_visible()


def reads_the_report_and_opens_the_page_it_is_about(page: Page, topic: Topic) -> None:
    inbox = page.get_by_role("region", name="Mistakes that readers reported")
    expect(inbox).to_contain_text(REPORT[:40])
    inbox.get_by_role("link", name=topic.title).click()
    expect(page.get_by_text(REPORT)).to_be_visible()
    page.get_by_role("link", name=f"Edit: {topic.title}").click()
    expect(page.get_by_label("Text:", exact=True)).to_be_visible()


def is_told_what_is_wrong_and_loses_nothing(page: Page) -> None:
    words = f"{page.get_by_label('Text:', exact=True).input_value()}\n\n[More](topic:no-such-page)"
    page.get_by_label("Text:", exact=True).fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote").first).to_be_visible()
    expect(page.get_by_text("no-such-page").first).to_be_visible()
    expect(page.get_by_label("Text:", exact=True)).to_have_value(words)


def mends_it_with_the_meter_beside(page: Page, topic: Topic) -> None:
    text = page.get_by_label("Text:", exact=True)
    text.fill(
        text.input_value().replace("[More](topic:no-such-page)", "Leukocytes are white cells.")
    )
    preview = page.get_by_role("region", name="How it will look").first
    expect(preview).to_contain_text("Leukocytes are white cells.")
    expect(preview.get_by_role("meter", name="Reading grade")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Save and look at the page").click()
    expect(page.get_by_text("Leukocytes are white cells.")).to_be_visible()


def ticks_the_report_off(page: Page) -> None:
    page.goto(change_url(MistakeReport.objects.get()))
    page.locator("[name='note']").fill("Said what leukocytes are.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/admin/")
    expect(page.get_by_role("region", name="Mistakes that readers reported")).to_have_count(0)


def brings_back_an_earlier_text(page: Page, topic: Topic) -> None:
    page.goto(change_url(topic, "history"))
    expect(page.locator("ins", has_text="Leukocytes are white cells.").first).to_be_visible()
    page.get_by_role("link", name="Look at it or restore it").last.click()
    page.get_by_role("button", name="Restore this").click()
    topic.refresh_from_db()
    assert "Leukocytes are white cells." not in topic.body


def looks_who_gets_what(page: Page) -> None:
    page.goto("/admin/")
    follow(page, "Coverage", "#content-main")
    expect(page.locator(".hole")).to_have_count(0)
    page.goto("/admin/")
    follow(page, "Preview as", "#content-main")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("because").first).to_be_visible()
    page.goto("/admin/")
    follow(page, "Reading level", "#content-main")
    expect(page.get_by_role("row")).to_have_count(Topic.objects.published().count() + 1)


def decides_a_point_of_the_review_list(page: Page) -> None:
    page.goto("/admin/review-list/")
    first = page.locator("details.tick-off").first
    first.locator("summary").click()
    first.locator("[name$='settled_by']").fill("Dr. Example")
    first.locator("[name$='note']").fill("The center's own rule is stricter.")
    first.get_by_role("button", name="Decided today").click()
    expect(page.get_by_text("Decided by Dr. Example").first).to_be_visible()
    assert ReviewPoint.objects.exclude(settled_on=None).count() == 1


def carries_the_content_out_and_in(page: Page, tmp_path) -> None:
    page.goto("/admin/files/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the zip").click()
    path = tmp_path / "content.zip"
    waiting.value.save_as(path)
    page.goto("/admin/files/")
    page.locator("[name='file']").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Nothing would be added or updated.")).to_be_visible()
    page.locator("[name='file']").set_input_files(path)
    page.get_by_role("button", name="Load it now").click()
    expect(page.get_by_text(re.compile("Loaded: 0 added, 0 updated"))).to_be_visible()


def decides_what_an_upgrade_left(page: Page, topic: Topic, tmp_path) -> None:
    page.goto(change_url(topic))
    page.get_by_label("Summary:", exact=True).fill("Ours, in our own words.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    an_upgrade_brings_another_summary(topic, tmp_path / "release")
    page.goto("/admin/")
    page.get_by_role("link", name="1 text to decide").click()
    expect(page.get_by_text("Ours, in our own words.").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Keep ours")).click()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    topic.refresh_from_db()
    assert topic.summary == "Ours, in our own words."
    assert not choices()


def an_upgrade_brings_another_summary(topic: Topic, release: Path) -> None:
    shutil.copytree(DATA, release)
    file = next(release.glob(f"guide/*/{topic.slug}.md"))
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^summary: .*$", "summary: New words.", text, count=1, flags=re.M))
    load(release)


def signs_the_call_levels_off(page: Page) -> None:
    page.goto("/admin/sign-off/")
    number = page.get_by_text(re.compile(r"number [0-9a-f]{4}-[0-9a-f]{4}")).first.inner_text()
    page.get_by_role("link", name="Open the sheet and print it").click()
    expect(page.get_by_text(re.compile("Sign")).first).to_be_visible()
    page.goto("/admin/sign-off/")
    page.locator("[name='sheet_number']").fill(number.split()[-1])
    page.locator("[name='signed_by']").fill("Dr. Example")
    page.locator("[name='role']").fill("hematologist")
    page.locator("[name='signed_on']").fill(f"{datetime.now(UTC):%Y-%m-%d}")
    page.locator("[name='in_hand']").check()
    page.get_by_role("button", name="Record the sign-off").click()
    expect(page.get_by_text("The sign-off is recorded")).to_be_visible()
    assert SignOff.objects.count() == 1


def expect_signed(page: Page) -> None:
    page.goto("/call/")
    expect(page.get_by_text("Signed off by Dr. Example")).to_be_visible()
