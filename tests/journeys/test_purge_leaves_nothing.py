"""After a purge no byte of what the person wrote stands in the database file or in its log."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import ROOT
from tests.test_completeness import JOURNEY_MODELS

CANARY = "canary-of-olive"
# Runs in a process of its own, on a file: the tests' own database is in memory.
FILL = """
import django; django.setup()
from django.core.cache import cache
from django.core.management import call_command
from django.db import models
from tests.factories import MAKERS, make_journey, make_user
from tests.visitors import client_of
from careguide.idle import Held, hold
from django.http import QueryDict
call_command("createcachetable", verbosity=0)
call_command("migrate", verbosity=0)
call_command("set_journal_mode", verbosity=0)
call_command("load_content", verbosity=0)
user = make_user(email="{canary}@example.org", name="{canary}")
journey = make_journey(owner=user, name="{canary}")
TEXT = (models.CharField, models.TextField)
for model, make in MAKERS.items():
    row = make(journey=journey)
    if model.__name__ == "AccessEvent":
        continue
    words = {{
        field.name: ("{canary}-%s-%s" % (model.__name__, number))[: field.max_length]
        for number, field in enumerate(model._meta.concrete_fields)
        if isinstance(field, TEXT) and not field.choices
    }}
    model.objects.filter(pk=row.pk).update(**words)
client = client_of(user)
client.post("/journeys/%s/questions/search/" % journey.pk, {{"words": "{canary}"}})
hold(user.pk, Held("/journeys/%s/notes/add/" % journey.pk, QueryDict("text={canary}")))
"""
GO = """
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from journeys.models import User
now = timezone.now()
User.objects.filter(email__startswith="{canary}").update(delete_after=now - timedelta(days=1))
call_command("run_due", verbosity=0)
assert not User.objects.filter(email__startswith="{canary}").exists()
"""


def run(code: str, folder: Path) -> str:
    """Run a piece of code on the database in this folder; return what it printed or logged."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    cache = "django.core.cache.backends.db.DatabaseCache"
    settings = folder / "purge_settings.py"
    settings.write_text(
        "from tests.settings import *\n"
        f"CACHES = {{'default': {{'BACKEND': '{cache}', 'LOCATION': 'careguide_cache'}}}}\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", code.format(canary=CANARY)],
        cwd=ROOT,
        env=keep
        | {
            "DATABASE_URL": f"sqlite:///{folder / 'purge.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "purge_settings",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def files_with_it(folder: Path) -> list[str]:
    files = folder.glob("purge.sqlite3*")
    return [path.name for path in files if CANARY.encode() in path.read_bytes()]


@pytest.mark.verify
def test_no_byte_is_left_in_any_file(tmp_path):
    run(FILL, tmp_path)
    assert files_with_it(tmp_path), "the search finds what is there"
    said = run(GO, tmp_path)
    assert files_with_it(tmp_path) == []
    assert CANARY not in said
    assert len(JOURNEY_MODELS) > 20
