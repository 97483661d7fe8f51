"""What was found by looking at the pictures of `make contact-sheet` is told for every page."""

import csv

from tests.browser.pages import ACCOUNT, PUBLIC, fill
from tests.live.contact_sheet import EMPTY, LOOKED_AT


def test_every_page_was_looked_at(journey):
    with LOOKED_AT.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    empty = {f"empty {name.strip('/') or 'today'}" for name in EMPTY}
    assert {row["page"] for row in told} == {*PUBLIC, *ACCOUNT, *fill(journey), *empty}
    assert all(value for row in told for mark, value in row.items() if mark != "remark")
