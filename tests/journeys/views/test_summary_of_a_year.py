"""Medicines in the summary, and a whole year on two pages at most, on screen as on paper."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
from pypdf import PdfReader

from journeys.demo.year import fill_year
from journeys.models import Area
from journeys.summaries.build import PARTS
from tests.factories import (
    make_dose,
    make_dose_plan,
    make_medicine,
    make_note,
    make_procedure,
    make_question,
)
from tests.journeys.views.test_medicines import TODAY, ago
from tests.journeys.views.test_summaries import chosen, page_of, pdf_of

SMALLEST = 10


def section_of(page, heading):
    """Return the words of one part, as they are read."""
    part = page.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())


def medicines_on(page):
    return section_of(page, "Medicines and treatment")


def since(days):
    return {"since": ago(days).isoformat()}


# --- Medicines -----------------------------------------------------------------------------------
def test_what_is_taken_with_what_was_missed_or_changed(as_owner, journey):
    medicine = make_medicine(journey=journey, dose="1 tablet", begins_on=ago(60))
    make_dose_plan(journey=journey, medicine=medicine, dose="2 tablets", begins_on=ago(5))
    for days, outcome in ((3, "missed"), (2, "missed"), (1, "changed"), (4, "taken")):
        make_dose(journey=journey, medicine=medicine, due_on=ago(days), outcome=outcome)
    make_dose(journey=journey, medicine=medicine, due_on=ago(30), outcome="missed")
    said = medicines_on(page_of(as_owner, journey, **since(14)))
    assert "Mercaptopurine : 2 tablets, every day" in said
    assert "changed on" in said
    assert "2 doses missed" in said
    assert "1 dose taken differently" in said


def test_what_was_stopped_lately_says_when_and_what_was_stopped_before_is_left_out(
    as_owner, journey
):
    make_medicine(journey=journey, name="Dexamethasone", begins_on=ago(40), ended_on=ago(6))
    make_medicine(journey=journey, name="Posaconazole", begins_on=ago(90), ended_on=ago(60))
    said = medicines_on(page_of(as_owner, journey, **since(14)))
    assert "Dexamethasone" in said
    assert "until" in said
    assert "Posaconazole" not in said


def test_a_first_plan_is_no_change(as_owner, journey):
    make_medicine(journey=journey, begins_on=ago(3))
    assert "changed on" not in medicines_on(page_of(as_owner, journey, **since(14)))


def test_what_was_done_since_stands_with_its_result(as_owner, journey):
    make_procedure(journey=journey, kind="marrow-test", result="In remission", done_on=ago(3))
    make_procedure(journey=journey, kind="block", name="Block 1", done_on=ago(50))
    said = medicines_on(page_of(as_owner, journey, **since(14)))
    assert "Bone marrow test (In remission)" in said
    assert "Block 1" not in said


def test_whoever_does_not_see_medicines_gets_no_such_part(as_viewer, journey):
    make_medicine(journey=journey)
    journey.shares.update(areas=[Area.LABS])
    page = page_of(as_viewer, journey)
    assert "Mercaptopurine" not in page
    assert "Medicines and treatment" not in page.partition("<main")[2]


# --- A year --------------------------------------------------------------------------------------
@pytest.fixture
def a_year(journey, contributor):
    fill_year(journey, patient=journey.owner, caregiver=contributor)
    for place in range(3):
        make_question(journey=journey, text=f"Question {place} of the year?", starred=True)
    make_note(journey=journey, text="The lake was warm.", noted_on=TODAY() - timedelta(days=9))
    return journey


def sizes_of(reader):
    """Return every size in which text is set, in points."""
    found = set()

    def visit(text, _user, matrix, _font, size):
        if text.strip():
            found.add(round(size * abs(matrix[3] or matrix[1]), 1))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


def test_page_and_paper_of_a_year_say_the_same(as_owner, a_year):
    note = a_year.notes.get(text="The lake was warm.")
    choice = chosen(*PARTS, note=[str(note.pk)], since=ago(365).isoformat())
    page = page_of(as_owner, a_year, **choice)
    answer = pdf_of(as_owner, a_year, **choice)
    reader = PdfReader(io.BytesIO(answer.content))
    paper = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    body = page.partition('<div class="summary')[2].partition("</main>")[0]
    items = [
        " ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split())
        for row in re.findall(r"<(?:li|t[hd]|dd)\b[^>]*>(.*?)</(?:li|t[hd]|dd)>", body, re.S)
    ]
    assert len(items) > 60
    glued = paper.replace(" ", "")
    missing = [row for row in items if row.replace(" ", "") not in glued]
    assert missing == []
    assert len(reader.pages) <= 2
    assert min(sizes_of(reader)) >= SMALLEST
