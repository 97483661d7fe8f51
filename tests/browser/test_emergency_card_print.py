"""The emergency card on paper: the size of a bank card, nothing lost over its edge."""

from datetime import date

import pytest
from playwright.sync_api import expect

from content.models import Centre
from tests.factories import make_emergency_card, make_stage, make_treatment

LONG = {
    "name": "Maximiliane-Wilhelmina Mustermann von Hohenfels-Wittgenstein",
    "birth_year": 1984,
    "allergies": "\n".join(f"Medicine {number} with a long name: rash" for number in range(25)),
    "blood_group": "AB-",
    "irradiated": "not-sure",
    "line": "tunneled",
    "line_note": "right side of the chest, two lumens, put in last March, stitched twice",
    "transplant_on": date(2026, 5, 5),
    "spinal_chemo_on": date(2026, 11, 20),
    "conditions": "Diabetes, heart failure, epilepsy, asthma. " * 20,
    "contact_name": "Maximiliane-Wilhelmina Mustermann von Hohenfels",
    "contact_relation": "sister-in-law and neighbor",
    "contact_phone": "+00 0000 000002 / 1234567",
}
WIDE = {"name": "W" * 100, "allergies": "W" * 900, "conditions": "MW " * 300, "line_note": "W" * 80}
MEASURE = """() => [...document.querySelectorAll(".wallet-face, .wallet-face *")].map(element => ({
    what: element.className || element.tagName,
    over: element.scrollHeight - element.clientHeight > 1 && element.clientHeight > 0
        && getComputedStyle(element).overflow == "hidden",
    points: parseFloat(getComputedStyle(element).fontSize) * 0.75,
    hidden: element.className == "visually-hidden",
}))"""
FACES = """() => [...document.querySelectorAll(".wallet-face")].map(face => {
    const {width, height} = face.getBoundingClientRect();
    return [width / 96 * 25.4, height / 96 * 25.4];
})"""


@pytest.mark.parametrize("facts", [{}, LONG, LONG | WIDE], ids=["empty", "long", "wide"])
def test_the_card_has_its_size_and_holds_what_it_says(page, owner, journey, sign_in, facts):
    Centre(name="Center", cancer_line="+00 (0)1 23 456 789 / 1234", emergency_number="112").save()
    make_stage(journey=journey, phase="reinduction", cell_type="precursor-b")
    if facts:
        make_emergency_card(journey=journey, **facts)
        for window in ("steroid", "asparaginase", "low_neutrophils", "after_lumbar_puncture"):
            make_treatment(journey=journey, window=window)
    sign_in(page, owner)
    page.goto(f"/journeys/{journey.pk}/card/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    assert [[round(side, 1) for side in face] for face in page.evaluate(FACES)] == [[85.6, 54]] * 2
    measured = [one for one in page.evaluate(MEASURE) if not one["hidden"]]
    assert [one["what"] for one in measured if one["over"]] == []
    assert [one for one in measured if one["points"] < 6.99] == []


def test_the_sheet_says_on_paper_that_nobody_signed_it_off_yet(page, viewer, journey, sign_in):
    sign_in(page, viewer)
    page.goto(f"/journeys/{journey.pk}/card/")
    page.emulate_media(media="print")
    expect(page.locator(".home-sheet").get_by_text("not yet signed off")).to_be_visible()
    expect(page.locator(".whose")).to_be_hidden()
