"""Take pictures of the main pages, on a phone and on a desk, light and dark.

Usage: .venv/bin/python .ci/screenshots.py FOLDER --base http://localhost:8000 \
    --email robin@demo.invalid --password ... [--only today]
Needs a running trial (`make run`) and Chromium. Without --email only public pages are taken.
"""

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {390: 844, 1280: 900}
PUBLIC = {
    "landing": "/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "when-to-call": "/call/",
    "guide": "/guide/",
    "section": "/guide/treatment-options/",
    "topic": "/guide/overview/what-is-all/",
    "search": "/search/?q=leukaemia",
    "glossary": "/glossary/",
    "symptom": "/symptoms/fever/",
    "labs-of-the-guide": "/labs/",
    "medicines-of-the-guide": "/medicines/",
    "changes": "/changes/",
}
# Below the address of the journey.
OWN = {
    "today": "",
    "welcome": "welcome/",
    "stage": "stage/",
    "stage-add": "stage/add/",
    "check-in": "check-ins/add/",
    "check-ins": "check-ins/",
    "trends": "trends/",
    "treatment-log": "treatment/",
    "treatment-add": "treatment/add/",
    "trend": "trends/1/",
    "labs": "labs/",
    "lab-add": "labs/add/",
    "lab-trend": "labs/of/4/",
    "notes": "notes/",
    "appointments": "appointments/",
    "appointment-add": "appointments/add/",
    "questions": "questions/",
    "settings": "settings/",
    "numbers": "settings/numbers/",
    "recent": "recent/",
    "my-numbers": "call/",
}


def sign_in(page: Page, args: argparse.Namespace) -> str:
    """Sign in and return the address of the journey."""
    page.goto(f"{args.base}/accounts/login/")
    page.get_by_label("Email").fill(args.email)
    page.get_by_label("Password").fill(args.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/journeys/*/")
    return page.url


def pictures(page: Page, addresses: dict[str, str]) -> Iterator[str]:
    """Open every page in every look and yield the name of its picture."""
    for name, address in addresses.items():
        page.goto(address)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for look in ("light", "dark"):
                page.emulate_media(color_scheme=look, reduced_motion="reduce")
                yield f"{name}-{width}-{look}.png"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", default="http://localhost:8000")
    parser.add_argument("--email", default="")
    parser.add_argument("--password", default="")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--full", action="store_true", help="the whole page, not only its top")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        for paths in (PUBLIC, OWN) if args.email else (PUBLIC,):
            start = sign_in(page, args) if paths is OWN else args.base
            chosen = {name: start + path for name, path in paths.items() if args.only in name}
            for name in pictures(page, chosen):
                page.screenshot(path=args.folder / name, full_page=args.full)
        browser.close()


if __name__ == "__main__":
    main()
