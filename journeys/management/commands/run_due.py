"""Do what is due: send reminders, delete what is to go. For cron or a timer every few minutes."""

import os
import time
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from careguide.housekeeping import clear_what_is_over, forget_deleted_rows
from journeys.actions.accounts import purge_accounts, purge_records
from journeys.actions.reminders import send_due
from journeys.actions.shares import forget_addresses
from journeys.models import Appointment
from journeys.reminders import plan

PAUSE = 60
# Once a day is enough for what is deleted; a run remembers here that it was done.
PURGED, PURGE_EVERY = "purged", 24 * 60 * 60


def purge(now: datetime) -> None:
    """Once a day, delete accounts and records whose time has come, and set the clocks anew."""
    if not cache.add(PURGED, now.isoformat(), PURGE_EVERY):
        return
    try:
        purge_accounts(now)
        purge_records(now)
        Appointment.objects.follow_the_clocks(now)
        forget_addresses(now)
        clear_what_is_over()
        forget_deleted_rows()
    except DatabaseError:
        cache.delete(PURGED)  # the next run does it
        raise


class Command(BaseCommand):
    help = "Send reminders and delete what is to go. Safe to run often, also twice at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="Go on every minute, as long as the caller lives."
        )

    def handle(self, *args: Any, loop: bool = False, **options: Any) -> None:
        caller = os.getppid()
        while True:
            try:
                plan(timezone.now())
                sent = send_due()
                purge(timezone.now())
            except DatabaseError:
                # The next round meets it in a better moment; alone, the caller must know.
                if not loop:
                    raise
                sent = 0
            if sent or not loop:
                self.stdout.write(f"{sent} sent")
            if not loop:
                return
            close_old_connections()
            time.sleep(PAUSE)
            if os.getppid() != caller:
                return
