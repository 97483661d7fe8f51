"""One marker that changes whenever content changes, so that workers know when to read it anew."""

import uuid

from django.db import models


class ContentRevision(models.Model):
    """A single row. Its token is random, so a rolled-back change can never look like another."""

    token = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.token)


def touch_content() -> None:
    """Say that content changed. Call it after every write that does not go through `save()`."""
    ContentRevision.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})


def content_revision() -> uuid.UUID | None:
    """Return the token of the content as it is now, or None before anything was loaded."""
    return ContentRevision.objects.values_list("token", flat=True).filter(pk=1).first()
