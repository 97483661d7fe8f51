"""What a centre must have set before patients use this site."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from content.catalogue import rules
from content.models import Centre, Notice
from content.red_path import is_signed


@register(Tags.security, deploy=True)
def centre_is_ready(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse production without numbers to ring; warn while nobody signed the call levels."""
    try:
        centre = Centre.load()
        signed = is_signed(centre, rules())
    except DatabaseError:
        return [Error("The database does not answer.", id="content.E001")]
    messages: list[CheckMessage] = []
    if not (centre.cancer_line and centre.emergency_number):
        messages.append(
            Error(
                "The centre's 24-hour cancer line and emergency number are not set.",
                hint="manage.py set_centre --cancer-line ... --emergency-number ...",
                id="content.E002",
            )
        )
    if not signed:
        messages.append(
            Warning(
                "No clinician has signed the call levels as they are now.",
                hint="Until then every call level carries a banner that says so.",
                id="content.W001",
            )
        )
    if any(notice.is_as_shipped for notice in Notice.objects.filter(slug="contact")):
        messages.append(
            Warning(
                "The page that says whom to ask is not filled in.",
                hint="In the workshop: texts about this site. Read the other two, too.",
                id="content.W002",
            )
        )
    return messages
