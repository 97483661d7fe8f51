"""The care team as a list: who coordinates, and who comes first."""

from django.db import transaction

from journeys import records
from journeys.models import CareTeamMember, User


@transaction.atomic
def mark_coordinator(*, member: CareTeamMember) -> None:
    """Say that this one coordinates, or take that back. Another one's mark goes, deleted or not."""
    rows = member.journey.care_team_members
    marked = not member.coordinates
    rows.filter(coordinates=True).update(coordinates=False)
    rows.filter(pk=member.pk, only_me=False).update(coordinates=marked)


@transaction.atomic
def move_up(*, member: CareTeamMember, by: User) -> None:
    """Put this one before the one above, in the list as this reader sees it."""
    rows = list(member.journey.care_team_members.readable_by(by).in_order())
    place = rows.index(member)
    if place and not rows[place - 1].coordinates:
        records.move(member, rows)
