"""The sheet that a clinician signs: it holds every rule, and it tells what changed."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from content.call_rules import Level, Rules
from content.call_sheet import Change, Line, changes, grouped, number, sheet
from content.catalogue import rules
from content.models import Centre

pytestmark = pytest.mark.django_db

# Of the symptoms those that together have every kind of row; of the rest all.
SOME = ("fever", "headache", "shivers", "vomiting", "weight-change", "infection-signs")


def small(table: Rules) -> Rules:
    kept = {slug: row for slug, row in table.symptoms.items() if slug in SOME}
    return replace(table, symptoms=kept, combinations=table.combinations[:4])


def other(value: Any) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Level):
        return Level.NONE if value is not Level.NONE else Level.NOW
    if isinstance(value, int | Decimal):
        return value + 1
    return f"{value}x"


def altered(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (place, the whole with one leaf changed) for every leaf of a table."""
    if is_dataclass(value):
        # What a topic explains is no rule, and a list of slugs is no text to sign.
        for field in (one for one in fields(value) if one.repr and one.name != "slug"):
            for place, new in altered(getattr(value, field.name), f"{where}.{field.name}"):
                yield place, replace(value, **{field.name: new})
    elif isinstance(value, dict | MappingProxyType):
        for key, one in value.items():
            for place, new in altered(one, f"{where}[{key}]"):
                yield place, {**value, key: new}
    elif isinstance(value, tuple | list):
        for index, one in enumerate(value):
            for place, new in altered(one, f"{where}[{index}]"):
                yield place, type(value)([*value[:index], new, *value[index + 1 :]])
    elif value is not None:
        yield where, other(value)


# Not a rule of its own: it is the digest of all the others.
NO_RULES = (".version",)


@pytest.mark.verify
def test_every_leaf_of_the_rules_stands_on_the_sheet() -> None:
    table, centre = small(rules()), Centre()
    before = number(sheet(table, centre))
    unseen = []
    leaves = 0
    for place, changed in altered(table):
        leaves += 1
        if place not in NO_RULES and number(sheet(changed, centre)) == before:
            unseen.append(place)
    assert leaves > 500
    assert unseen == []


def test_the_numbers_and_the_limit_of_the_centre_stand_on_it() -> None:
    table = rules()
    before = number(sheet(table, Centre()))
    own = {
        "name": "Ward 4",
        "cancer_line": "+00 1",
        "emergency_number": "112",
        "crisis_line": "+00 2",
        "fever_limit": Decimal("38.1"),
    }
    for name, value in own.items():
        lines = sheet(table, Centre(**{name: value}))
        assert number(lines) != before, name
        assert any(str(value) in line.text for line in lines), name


def test_every_symptom_has_its_part_and_every_anchor_its_level() -> None:
    table = rules()
    parts = dict(grouped(sheet(table, Centre())))
    for symptom in table.symptoms.values():
        said = {(line.text, line.level) for line in parts[symptom.name]}
        for anchor in symptom.anchors.values():
            assert (anchor.text, table.levels[anchor.level].name) in said
        assert {sign.text for sign in symptom.signs.values()} <= {text for text, _level in said}


def test_a_number_is_the_same_until_something_changes() -> None:
    lines = sheet(rules(), Centre())
    assert number(lines) == number(sheet(rules(), Centre()))
    assert len(number(lines)) == 9


def line(key: str, text: str, level: str = "") -> Line:
    return Line("Group", key, "Label", text, level)


def test_changes_tell_old_and_new_line_by_line() -> None:
    old = [line("a", "One", "Call now"), line("b", "Two"), line("c", "Three")]
    new = [line("a", "One", "Call today"), line("b", "Two"), line("d", "Four")]
    assert changes([list(one) for one in old], new) == [
        Change(old[0], new[0]),
        Change(None, new[2]),
        Change(old[2], None),
    ]


def test_lines_of_one_key_are_compared_as_a_set() -> None:
    old = [line("red", text) for text in ("Fever", "Chills", "Fit")]
    assert changes(old, [old[2], old[0], old[1]]) == []
    new = [old[0], line("red", "Shaking chills"), old[2]]
    assert changes(old, new) == [Change(old[1], new[1])]
    assert changes(old, [*old, line("red", "More")]) == [Change(None, line("red", "More"))]


def test_nothing_differs_from_itself() -> None:
    lines = sheet(rules(), Centre())
    assert changes([list(one) for one in lines], lines) == []


def test_phases_stand_on_the_sheet_by_their_names() -> None:
    text = " ".join(line.text for line in sheet(rules(), Centre()))
    assert "present in: Before treatment" in text
    assert "reinduction" not in text
