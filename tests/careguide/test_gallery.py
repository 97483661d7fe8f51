"""The page of all components: there in debug alone, and of all of them."""

import re

from tests.sources import ROOT

# Parts of every page, and what only makes sense on a page of its own.
ELSEWHERE = {
    *("assets", "site_nav", "site_footer", "meaning", "idle", "waiting", "in_place"),
    *("in_place_row", "review_state", "changed_badge", "icon"),
}


def test_outside_debug_it_is_not_there(client, db):
    assert client.get("/gallery/").status_code == 404


def test_in_debug_it_shows_every_component(client, db, settings):
    settings.DEBUG = True
    assert client.get("/gallery/").status_code == 200
    source = (ROOT / "templates" / "gallery.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'include "components/(\w+)\.html"', source))
    components = {path.stem for path in (ROOT / "templates" / "components").glob("*.html")}
    assert components - shown - ELSEWHERE == set()
