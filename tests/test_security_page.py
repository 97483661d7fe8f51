"""What the security page promises is held by tests that are there."""

import re

import pytest

from tests.sources import ROOT, functions_in

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)


def test_there_are_hazards_enough_and_none_is_named_twice():
    assert len(NAMED) >= 20
    assert len(set(NAMED)) == len(NAMED)


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_that_it_names_is_there(path, name):
    assert name in {function.name for function in functions_in(ROOT / path)}


def test_every_hazard_has_a_control_and_a_test():
    table = PAGE.partition("## Hazards")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) == len(NAMED)
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in rows)
