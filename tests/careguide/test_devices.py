"""Devices are named as people name them, in the list and in the mail about a new one."""

import pytest

from careguide.devices import device_name
from tests.visitors import sign_in

MOZILLA = "Mozilla/5.0"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{MOZILLA} (Windows NT 10.0; Win64) {WEBKIT} Chrome/140 Safari/537", "Chrome on Windows"),
        (f"{MOZILLA} (Windows NT 10.0) {WEBKIT} Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        (
            f"{MOZILLA} (Linux; Android 15) {WEBKIT} Chrome/140 Mobile",
            "Chrome on Android",
        ),
        (f"{MOZILLA} (Android 15; Mobile; rv:140) Gecko/140 Firefox/140", "Firefox on Android"),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 19) Version/19 Safari/604",
            "Safari on iPhone",
        ),
        (f"{MOZILLA} (iPad; CPU OS 19 like Mac OS X) CriOS/140 Safari/604", "Chrome on iPad"),
        (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15) Version/19 Safari/605", "Safari on Mac"),
        (f"{MOZILLA} (X11; Linux x86_64; rv:140) Gecko/20100101 Firefox/140", "Firefox on Linux"),
        ("curl/8.5", "A browser that does not say what it is"),
        ("", "A browser that does not say what it is"),
        ("<script>alert(1)</script> Firefox/1", "Firefox"),
    ],
)
def test_browser_and_system_are_told(user_agent, name):
    assert device_name(user_agent) == name


def test_the_list_names_them_and_shows_nothing_else_they_claim(owner):
    client = sign_in(owner)
    client.get("/accounts/sessions/", headers={"User-Agent": "x"})
    page = client.get("/accounts/sessions/").content.decode()
    assert "A browser that does not say what it is" in page
