"""What was found by looking at the pictures of `make contact-sheet` is told for every page."""

import csv

from django.urls import resolve

from content import urls as of_the_guide
from tests.browser.pages import ACCOUNT, PUBLIC, fill
from tests.live.contact_sheet import EMPTY, LOOKED_AT
from tests.matrix import ROWS
from tests.workshop import keep_editors_busy, pictured

# Files, and what is no page of its own.
NO_PAGES = {
    *("calendar_feed_file", "appointment_file", "access_log_file", "summary_pdf", "home"),
    *("offline_list", "service_worker"),
}
# Only there for a while: seen in the stories of `tests/browser`.
SEEN_ELSEWHERE = {"account_going", "invitation"}


def test_every_page_was_looked_at(journey, editor):
    with LOOKED_AT.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    empty = {f"empty {name.strip('/') or 'today'}" for name in EMPTY}
    keep_editors_busy(editor)
    every = {*PUBLIC, *ACCOUNT, *fill(journey), *empty, *pictured()}
    assert {row["page"] for row in told} == every
    assert all(value for row in told for mark, value in row.items() if mark != "remark")


def test_the_walks_through_all_pages_leave_none_out(journey):
    owner_sees = {
        name for (name, method), row in ROWS.items() if (method, row["owner"]) == ("GET", "ok")
    }
    every = owner_sees | {pattern.name for pattern in of_the_guide.urlpatterns}
    paths = [*PUBLIC.values(), *ACCOUNT.values(), *fill(journey).values()]
    walked = {resolve(path.partition("?")[0]).url_name for path in paths}
    assert every - walked == NO_PAGES | SEEN_ELSEWHERE
