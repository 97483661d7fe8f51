"""Agree to the texts about the site, and find which of them somebody has yet to read."""

from collections.abc import Iterable

from content.models import Notice
from journeys.models import Consent, User

# Where the session keeps that there is something to read.
DUE = "notices_due"


def notices_due(user: User) -> list[Notice]:
    """Return the texts whose present version this account has not agreed to."""
    agreed = set(user.consents.values_list("notice", "version"))
    return [row for row in Notice.objects.asked() if (row.slug, row.valid_from) not in agreed]


def agree(user: User, notices: Iterable[Notice]) -> None:
    """Note that this account agrees to these texts as they stand. Twice is as once."""
    Consent.objects.bulk_create(
        (Consent(user=user, notice=row.slug, version=row.valid_from) for row in notices),
        ignore_conflicts=True,
    )
