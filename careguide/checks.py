"""What the operator should know before this site serves people."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Tags, Warning, register

from careguide.sqlite import has_wal_reset_fix


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
