"""Pictures of every page at three widths, light and dark (`make contact-sheet`), to be looked at.

They go into data/contact-sheet/, with a page that shows them side by side and, beside them, what
was found by looking (`tests/live/looked_at.csv`).
"""

import csv
import html
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from tests.live.conftest import ROOT, Site, running

FOLDER = ROOT / "data" / "contact-sheet"
LOOKED_AT = Path(__file__).with_name("looked_at.csv")
WIDTHS = (390, 768, 1280)
MODES = ("light", "dark")
VISITORS = ("everybody", "patient", "newcomer", "editor")
# Higher pages are cut: what is wrong shows above, or on the page itself.
HIGHEST = 2400
# Where somebody who has written nothing yet must find a first step.
EMPTY = (
    *("", "check-ins/", "appointments/", "questions/", "medicines/", "labs/", "notes/"),
    *("timeline/", "trends/", "sharing/", "log/", "care-team/", "summary/"),
)
PAGES = """
from django.core.management import call_command
from tests.browser.pages import ACCOUNT, PUBLIC, fill
from tests.content.admin_tools import make_editor
from tests.workshop import keep_editors_busy, pictured
call_command("set_centre", cancer_line="+43 1 000 0001", emergency_number="144", verbosity=0)
owner, newcomer = make_user(name="Olive Sample"), make_user(name="New Sample")
editor = make_editor(name="Edi Sample")
for user in (owner, newcomer, editor):
    confirm_address(user)
journey, empty = make_journey(owner=owner, name="Olive"), make_journey(owner=newcomer, name="New")
make_share(journey=journey, user=make_user(name="Vera Sample"), role="viewer")
keep_editors_busy(editor)
home = f"/journeys/{empty.pk}/"
print(json.dumps({
    "everybody": PUBLIC,
    "patient": fill(journey) | ACCOUNT,
    "newcomer": {
        f"empty {name.strip('/') or 'today'}": f"{home}{name}"
        for name in EMPTY
    },
    "editor": pictured(),
    "sessions": {
        "patient": session_of(owner),
        "newcomer": session_of(newcomer),
        "editor": session_of(editor),
    },
}))
"""


def pictures(context: BrowserContext, pages: dict[str, str], folder: Path) -> None:
    page = context.new_page()
    for name, path in pages.items():
        page.goto(path)
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size(
            {"width": page.viewport_size["width"], "height": min(max(height, 700), HIGHEST)}
        )
        page.screenshot(path=folder / f"{file_of(name)}.png")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": 844})
    page.close()


def file_of(name: str) -> str:
    return name.replace(" ", "-").replace("/", "-")


def walk(site: Site) -> list[str]:
    said = site.tell(f"EMPTY = {EMPTY!r}\n{PAGES}")
    base = f"http://localhost:{site.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for width in WIDTHS:
            for mode in MODES:
                folder = FOLDER / f"{width}-{mode}"
                folder.mkdir(parents=True, exist_ok=True)
                for who in VISITORS:
                    context = browser.new_context(
                        base_url=base,
                        viewport={"width": width, "height": 844},
                        color_scheme=mode,
                        locale="en-US",
                        service_workers="block",
                    )
                    if session := said["sessions"].get(who):
                        cookie = {"name": "session", "value": session, "url": base}
                        context.add_cookies([cookie])
                    pictures(context, said[who], folder)
                    context.close()
        browser.close()
    return [name for who in VISITORS for name in said[who]]


def sheet(names: list[str]) -> str:
    with LOOKED_AT.open(encoding="utf-8", newline="") as file:
        looked_at = {row["page"]: row for row in csv.DictReader(file)}
    rows = []
    for name in names:
        found = looked_at.get(name, {})
        marks = "".join(
            f"<dt>{html.escape(mark)}</dt><dd>{html.escape(value)}</dd>"
            for mark, value in found.items()
            if mark != "page"
        )
        shown = "".join(
            f'<a href="{look}/{file_of(name)}.png"><img loading="lazy" alt="{look}"'
            f' src="{look}/{file_of(name)}.png" height="400"></a>'
            for look in (f"{width}-{mode}" for width in WIDTHS for mode in MODES)
        )
        marks = f"<dl>{marks}</dl>" if marks else "<p>not looked at yet</p>"
        rows.append(f"<section><h2>{html.escape(name)}</h2>{marks}{shown}</section>")
    return f"<!doctype html><meta charset=utf-8><title>Every page</title>{''.join(rows)}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), HTTPS="0") as site:
        names = walk(site)
    (FOLDER / "index.html").write_text(sheet(names), encoding="utf-8")
    print(f"{len(names)} pages, {len(WIDTHS) * len(MODES)} pictures each: {FOLDER}/index.html")


if __name__ == "__main__":
    main()
