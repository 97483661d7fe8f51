"""Set SQLite's journal mode once, at installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = (
        "Switch an SQLite database to write-ahead logging where the library is safe for it, "
        "else to a rollback journal. Does nothing on PostgreSQL."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            # A constant from the settings; a PRAGMA takes no parameters.
            cursor.execute(f"PRAGMA journal_mode={settings.SQLITE_JOURNAL_MODE}")
