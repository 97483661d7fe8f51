"""The two papers of the emergency card: what is left off them, and what does not fit."""

import pytest

from content.models import Centre
from journeys.emergency_card import shortened
from journeys.models import EmergencyCard
from tests.factories import make_stage
from tests.journeys.views.card_tools import FULL, papers, save

# --- What is left off ---------------------------------------------------------------------------
WORDS = {
    "name": "Olive Owner",
    "birth-year": "1984",
    "diagnosis": "leukemia",
    "blood": "A negative",
    "line": "Port under the skin",
    "treatments": "12 Nov 2026",
    "conditions": "Diabetes",
    "contact": "Kim Sample",
}


@pytest.mark.parametrize("part", EmergencyCard.Part.values)
def test_a_part_is_left_off_where_the_person_wants_it(as_owner, journey, part):
    save(as_owner, journey, **FULL, off_wallet=[part])
    wallet, sheet = papers(as_owner, journey)
    assert WORDS[part] not in wallet
    assert WORDS[part] in sheet
    save(as_owner, journey, **FULL, off_sheet=[part], version=1)
    wallet, sheet = papers(as_owner, journey)
    assert WORDS[part] in wallet
    assert WORDS[part] not in sheet


def test_without_the_diagnosis_nothing_names_the_illness(as_owner, journey):
    Centre(name="Leukemia Center", cancer_line="+00 999").save()
    make_stage(journey=journey, phase="induction", cell_type="t-cell")
    off = ["diagnosis", "treatments"]
    save(as_owner, journey, **FULL, off_wallet=off, off_sheet=off)
    for paper in papers(as_owner, journey):
        assert "+00 999" in paper
        for word in ("cancer", "leukemia", "Leukemia", "chemo", "T-cell", "Induction"):
            assert word not in paper


# --- What does not fit --------------------------------------------------------------------------
def test_the_wallet_says_where_long_texts_go_on(as_owner, journey):
    many = "\n".join(f"Medicine {number} with a long name" for number in range(30))
    save(as_owner, journey, **FULL | {"allergies": many})
    wallet, sheet = papers(as_owner, journey)
    assert "Medicine 0" in wallet
    assert "Medicine 29" not in wallet
    assert "…" in wallet
    assert "Not everything fits here: see the sheet at home." in wallet
    assert "Medicine 29" in sheet
    assert "see the sheet" not in sheet


def test_the_wallet_sends_nobody_to_a_sheet_that_does_not_tell_it(as_owner, journey):
    save(as_owner, journey, **FULL | {"conditions": "Asthma, " * 100}, off_sheet=["conditions"])
    wallet, sheet = papers(as_owner, journey)
    assert "Not everything fits here." in wallet
    assert "see the sheet" not in wallet
    assert "Asthma" not in sheet


def test_short_texts_are_not_cut(as_owner, journey):
    save(as_owner, journey, **FULL)
    assert "…" not in papers(as_owner, journey)[0]


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("one two three", 20, "one two three"),
        ("one two three", 9, "one two …"),
        ("one, two", 6, "one …"),
        ("x" * 30, 5, "xxxxx …"),
        ("WWWW WWWW", 10, "WWWW …"),
    ],
)
def test_a_text_is_cut_between_words(text, room, short):
    assert shortened(text, room).replace("\u00a0", " ") == short
