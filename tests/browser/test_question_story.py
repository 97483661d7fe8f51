"""The question loop: suggested, starred, taken to a visit, held up, answered, carried over."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import follow, heading, press
from tests.factories import make_appointment, make_care_member, make_stage

BEFORE, DURING = "2026-11-30T08:15:00+00:00", "2026-11-30T08:40:00+00:00"


@pytest.mark.parametrize(
    "size", [PHONE, pytest.param(DESK, marks=pytest.mark.verify)], ids=["phone", "desk"]
)
def test_a_question_finds_its_answer_and_the_other_goes_on(
    open_page, sign_in, owner, journey, time_machine, size
):
    time_machine.move_to(BEFORE)
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    make_care_member(journey=journey, name="Dr. Gray")
    for day in (date(2026, 11, 30), date(2026, 12, 7)):
        make_appointment(journey=journey, day=day, title=f"Clinic {day:%d}")
    page = open_page(viewport=size)
    sign_in(page, owner)
    page.goto(f"/journeys/{journey.pk}/questions/")
    first, second = takes_two_suggestions(page)
    takes_them_to_the_visit(page, first, second)
    time_machine.move_to(DURING)
    holds_them_up(page, first, second)
    writes_the_answer(page, first)
    takes_the_other_along(page, second)
    finds_the_answer(page, first)


def card(page, question):
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=question))


def takes_two_suggestions(page):
    suggested = page.get_by_role("region", name="You could ask")
    expect(suggested).to_contain_text("in induction")
    taken = []
    for _turn in range(2):
        row = suggested.get_by_role("listitem").first
        taken.append(row.get_by_role("paragraph").inner_text())
        row.get_by_role("button", name="Put on my list").click()
        expect(card(page, taken[-1])).to_be_visible()
    card(page, taken[1]).get_by_role("button", name="Star").click()
    expect(page.get_by_role("heading", level=3).first).to_contain_text(taken[1])
    return taken


def takes_them_to_the_visit(page, first, second):
    visit = page.get_by_role("region", name="Clinic 30, 30 November 2026")
    for number, text in enumerate((first, second), start=1):
        card(page, text).get_by_text("Ask it at …").click()
        card(page, text).get_by_role("button", name="Clinic 30, 30 November 2026").click()
        expect(visit.get_by_role("heading", level=3)).to_have_count(number)


def holds_them_up(page, first, second):
    page.reload()
    follow(page, "Show them to the doctor")
    heading(page, "My questions")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_text([second, first])
    follow(page, "Back to the list")


def writes_the_answer(page, first):
    card(page, first).get_by_role("link", name="Write the answer").click()
    expect(page.get_by_label("When")).to_have_value("2026-11-30")
    page.get_by_label("The answer").fill("About four weeks.")
    page.get_by_label("Who said it").fill("Dr. Gray")
    press(page, "Save")
    expect(page.get_by_role("region", name="Answered")).to_contain_text(
        "Dr. Gray, 30 November 2026"
    )


def takes_the_other_along(page, second):
    page.get_by_role("button", name="To the next visit: Clinic 07, 7 December 2026").click()
    coming = page.get_by_role("region", name="Clinic 07, 7 December 2026")
    expect(coming.get_by_role("heading", level=3)).to_contain_text([second])
    expect(page.get_by_text("has no answer yet")).to_have_count(0)


def finds_the_answer(page, first):
    page.get_by_label("Search questions and answers").fill("four weeks")
    press(page, "Search")
    expect(page.get_by_role("heading", level=2, name=first)).to_be_visible()
