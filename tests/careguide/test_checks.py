"""Those who run the site are warned of what the settings alone cannot refuse."""

import shutil
from collections import namedtuple

import pytest
from django.core.checks import run_checks

PLAIN = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_USE_SSL": False}


def warned(settings, **changes):
    for name, value in changes.items():
        setattr(settings, name, value)
    return {message.id for message in run_checks(include_deployment_checks=True)}


@pytest.mark.parametrize(
    ("host", "tls", "warns"),
    [
        *(("mail.example.org", False, True), ("mail.example.org", True, False)),
        *(("localhost", False, False), ("127.0.0.1", False, False)),
    ],
)
def test_of_mail_that_goes_elsewhere_in_the_clear(db, settings, host, tls, warns):
    found = warned(settings, **PLAIN, EMAIL_HOST=host, EMAIL_USE_TLS=tls)
    assert ("careguide.W002" in found) is warns


@pytest.mark.parametrize(
    ("host", "mode", "warns"),
    [
        *(("db.example.org", "", True), ("db.example.org", "require", True)),
        *(("db.example.org", "verify-full", False), ("", "", False), ("/run/pg", "", False)),
    ],
)
def test_of_a_database_elsewhere_whose_certificate_nobody_checks(
    db, settings, monkeypatch, host, mode, warns
):
    database = {**settings.DATABASES["default"], "HOST": host, "OPTIONS": {"sslmode": mode}}
    monkeypatch.setitem(settings.DATABASES, "default", database)
    assert ("careguide.W003" in warned(settings, DATABASE_IS_SQLITE=False)) is warns


@pytest.mark.parametrize(("mode", "warns"), [(0o600, False), (0o640, True), (0o604, True)])
def test_of_files_that_others_may_read(db, settings, tmp_path, mode, warns):
    secrets = tmp_path / ".env"
    secrets.touch()
    secrets.chmod(mode)
    assert ("careguide.W004" in warned(settings, BASE_DIR=tmp_path)) is warns


@pytest.mark.parametrize(("free", "warns"), [(10**8, True), (10**10, False)])
def test_of_a_disk_that_is_nearly_full(db, settings, monkeypatch, free, warns):
    usage = namedtuple("Usage", "total used free")(10**11, 0, free)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    assert ("careguide.W005" in warned(settings)) is warns
