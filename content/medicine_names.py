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
    routes: tuple[str, ...]
    watch: tuple[str, ...]
    opens_window: str
    once_weekly: bool
    listed: bool


@dataclass(frozen=True)
class MedicineNames:
    """`by_slug` holds archived ones too: old records still need them."""

    by_slug: Mapping[str, KnownMedicine]
    by_name: Mapping[str, str]

    def find(self, name: str, route: str = "") -> str:
        """Return the slug of the medicine of this name, brand or other word, or "".

        What follows the name, as a strength does, is passed over. `route` is a word of the way it
        is given, for example "vein": of medicines called alike it chooses the one given so.
        """
        words = normalise(name).split()
        beginnings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        slug = next((self.by_name[one] for one in beginnings if one in self.by_name), "")
        if not slug or self._given(slug, route):
            return slug
        word = normalise(self.by_slug[slug].name).split()[0]
        alike = (one for one, row in self.by_slug.items() if normalise(row.name).startswith(word))
        return next((one for one in alike if self._given(one, route)), slug)

    def _given(self, slug: str, route: str) -> bool:
        return any(route in words for words in self.by_slug[slug].routes)

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
            routes=tuple(row.routes),
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
