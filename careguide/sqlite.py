"""Let Django use a SQLite library that carries the fix of the WAL-reset bug.

Up to 3.51.2, SQLite can damage a database in write-ahead mode when two connections write and
checkpoint at the same instant. Debian's library is older than the fix; the pysqlite3 wheel brings
a newer one and stands in for the standard module from here on. Where there is no wheel the
standard module stays, and the settings keep to the rollback journal.
"""

import sqlite3
import sys

try:
    import pysqlite3
except ImportError:
    pass
else:
    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def has_wal_reset_fix() -> bool:
    """Say whether the SQLite library that Django gets is safe in write-ahead mode."""
    return sys.modules["sqlite3"].sqlite_version_info >= (3, 51, 3)
