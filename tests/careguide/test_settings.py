"""Outside debugging the site refuses to start with unsafe settings."""

import os
import subprocess
import sys

import pytest

from tests.sources import ROOT

SAFE = {
    "DEBUG": "0",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "care.example.org",
    "SITE_URL": "https://care.example.org",
    "FIELD_KEYS": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "DATABASE_URL": "sqlite://:memory:",
}


def settings_with(names: str = "DEBUG", **changes: str) -> subprocess.CompletedProcess:
    """Load the settings in a fresh process; its output is the values of `names`."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    code = f"from careguide import settings as s; print([getattr(s, n) for n in {names.split()!r}])"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=keep | SAFE | changes,
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_settings_start():
    names = "DEBUG HTTPS SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SECURE_SSL_REDIRECT"
    found = settings_with(names)
    assert found.stdout.strip() == str([False, True, "__Host-session", True, True]), found.stderr


@pytest.mark.parametrize(
    ("changes", "asked_for"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "care.example.org,*"}, "ALLOWED_HOSTS"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"SITE_URL": "http://care.example.org"}, "SITE_URL"),
        ({"FIELD_KEYS": ""}, "FIELD_KEYS"),
        ({"FIELD_KEYS": "dG9vIHNob3J0"}, "FIELD_KEYS"),
    ],
    ids=str,
)
def test_unsafe_settings_do_not_start(changes, asked_for):
    found = settings_with(**changes)
    assert found.returncode != 0
    last = found.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert asked_for in last


def test_a_trial_starts_with_nothing_set():
    nothing = dict.fromkeys(("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "FIELD_KEYS"), "")
    found = settings_with("DEBUG HTTPS SESSION_COOKIE_NAME", DEBUG="1", **nothing)
    assert found.stdout.strip() == str([True, False, "session"]), found.stderr


def test_https_is_switched_by_its_own_setting_never_by_debug():
    found = settings_with("HTTPS SESSION_COOKIE_SECURE", DEBUG="1", HTTPS="1")
    assert found.stdout.strip() == str([True, True]), found.stderr
