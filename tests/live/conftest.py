"""The site as it runs in production: three workers of gunicorn, on the database of this run."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

ROOT = Path(__file__).parents[2]
WORKERS = 3
TOKEN = "a" * 32
PRODUCTION = "https://testserver"
# Runs in a process of its own on the site's database; what it prints last is read as JSON.
PREAMBLE = """
import itertools, json
from django.conf import settings
from django.utils import timezone
from tests import factories
from journeys.models import *
from tests.factories import *
from tests.visitors import client_of, confirm_address
from tests.world import url
# Nobody has the address of somebody who was made before.
factories._numbers = itertools.count(User.objects.count() + 1)
def session_of(user):
    return client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
"""


@pytest.fixture(autouse=True)
def steady_clock() -> None:
    """Leave the clock as it is, as the other processes have it."""


@dataclass(frozen=True)
class Answer:
    """What came back, and when it was asked for and was there (seconds of one clock)."""

    status: int
    body: str
    headers: dict[str, str]
    asked: float
    came: float


@dataclass
class Browser:
    port: int
    session: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        sent = {"Host": "testserver", "Cookie": f"__Host-csrf={TOKEN}", **self.headers}
        if self.session:
            sent["Cookie"] += f"; __Host-session={self.session}"
        if body:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            asked = time.monotonic()
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        return Answer(answer.status, text, dict(answer.headers), asked, time.monotonic())

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **said: Any) -> Answer:
        return self.ask("POST", path, urlencode({"csrfmiddlewaretoken": TOKEN, **said}, True))


def at_once(*calls: Callable[[], Answer]) -> list[Answer]:
    """Call all of them, twenty at a time."""
    with ThreadPoolExecutor(20) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


@dataclass
class Site:
    folder: Path
    database: str
    port: int = 0
    master: int = 0
    more: dict[str, str] = field(default_factory=dict)

    @property
    def surroundings(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.live.settings",
            "DATABASE_URL": self.database,
            "COUNTED": str(self.counted),
            **self.more,
        }

    @property
    def counted(self) -> Path:
        return self.folder / "counted"

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.surroundings,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def tell(self, code: str) -> Any:
        """Run Python on the site's database; return what its last printed line says."""
        return json.loads(self.manage("shell", "-v", "0", "-c", PREAMBLE + code).splitlines()[-1])

    def browser(self, session: str = "", **headers: str) -> Browser:
        return Browser(self.port, session, headers)

    def workers(self) -> list[int]:
        """Return the numbers of the worker processes."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return [int(number) for number in children.split()]

    def checked_passwords(self) -> int:
        """Return how many passwords were checked since this was last asked."""
        count = self.counted.stat().st_size if self.counted.exists() else 0
        self.counted.unlink(missing_ok=True)
        return count


def made_database(folder: Path) -> str:
    """Return the address of an empty database, on the server that the run is for."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return f"sqlite:///{folder / 'live.sqlite3'}"
    import psycopg  # noqa: PLC0415

    name = f"live_{os.getpid()}"
    server = settings.DATABASES["default"]
    where = {"host": server["HOST"], "user": server["USER"], "password": server["PASSWORD"]}
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{address.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("live")) as made:
        yield made


@contextmanager
def running(folder: Path, **more: str) -> Iterator[Site]:
    """The site on an empty database, with more in its environment, until the block ends."""
    made = Site(folder, made_database(folder), more=more)
    for command in (["createcachetable"], ["migrate"], ["set_journal_mode"], ["load_content"]):
        made.manage(*command, *(["-v", "0"] if command != ["set_journal_mode"] else []))
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        made.port = free.getsockname()[1]
    workers = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "careguide.wsgi", "--workers", str(WORKERS)),
            *("--bind", f"127.0.0.1:{made.port}", "--worker-class", "sync"),
            *("--no-control-socket", "--log-level", "critical", "--timeout", "120"),
        ],
        cwd=ROOT,
        env=made.surroundings,
        stderr=subprocess.DEVNULL,
    )
    made.master = workers.pid
    try:
        wait_for(made.browser())
        yield made
    finally:
        workers.terminate()
        workers.wait(30)


def wait_for(browser: Browser) -> None:
    for _try in range(100):
        try:
            if browser.get("/healthz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("the workers do not answer")
