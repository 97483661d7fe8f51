"""The guide's medicines by every name that people use for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from content.kept import Kept
from content.models import Medicine, Status
from content.near_words import near_words
from content.text import normalise


@dataclass(frozen=True)
class KnownMedicine:
    """What records need of a medicine of the guide."""

    slug: str
    name: str
    brands: tuple[str, ...]
    watch: tuple[str, ...]
    opens_window: str
    once_weekly: bool
    listed: bool


@dataclass(frozen=True)
class MedicineNames:
    """`by_slug` holds archived ones too: old records still need them."""

    by_slug: Mapping[str, KnownMedicine]
    by_name: Mapping[str, str]

    def find(self, name: str) -> str:
        """Return the slug of the medicine with exactly this name, brand or other word, or ""."""
        return self.by_name.get(normalise(name), "")

    def near(self, name: str) -> list[KnownMedicine]:
        """Return medicines whose name the person may have meant, best first."""
        names = [*self.by_name]
        found = [self.by_name[row] for row in near_words(normalise(name), names, ())]
        return [self.by_slug[slug] for slug in dict.fromkeys(found)]

    def suggestions(self) -> list[str]:
        """Return every name and brand that is offered while typing."""
        rows = [row for row in self.by_slug.values() if row.listed]
        return sorted({name for row in rows for name in (row.name, *row.brands)})


def _read() -> MedicineNames:
    by_slug, by_name = {}, {}
    for row in Medicine.objects.in_language():
        listed = row.status == Status.PUBLISHED
        by_slug[row.slug] = KnownMedicine(
            slug=row.slug,
            name=row.name,
            brands=tuple(row.brands),
            watch=tuple(row.watch),
            opens_window=row.opens_window,
            once_weekly=row.once_weekly,
            listed=listed,
        )
        if listed:
            for name in (row.name, *row.brands, *row.aliases):
                by_name.setdefault(normalise(name), row.slug)
    return MedicineNames(by_slug, by_name)


medicine_names = Kept(_read)
