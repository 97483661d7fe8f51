"""A day on which reminders are due, and a visit that is one's reason."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.core.mail.backends.locmem import EmailBackend

from journeys.actions.reminders import send_due
from journeys.reminders import plan
from tests.factories import make_appointment

# A Wednesday; Olive lives where it is then two hours later.
NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)


def run(at=NOON):
    plan(at)
    return send_due(at)


def visit(journey, *, hours, made=-72, **fields):
    """An appointment in so many hours, written down `made` hours from now."""
    starts = NOON + timedelta(hours=hours)
    with time_machine.travel(NOON + timedelta(hours=made), tick=False):
        return make_appointment(
            journey=journey, day=starts.date(), time=starts.time(), zone="UTC", **fields
        )


class Failing(EmailBackend):
    """A mail server that fails as each test says, mail by mail: None takes it."""

    outcomes: list = []
    down = False

    def open(self):
        if self.down:
            raise ConnectionRefusedError
        return True

    def send_messages(self, messages):
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if isinstance(outcome, Exception):
            raise outcome
        return super().send_messages(messages)
