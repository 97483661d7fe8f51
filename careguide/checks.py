"""What the operator should know before this site serves people."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Tags, Warning, register

from careguide.sqlite import has_wal_reset_fix

HERE = ("", "localhost", "127.0.0.1", "::1")
# Below this a night of entries and one more backup may not fit.
LEAST_SPACE = 500_000_000
OTHERS = 0o077


@register(Tags.database)
def sqlite_library(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.DATABASE_IS_SQLITE or has_wal_reset_fix():
        return []
    return [
        Info(
            "This SQLite library lacks the fix of the WAL-reset bug.",
            hint="A rollback journal is used instead; it is safe, and slower under load.",
            id="careguide.I001",
        )
    ]


@register(Tags.security, deploy=True)
def mail_leaves_the_machine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")):
        return [
            Warning(
                "Mails do not leave this machine, so nobody can confirm an address.",
                hint="Set EMAIL_URL.",
                id="careguide.W001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def other_machines_are_reached_by_tls(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    encrypted = getattr(settings, "EMAIL_USE_TLS", False) or getattr(
        settings, "EMAIL_USE_SSL", False
    )
    by_smtp = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    if by_smtp and settings.EMAIL_HOST not in HERE and not encrypted:
        found.append(
            Warning(
                "Mails go to another machine in the clear.",
                hint="Write smtp+tls:// or smtp+ssl:// in EMAIL_URL.",
                id="careguide.W002",
            )
        )
    database = settings.DATABASES["default"]
    host = database.get("HOST", "")
    checked = database.get("OPTIONS", {}).get("sslmode") == "verify-full"
    if not settings.DATABASE_IS_SQLITE and host not in HERE and "/" not in host and not checked:
        found.append(
            Warning(
                "The database is on another machine whose certificate is not checked.",
                hint="Add ?sslmode=verify-full to DATABASE_URL.",
                id="careguide.W003",
            )
        )
    return found


@register(Tags.security, deploy=True)
def nobody_else_reads_the_files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    files = [settings.BASE_DIR / ".env"]
    if settings.DATABASE_IS_SQLITE:
        files.append(Path(settings.DATABASES["default"]["NAME"]))
    return [
        Warning(
            f"Others on this machine may read {file.name}.",
            hint=f"chmod 600 {file}",
            id="careguide.W004",
        )
        for file in files
        if file.is_file() and file.stat().st_mode & OTHERS
    ]


@register(Tags.database, deploy=True)
def there_is_space_left(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    folder = settings.DATA_DIR if settings.DATA_DIR.exists() else settings.BASE_DIR
    if shutil.disk_usage(folder).free >= LEAST_SPACE:
        return []
    return [
        Warning(
            "The disk is nearly full; what people write may soon not be kept.",
            hint=f"Less than {LEAST_SPACE // 1_000_000} MB are free for {folder}.",
            id="careguide.W005",
        )
    ]
