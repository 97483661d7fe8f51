"""The part of a summary that lab reports tell: each value now, and what it was before."""

from dataclasses import dataclass
from datetime import date, timedelta

from journeys.access import Access
from journeys.lab_words import as_printed, lab_kinds
from journeys.models import LabResult

# A value of half a year ago says little about a change.
LOOKS_BACK = timedelta(days=180)


@dataclass(frozen=True)
class LabChange:
    """The newest result of a value in the period, and the last one from before it."""

    name: str
    now: LabResult
    before: LabResult | None

    @property
    def value(self) -> str:
        return as_printed(self.now)

    @property
    def value_before(self) -> str:
        return as_printed(self.before) if self.before else ""


def lab_changes(access: Access, since: date) -> list[LabChange]:
    """Return every value with a result since that day, in the order of the guide."""
    results = access.journey.lab_results.readable_by(access.user)
    now: dict[str, LabResult] = {}
    before: dict[str, LabResult] = {}
    for row in results.reported().since(since - LOOKS_BACK):
        (now if row.report.taken_on >= since else before)[row.lab] = row
    kinds = lab_kinds()
    known = [(kinds[slug].name, slug) for slug in kinds if slug in now]
    return [LabChange(name, now[slug], before.get(slug)) for name, slug in known]
