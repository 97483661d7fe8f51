"""Small changes happen where one is: no page is loaded anew, and the focus is not lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import press
from tests.factories import (
    make_appointment,
    make_care_member,
    make_check_in,
    make_medicine,
    make_note,
    make_question,
)
from tests.world import url


@pytest.fixture
def page(page, owner, sign_in) -> Page:
    sign_in(page, owner)
    return page


def open_page(page: Page, name: str, journey) -> None:
    page.goto(url(name, journey_id=journey.pk))
    page.evaluate("window.sameLoad = true")


def is_same_load(page: Page) -> bool:
    return page.evaluate("window.sameLoad === true")


def test_stars_and_places_change_where_they_are(page, journey):
    for text in ("One", "Two", "Three"):
        make_question(journey=journey, text=text)
    open_page(page, "question_list", journey)
    page.get_by_role("button", name="Star : Two").click()
    star = page.get_by_role("button", name="Remove star : Two")
    expect(star).to_be_focused()
    expect(page.locator(".card h3").first).to_contain_text("Two")
    page.get_by_role("button", name="Move up : Three").click()
    moved = page.locator(".card", has=page.get_by_role("heading", name="Three"))
    expect(moved).to_be_focused()  # it cannot rise further: its button is gone
    expect(page.locator(".card h3").nth(1)).to_contain_text("Three")
    assert is_same_load(page)


def test_what_was_deleted_comes_back_by_the_button_that_has_the_focus(page, journey):
    make_question(journey=journey, text="Only one")
    open_page(page, "question_list", journey)
    page.get_by_role("button", name="Delete : Only one").click()
    expect(page.locator(".undo-bar")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Only one")).to_be_visible()
    assert is_same_load(page)


def test_a_suggested_question_goes_onto_the_list_and_it_is_said(page, journey):
    open_page(page, "question_list", journey)
    page.get_by_role("button", name="Put on my list").first.click()
    expect(page.get_by_role("status").get_by_text("The question is on the list.")).to_be_visible()
    assert journey.questions.count() == 1 and is_same_load(page)


def test_a_question_is_written_where_the_list_is(page, journey):
    open_page(page, "question_list", journey)
    write = page.locator("summary", has_text="Write a question")
    write.click()
    page.get_by_label("Your question").fill("May I travel?")
    press(page, "Put on my list", within="#write")
    expect(page.get_by_role("status").get_by_text("Your question is on the list.")).to_be_visible()
    expect(write).to_be_focused()
    assert journey.questions.get().text == "May I travel?" and is_same_load(page)


def test_a_note_is_written_where_the_notes_are(page, journey):
    open_page(page, "note_list", journey)
    page.locator("summary", has_text="Write a note").click()
    page.locator("#write").get_by_label("Note").fill("A good day")
    press(page, "Save", within="#write")
    expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".card", has_text="A good day")).to_be_visible()
    assert journey.notes.count() == 1 and is_same_load(page)


def test_a_dose_is_written_down_where_it_stands_and_another_one_stays_as_it_is(page, journey):
    make_medicine(journey=journey, name="Acyclovir")
    make_medicine(journey=journey, name="Dasatinib")
    make_medicine(journey=journey, name="Ondansetron", schedule="as-needed")
    open_page(page, "dose_list", journey)
    begun = page.get_by_role("listitem", name="Dasatinib")
    begun.get_by_text("Taken differently").click()
    begun.get_by_label("What was different?").fill("half of it")
    dose = page.get_by_role("listitem", name="Acyclovir")
    dose.get_by_role("button", name="Taken", exact=False).first.click()
    expect(dose.get_by_text("Taken", exact=True)).to_be_visible()
    expect(dose).to_be_focused()
    expect(page.get_by_role("status").get_by_text("Written down.")).to_be_visible()
    expect(begun.get_by_label("What was different?")).to_have_value("half of it")
    dose.get_by_role("button", name="Take this back").click()
    expect(page.get_by_role("status").get_by_text("Taken back.")).to_be_visible()
    expect(dose).to_be_focused()
    needed = page.get_by_role("listitem", name="Ondansetron")
    for taken in (1, 2):
        needed.get_by_role("button", name="Ondansetron taken now").click()
        expect(needed.get_by_role("button", name="Take this back")).to_have_count(taken)
    begun.get_by_role("button", name="Save it").click()
    expect(begun.get_by_text("half of it")).to_be_visible()
    assert journey.doses.present().count() == 3 and is_same_load(page)


def test_what_is_wrong_with_a_question_is_said_without_leaving(page, journey):
    open_page(page, "question_list", journey)
    page.locator("summary", has_text="Write a question").click()
    press(page, "Put on my list", within="#write")
    expect(page.locator(".error-summary")).to_be_focused()
    assert is_same_load(page)
    page.get_by_label("Your question").fill("May I swim?")
    press(page, "Save")
    expect(page.get_by_role("heading", name="May I swim?")).to_be_visible()


def test_what_is_being_written_and_what_is_unfolded_stays(page, journey):
    make_appointment(journey=journey)
    for text in ("One", "Two"):
        make_question(journey=journey, text=text)
    open_page(page, "question_list", journey)
    page.locator("summary", has_text="Write a question").click()
    page.get_by_label("Your question").fill("May I")
    page.locator("summary", has_text="Ask it at … One").click()
    page.get_by_role("button", name="Star : Two").click()
    expect(page.get_by_role("button", name="Remove star : Two")).to_be_focused()
    expect(page.get_by_label("Your question")).to_have_value("May I")
    expect(page.get_by_role("button", name=": One").last).to_be_visible()
    page.get_by_label("Your question").fill("May I travel?")
    press(page, "Put on my list", within="#write")
    expect(page.get_by_role("heading", name="May I travel?")).to_be_visible()
    assert journey.questions.count() == 3 and is_same_load(page)
    page.locator("summary", has_text="Write a question").click()
    expect(page.get_by_label("Your question")).to_have_value("")


def test_who_goes_on_writing_meanwhile_is_not_interrupted(page, journey):
    make_question(journey=journey, text="One")
    open_page(page, "question_list", journey)
    page.locator("summary", has_text="Write a question").click()
    field = page.get_by_label("Your question")
    page.evaluate("document.addEventListener('htmx:beforeSwap', () => window.field.focus(), true)")
    field.evaluate("(field) => { window.field = field }")
    page.get_by_role("button", name="Star : One").click()
    expect(page.get_by_role("button", name="Remove star : One")).to_be_visible()
    expect(field).to_be_focused()


def test_check_ins_are_chosen_without_leaving_the_page(page, journey):
    make_check_in(journey=journey, tired=1)
    open_page(page, "check_in_list", journey)
    page.get_by_text("Choose what is shown").click()
    page.get_by_label("Symptom").select_option("fever")
    press(page, "Show")
    expect(page.get_by_text("No check-in fits.")).to_be_visible()
    press(page, "Show all")
    expect(page.locator("#check-in-list")).to_be_visible()
    assert is_same_load(page)


@pytest.mark.verify
def test_a_symptom_is_added_and_what_was_typed_stays(page, journey):
    open_page(page, "check_in_add", journey)
    page.get_by_label("Note").fill("Typed before")
    page.locator("summary", has_text="Something else").click()
    page.get_by_label("Add another symptom from the list").select_option("jaw-pain")
    press(page, "Add it")
    summary = page.locator("#symptom-jaw-pain > summary")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Note")).to_have_value("Typed before")
    expect(page.locator("#own-words")).to_have_attribute("open", "")
    press(page, "Save and see what to do")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check-in of")
    assert not is_same_load(page)


@pytest.mark.verify
def test_the_timeline_shows_one_kind_and_its_address_says_so(page, journey):
    make_note(journey=journey, text="A quiet day")
    make_check_in(journey=journey, tired=1)
    open_page(page, "timeline", journey)
    page.locator("#kind-note").click()
    expect(page.locator(".timeline-check-in")).to_have_count(0)
    expect(page.locator("#kind-note")).to_be_focused()
    assert is_same_load(page)


@pytest.mark.verify
def test_the_care_team_is_put_in_order_where_it_stands(page, journey):
    for order, name in enumerate(("Dr. First", "Dr. Second")):
        make_care_member(journey=journey, name=name, order=order)
    open_page(page, "care_member_list", journey)
    page.get_by_role("button", name="Move up : Dr. Second").click()
    expect(page.locator(".card h3").first).to_contain_text("Dr. Second")
    assert is_same_load(page)


@pytest.mark.verify
def test_without_a_signal_it_is_said_and_nothing_moves(page, journey, watch):
    make_question(journey=journey, text="One")
    open_page(page, "question_list", journey)
    page.context.set_offline(True)
    page.get_by_role("button", name="Star : One").click()
    expect(page.get_by_text("That did not reach us.")).to_be_visible()
    expect(page.get_by_role("button", name="Star : One")).to_be_visible()
    assert all(finding.startswith("console: htmx:") for finding in watch.findings)
    watch.findings.clear()
