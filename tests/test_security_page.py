"""What the security page and the table of the ASVS promise is held by tests that are there."""

import re
from collections import Counter

import pytest

from tests.sources import ROOT, functions_in

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
TABLE = (ROOT / "ASVS.md").read_text(encoding="utf-8")
A_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
NAMED = A_TEST.findall(PAGE)
ITEM = re.compile(
    r"^\| ([\d.]+) \| (L[12]) \| (met|operator|open) \| (.+) \| (.+) \|$", re.MULTILINE
)
ITEMS = ITEM.findall(TABLE)


def test_there_are_hazards_enough_and_none_is_named_twice():
    assert len(NAMED) >= 20
    assert len(set(NAMED)) == len(NAMED)


@pytest.mark.parametrize(("path", "name"), sorted({*NAMED, *A_TEST.findall(TABLE)}))
def test_every_test_that_it_names_is_there(path, name):
    assert name in {function.name for function in functions_in(ROOT / path)}


def test_every_hazard_has_a_control_and_a_test():
    table = PAGE.partition("## Hazards")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) == len(NAMED)
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in rows)


def test_every_item_of_the_asvs_stands_in_the_table_once():
    assert len(ITEMS) == len({item for item, *_rest in ITEMS}) == 59 + 119
    assert Counter(level for _item, level, *_rest in ITEMS) == {"L1": 59, "L2": 119}


def test_all_items_of_the_first_level_and_nearly_all_of_the_second_are_met():
    met = Counter(level for _item, level, state, *_rest in ITEMS if state == "met")
    assert met["L1"] == 59
    assert met["L2"] >= 105


def test_what_is_met_has_evidence_and_what_is_not_has_a_reason():
    for item, _level, state, how, evidence in ITEMS:
        assert len(how) > 10, item
        files = [name.partition("::")[0] for name in re.findall(r"`([^`]+)`", evidence)]
        assert bool(files) is (state != "open"), item
        assert all((ROOT / name).exists() for name in files), item
