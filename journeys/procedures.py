"""The treatment log as a page tells it: what goes on, what a visit may have been, each in words."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from content.models import ProcedureKind
from content.procedure_kinds import ProcedureKinds
from journeys.access import Access, Permission
from journeys.models import Appointment, Area, Procedure

# For so long after a visit the log offers to write down what was done there.
OFFERED_FOR = timedelta(days=30)
MOST_OFFERS = 3


@dataclass(frozen=True)
class Logged:
    """An entry with its kind, which is None for one that the guide does not know any more."""

    procedure: Procedure
    kind: ProcedureKind | None
    can_edit: bool

    @property
    def kind_name(self) -> str:
        return self.kind.name if self.kind else self.procedure.kind

    @property
    def title(self) -> str:
        return self.procedure.name or self.kind_name


@dataclass(frozen=True)
class Offer:
    """A visit that is over, and what was probably done there."""

    appointment: Appointment
    kind: ProcedureKind


def logged(access: Access, rows: Iterable[Procedure], kinds: ProcedureKinds) -> list[Logged]:
    """Return these entries with their kinds and whether the reader may change them."""
    return [Logged(row, kinds.get(row.kind), access.can_edit(row, Area.MEDICINES)) for row in rows]


def going_on(access: Access, kinds: ProcedureKinds) -> list[Logged]:
    """Return what has begun and not ended, the newest first: one query.

    Of a kind of which there is one at a time, such as a block, only the newest goes on.
    """
    lasting = {slug for slug, kind in kinds.items() if kind.lasts}
    rows = access.journey.procedures.readable_by(access.user).filter(kind__in=lasting)
    found, seen = [], set()
    for row in rows.newest_first():
        superseded = kinds[row.kind].one_at_a_time and row.kind in seen
        seen.add(row.kind)
        if row.ended_on is None and not superseded:
            found.append(row)
    return logged(access, found, kinds)


def offers(access: Access, kinds: ProcedureKinds, only: Appointment | None = None) -> list[Offer]:
    """Return visits of the last weeks (or just `only`) that are not in the log yet: one query.

    Only those of a kind of which one can guess what was done there; the newest first.
    """
    if not access.can(Permission.RECORD, Area.MEDICINES) or not access.sees(Area.APPOINTMENTS):
        return []
    now = timezone.now()
    known = {row.visit_kind: row for row in kinds.values() if row.is_listed and row.visit_kind}
    rows = (
        access.journey.appointments.readable_by(access.user)
        .past(now)
        .not_logged(access.user)
        .filter(kind__in=known, starts_at__gte=now - OFFERED_FOR)
    )
    if only is not None:
        rows = rows.filter(pk=only.pk)
    return [Offer(row, known[row.kind]) for row in rows[:MOST_OFFERS]]


def visit_named(access: Access, key: uuid.UUID | None) -> Appointment | None:
    """Return the visit of this id, if there is one that the reader may see."""
    if key is None or not access.sees(Area.APPOINTMENTS):
        return None
    return access.journey.appointments.readable_by(access.user).filter(pk=key).first()
