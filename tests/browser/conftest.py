"""A real Chromium before a live server, and a watch over everything that its pages do."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from journeys.models import User
from tests.visitors import prove

# The browser driver keeps an event loop alive, beside which Django refuses its database otherwise;
# it stays so until the end of the run, hence the variable is set for the whole of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# A violation of the content policy is an event; on the console it meets the other errors.
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
INVALID_FORM = 422
# Two browsers and two servers share a small machine: what is slow there is not wrong.
expect.set_options(timeout=15_000)


@pytest.fixture(autouse=True)
def steady_clock() -> None:
    """Leave the clock as it is, as the browsers have it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    if shutil.which("chromium") is None:
        if os.environ.get("CAREGUIDE_STRICT"):
            pytest.fail("Chromium is missing: apt-get install chromium libatomic1")
        pytest.skip("Chromium is missing")
    with sync_playwright() as started:
        yield started


def launch(playwright: Playwright, **options: Any) -> Browser:
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=FLAGS, **options
    )


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """A server on the tests' own connection.

    So it sees what a test has not committed, the test is rolled back like any other, and the
    shipped guide need not be loaded again. pytest-django's `live_server` would empty the database.
    """
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def base(server: LiveServer, db: None, settings: Any, playwright: Playwright) -> str:
    """The address of the site, served without TLS."""
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.SITE_URL = server.url
    settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        setattr(settings, f"{cookie}_COOKIE_SECURE", False)
        setattr(settings, f"{cookie}_COOKIE_NAME", cookie.lower())
    cache.clear()  # the counters of the rate limits
    return server.url


class Watch:
    """Everything that the pages of a test did and should not have done."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.findings: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.findings.append(f"script: {error.error}"))
        context.on("request", self._sent)
        context.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # Bad answers are told apart below.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.findings.append(f"console: {message.text}")

    def _sent(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data" and f"{address.scheme}://{address.netloc}" != self.base:
            self.findings.append(f"request to another site: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status != INVALID_FORM:
            self.findings.append(f"{response.status}: {response.url}")


@pytest.fixture
def watch(base: str) -> Iterator[Watch]:
    watch = Watch(base)
    yield watch
    assert watch.findings == []


@pytest.fixture
def open_page(browser: Browser, base: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open a page as a new visitor, on a phone unless told otherwise."""
    contexts = []

    def open_page(*, of: Browser = browser, viewport: dict[str, int] = PHONE, **look: Any) -> Page:
        # What a device keeps for later would be fetched beside every test.
        look = {"service_workers": "block", "reduced_motion": "reduce", "locale": "en-US"} | look
        context = of.new_context(base_url=base, viewport=viewport, **look)
        context.set_default_timeout(20_000)
        contexts.append(context)
        watch.over(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    # A request that is still being answered would meet the next test on the one connection.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def sign_in(base: str) -> Callable[[Page, User], None]:
    """Sign a visitor in without the form."""

    def sign_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        prove(client)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": base, "httpOnly": True}]
        )

    return sign_in
