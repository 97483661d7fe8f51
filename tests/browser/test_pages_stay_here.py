"""Pages load little, from here alone; and what the watch over every test can see."""

import gzip
from urllib.parse import urlsplit

import brotli
import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Response

from tests.browser import pages

MOST_REQUESTS = 5
MOST_BYTES = 40_000


def sizes_on_the_wire(page: Page, address: str) -> dict[str, int]:
    """Open a page with an empty cache and return the compressed size of all that was fetched."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    sizes = {}
    for answer in answers:
        path = urlsplit(answer.url).path
        if path.startswith("/static/"):  # WhiteNoise keeps these compressed by Brotli
            with open(finders.find(path.removeprefix("/static/")), "rb") as file:
                sizes[path] = len(brotli.compress(file.read()))
        elif not answer.url.startswith("data:"):
            assert answer.headers["content-encoding"] == "gzip"
            sizes[path] = len(gzip.compress(answer.body()))
    return sizes


@pytest.mark.parametrize("name", ["landing", "topic", "today"])
def test_a_first_visit_fetches_little(page, owner, journey, sign_in, name):
    addresses = pages.PUBLIC | pages.fill(journey)
    if name == "today":
        sign_in(page, owner)
    sizes = sizes_on_the_wire(page, addresses[name])
    assert len(sizes) <= MOST_REQUESTS, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.parametrize(
    ("markup", "finding"),
    [
        ("<p style='color: red'>red</p>", "console: policy: style-src"),
        ("<script>document.title = 'run'</script>", "console: policy: script-src"),
        ("<img src='https://elsewhere.example/pixel.png'>", "console: policy: img-src"),
        ("<script src='/static/js/careguide.js?broken'></script>", "script: "),
    ],
)
def test_the_watch_sees_what_must_not_be(page, watch, markup, finding):
    def spoil(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{markup}</main>"))

    page.route("**/glossary/", spoil)
    page.route("**/careguide.js?broken", lambda route: route.fulfill(body="throw Error('x')"))
    page.goto("/glossary/", wait_until="networkidle")
    seen, watch.findings[:] = list(watch.findings), []
    assert any(line.startswith(finding) for line in seen), seen


def test_the_watch_sees_requests_to_other_sites(page, watch):
    page.goto("/glossary/")
    page.route("https://elsewhere.example/**", lambda route: route.fulfill(body=""))
    page.goto("https://elsewhere.example/")
    seen, watch.findings[:] = list(watch.findings), []
    assert seen == ["request to another site: https://elsewhere.example/"]
