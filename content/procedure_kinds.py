"""The kinds of treatments and procedures, kept ready for records that name one by its slug."""

from collections.abc import Mapping
from dataclasses import dataclass

from content.kept import Kept
from content.models import ProcedureKind, Status


@dataclass(frozen=True)
class KnownProcedure:
    """What records need of a kind of procedure."""

    slug: str
    name: str
    group: str
    about: str
    topic: str
    visit_kind: str
    lasts: bool
    one_at_a_time: bool
    listed: bool
    results: tuple[str, ...]
    opens_windows: tuple[str, ...]
    asks_again: tuple[str, ...]


@dataclass(frozen=True)
class ProcedureKinds:
    """`by_slug` holds archived ones too, in the order of the files: old records need them."""

    by_slug: Mapping[str, KnownProcedure]

    def listed(self) -> list[tuple[str, list[KnownProcedure]]]:
        """Return the published kinds by group: (label of the group, its kinds)."""
        rows = [row for row in self.by_slug.values() if row.listed]
        groups = ProcedureKind.Group
        found = [
            (str(group.label), [row for row in rows if row.group == group]) for group in groups
        ]
        return [(label, kinds) for label, kinds in found if kinds]

    def unknown(self, slug: str) -> KnownProcedure:
        """Return a stand-in for a kind that the guide does not have any more."""
        return KnownProcedure(slug, slug, *[""] * 4, *[False] * 3, (), (), ())


def _read() -> ProcedureKinds:
    return ProcedureKinds(
        {
            row.slug: KnownProcedure(
                slug=row.slug,
                name=row.name,
                group=row.group,
                about=row.about,
                topic=row.topic,
                visit_kind=row.visit_kind,
                lasts=row.lasts,
                one_at_a_time=row.one_at_a_time,
                listed=row.status == Status.PUBLISHED,
                results=tuple(row.results),
                opens_windows=tuple(row.opens_windows),
                asks_again=tuple(row.asks_again),
            )
            for row in ProcedureKind.objects.in_language()
        }
    )


procedure_kinds = Kept(_read)
