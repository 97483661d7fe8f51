"""How lab values went: the latest of each, and one value as a drawing with its range."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from content.index import content_index
from content.models import LabKind
from journeys.access import Access
from journeys.charts import Band, Chart, Point, draw
from journeys.lab_words import plain, unit_of
from journeys.models import LabResult
from journeys.trends import surroundings

STEPS = 4


@dataclass(frozen=True)
class LabTrend:
    """One value over time, in the unit of its newest result; `rows` are the newest first."""

    rows: tuple[LabResult, ...]
    svg: SafeString = field(repr=False)


def results_of(access: Access, lab: str, since: date) -> list[LabResult]:
    rows = access.journey.lab_results.readable_by(access.user).of(lab).since(since)
    return list(rows.select_related("author"))


def latest_results(
    access: Access, kinds: Mapping[str, LabKind], since: date
) -> list[tuple[LabKind, LabResult]]:
    """Return the newest result of each value since that day, in the order of the guide."""
    rows = access.journey.lab_results.readable_by(access.user).reported().since(since)
    newest = {row.lab: row for row in rows}
    return [(kind, newest[slug]) for slug, kind in kinds.items() if slug in newest]


def lab_trend(access: Access, kind: LabKind, since: date) -> LabTrend | None:
    """Return the drawing and the rows of one value, or None when there is no result."""
    rows = results_of(access, kind.slug, since)
    if not rows:
        return None
    unit = rows[-1].unit
    points = [
        Point(row.report.taken_on, float(number), row.author_id != access.journey.owner_id)
        for row in rows
        if (number := _in_unit(kind, row, unit)) is not None
    ]
    around = surroundings(access, content_index(), rows[0].report.taken_on, timezone.localdate())
    bands = _range(kind, rows[-1], unit)
    highest = max([*(point.value for point in points), *(band.high for band in bands), 0.0])
    title = f"{kind.name} ({unit})"
    svg = draw(
        Chart(
            title=title,
            description=_describe(title, points),
            begin=around.begin,
            end=around.end,
            ticks=_ticks(highest),
            points=points,
            bands=bands,
            spans=around.spans,
            marks=around.marks,
        ),
        "lab",
    )
    return LabTrend(tuple(reversed(rows)), svg)


def _in_unit(kind: LabKind, row: LabResult, unit: str) -> Decimal | None:
    """Return the value of a result in `unit`; None when the guide no longer knows its unit."""
    if row.unit == unit:
        return row.value
    own, wanted = unit_of(kind, row.unit), unit_of(kind, unit)
    return wanted.from_first(own.to_first(row.value)) if own and wanted else None


def _range(kind: LabKind, row: LabResult, unit: str) -> list[Band]:
    """The range that the newest report prints; without one, the typical range of the guide."""
    if row.low is not None or row.high is not None:
        low, high, name = row.low or Decimal(0), row.high, _("range of the report")
    else:
        wanted = unit_of(kind, unit)
        if wanted is None or kind.high is None:
            return []
        low, high = wanted.from_first(kind.low or Decimal(0)), wanted.from_first(kind.high)
        name = _("typical range")
    if high is None:
        return []
    return [Band(float(low), float(high), name, "range")]


def _ticks(highest: float) -> list[tuple[float, str]]:
    """Return a few round numbers from 0 to just above the highest value."""
    rough = Decimal(str(highest or 1)) / STEPS
    size = Decimal(1).scaleb(rough.adjusted())
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    return [(float(step * place), plain(step * place)) for place in range(STEPS + 1)]


def _describe(title: str, points: list[Point]) -> str:
    if not points:
        return title
    low, high = (pick(points, key=lambda point: point.value) for pick in (min, max))
    return _(
        "%(title)s, %(count)s results. Lowest %(low)s on %(low_day)s, highest %(high)s on "
        "%(high_day)s, latest %(latest)s on %(latest_day)s."
    ) % {
        "title": title,
        "count": len(points),
        "low": plain(Decimal(str(low.value))),
        "low_day": date_format(low.on, "DATE_FORMAT"),
        "high": plain(Decimal(str(high.value))),
        "high_day": date_format(high.on, "DATE_FORMAT"),
        "latest": plain(Decimal(str(points[-1].value))),
        "latest_day": date_format(points[-1].on, "DATE_FORMAT"),
    }
