"""What every record of a journey has: whose it is, who wrote it, when, and how to take it back."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from journeys.models.journeys import Journey
    from journeys.models.users import User

# How long a deletion can be taken back.
UNDO_FOR = timedelta(days=1)


def journey_key(related_name: str) -> models.ForeignKey:
    """The key to the journey: a journey's records go with it."""
    return models.ForeignKey("journeys.Journey", models.CASCADE, related_name=related_name)


class RecordQuerySet(models.QuerySet):
    def present(self) -> Self:
        """Records that are not deleted."""
        return self.filter(deleted_at=None)

    def readable_by(self, user: "User") -> Self:
        """Present records, without what somebody else marked as theirs only."""
        return self.present().not_hidden_from(user)

    def deleted_lately(self, user: "User") -> Self:
        """Records this person may read whose deletion can still be taken back."""
        return self.filter(deleted_at__gte=timezone.now() - UNDO_FOR).not_hidden_from(user)

    def hidden_from(self, user: "User") -> Self:
        return self.filter(only_me=True).exclude(author=user)

    def not_hidden_from(self, user: "User") -> Self:
        return self.filter(models.Q(only_me=False) | models.Q(author=user))

    def create_once(
        self, *, journey: "Journey", client_id: uuid.UUID | None, **fields: Any
    ) -> tuple[Any, bool]:
        """Create a record; a second submit of the same form returns the first one's record.

        Returns (record, created). The database's unique constraint decides, also in a race.
        """
        if client_id is None:
            return self.create(journey=journey, **fields), True
        try:
            with transaction.atomic():
                return self.create(journey=journey, client_id=client_id, **fields), True
        except IntegrityError:
            existing = self.filter(journey=journey, client_id=client_id).first()
            if existing is None:
                raise
            return existing, False


class JourneyRecord(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    only_me = models.BooleanField(_("Only me"), default=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Made by the form that was submitted: two submits of one form make one row.
    client_id = models.UUIDField(null=True, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "client_id"], name="%(app_label)s_%(class)s_one_per_submit"
            )
        ]

    # Fields that say something about the row rather than about the person.
    BOOKKEEPING = (
        "id", "journey", "author", "created_at", "edited_at", "version", "deleted_at", "client_id",
    )  # fmt: skip

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {str(self.pk)[:8]}"

    def is_by(self, user: "User") -> bool:
        return self.author_id == user.pk
