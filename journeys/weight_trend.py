"""How the weight went over time: one drawing, and every weight for the table beside it."""

from dataclasses import dataclass, field
from math import ceil, floor

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journeys.access import Access
from journeys.charts import Chart, Point, draw
from journeys.models import CheckIn
from journeys.trends import Surroundings
from journeys.weights import Weight


@dataclass(frozen=True)
class WeightTrend:
    """Weights in a period, drawn in the unit of the newest; `rows` are the newest first."""

    rows: tuple[CheckIn, ...]
    svg: SafeString = field(repr=False)


def weight_trend(access: Access, around: Surroundings) -> WeightTrend | None:
    """Return the weights of the period that this reader may see, or None when there is none."""
    rows = list(
        access.journey.check_ins.within(access.areas)
        .readable_by(access.user)
        .weighed()
        .between(around.begin, around.end)
        .select_related("author")
    )
    if not rows:
        return None
    unit = rows[0].weight_unit
    by_day = {}
    for row in reversed(rows):
        value = float(Weight(row.occurred_on, row.weight, row.weight_unit).in_unit(unit))
        other = row.author_id != access.journey.owner_id
        by_day[row.occurred_on] = Point(row.occurred_on, value, other)
    points = list(by_day.values())
    name = _("Weight")
    chart = Chart(
        title=name,
        description=_(
            "%(name)s on %(days)s days. The first was %(first)s %(unit)s, the latest %(last)s "
            "%(unit)s."
        )
        % {
            "name": name,
            "days": len(points),
            "first": f"{points[0].value:.1f}",
            "last": f"{points[-1].value:.1f}",
            "unit": unit,
        },
        begin=around.begin,
        end=around.end,
        ticks=_weight_ticks(points),
        points=points,
        spans=around.spans,
        marks=around.marks,
    )
    return WeightTrend(tuple(rows), draw(chart, "weight"))


def _weight_ticks(points: list[Point]) -> list[tuple[float, str]]:
    """Five even steps around all points: a change of two kilograms is to be seen."""
    low = min(point.value for point in points)
    high = max(point.value for point in points)
    step = max(1, ceil((high - low) / 3))
    start = floor(low / step) * step
    return [(float(start + step * place), str(start + step * place)) for place in range(5)]
