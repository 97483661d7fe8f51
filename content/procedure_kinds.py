"""The kinds of treatments and procedures, kept ready for records that name one by its slug."""

from collections.abc import Mapping

from content.kept import Kept
from content.models import ProcedureKind
from content.translations import said

ProcedureKinds = Mapping[str, ProcedureKind]


def _read() -> ProcedureKinds:
    kinds = {row.slug: row for row in ProcedureKind.objects.in_language().defer("shipped")}
    for kind in kinds.values():
        kind.name, kind.about = said(kind.name), said(kind.about)
    return kinds


# In memory, by slug, archived ones too: old records need them. Only to be read: everybody gets the
# same rows.
procedure_kinds = Kept(_read)


def by_group(kinds: ProcedureKinds) -> list[tuple[str, list[ProcedureKind]]]:
    """Return the published kinds by group: (label of the group, its kinds)."""
    listed = [row for row in kinds.values() if row.is_listed]
    found = [
        (str(group.label), [row for row in listed if row.group == group])
        for group in ProcedureKind.Group
    ]
    return [(label, rows) for label, rows in found if rows]
