"""A thousand reminders, two senders at once, and a mail server that fails half-way."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

pytestmark = pytest.mark.verify

ROOT = Path(__file__).parents[2]
MAILS, AT_REST = 1000, 20
# Of the mails as they come in: these are refused, and of these nobody says what became of them.
REFUSED, UNKNOWN = range(400, 600), range(600, 620)
WRITE_DOWN = f"""
from datetime import time, timedelta
from django.utils import timezone
from journeys.models import Reminder, ReminderChoice
from tests.factories import make_journey, make_user
now = timezone.now()
for status, number in (("active", {MAILS}), ("paused", {AT_REST}), ("closed", {AT_REST})):
    journey = make_journey(owner=make_user(name=status), status=status)
    # No quiet hours: the senders keep the clock of the machine.
    ReminderChoice.objects.create(
        journey=journey, user=journey.owner, quiet_from=time(0), quiet_until=time(0)
    )
    Reminder.objects.bulk_create(
        Reminder(journey=journey, user=journey.owner, kind="check-in", key=str(place),
                 due_at=now, try_after=now)
        for place in range(number)
    )
"""


class Server:
    """Takes mails, refuses some once, and hangs up on some after it has taken them."""

    def __init__(self) -> None:
        self.came = 0
        self.arrived: Counter[str] = Counter()
        self.refused: set[str] = set()
        self.in_doubt: set[str] = set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        place, self.came = self.came, self.came + 1
        lines = envelope.content.decode().splitlines()
        (key,) = (line.split()[1] for line in lines if line.lower().startswith("message-id:"))
        if place in REFUSED:
            self.refused.add(key)
            return "451 4.3.0 Please try again later"
        self.arrived[key] += 1
        if place in UNKNOWN:
            self.in_doubt.add(key)
            server.transport.close()
        return "250 Taken"


@pytest.fixture
def server():
    handler = Server()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port, ready_timeout=60)
    controller.start()
    yield handler
    controller.stop()


class Senders:
    """Two processes at once on one database, round after round."""

    def __init__(self, database: Path, port: int) -> None:
        self.database = database
        self.surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{database}",
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }

    def start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str, times: int = 1) -> None:
        for process in [self.start(*command) for _time in range(times)]:
            _out, said = process.communicate(timeout=300)
            assert process.returncode == 0, said[-2000:]

    def ask(self, query: str) -> int:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            return connection.execute(query).fetchone()[0]

    def let_time_pass(self) -> None:
        """What was put off is due again."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("UPDATE journeys_reminder SET try_after = due_at")


def test_each_mail_arrives_and_none_is_lost(tmp_path, server):
    senders = Senders(tmp_path / "senders.sqlite3", server.port)
    senders.run("migrate", "-v", "0")
    senders.run("shell", "-c", WRITE_DOWN)
    for _round in range(4):
        senders.run("run_due", times=2)
        senders.let_time_pass()
    assert len(server.arrived) == MAILS
    assert server.refused and server.in_doubt
    assert {server.arrived[key] for key in server.refused - server.in_doubt} == {1}
    twice = {key for key, times in server.arrived.items() if times > 1}
    assert twice <= server.in_doubt
    assert max(server.arrived.values()) <= 2
    rows = "SELECT count(*) FROM journeys_reminder WHERE"
    assert senders.ask(f"{rows} sent_at IS NOT NULL") == MAILS
    assert senders.ask(f"{rows} dropped_at IS NOT NULL") == 2 * AT_REST
