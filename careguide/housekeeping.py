"""What is of no use any more goes: ended sign-ins, old counters, what a file still remembers."""

from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone


def clear_what_is_over() -> None:
    """Delete sign-ins and cached values whose time is past."""
    call_command("clearsessions")
    store = caches["default"]
    if isinstance(store, BaseDatabaseCache):
        table = connection.ops.quote_name(store._table)
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            # The cache itself only ever deletes what it is asked for.
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608


def forget_deleted_rows() -> None:
    """Let the database file hold nothing of deleted rows.

    SQLite overwrites them (secure_delete), but its log keeps them until it is cut. PostgreSQL needs
    a VACUUM, which autovacuum does in its own time.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
