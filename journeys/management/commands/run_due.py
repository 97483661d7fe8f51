"""Do what is due: send reminders. For cron or a timer every few minutes; a loop for the trial."""

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from journeys.actions.reminders import send_due
from journeys.reminders import plan

PAUSE = 60


class Command(BaseCommand):
    help = "Send the reminders that are due. Safe to run as often as you like, also twice at once."

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
