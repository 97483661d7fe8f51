"""How symptoms went over time: from a journey's entries to charts and the tables beside them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import CharField, F, QuerySet, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from content.call_rules import Level, Rules, SymptomRules
from content.index import Index
from content.models import Centre
from journeys.access import Access
from journeys.call_check import limits_of
from journeys.charts import Band, Chart, Mark, Point, Span, draw
from journeys.guidance import stages_of
from journeys.models import Area, SymptomEntry

PERIODS = (14, 90, 365)
USUAL = 90
# So many small charts are read on one page; the others are one tap away by their name.
MOST_CHARTS = 12
MOST_MARKS = 40
# What is drawn behind every chart.
BEHIND = frozenset({Area.STAGE, Area.APPOINTMENTS, Area.MEDICINES})
BAND_LEVELS = {Level.SAME_DAY: "same_day", Level.NOW: "now", Level.AMBULANCE: "now"}


@dataclass(frozen=True)
class Row:
    """One entry as the table beside a chart tells it."""

    entry: SymptomEntry
    value: str
    other: bool


@dataclass(frozen=True)
class Trend:
    """One symptom in a period. `number` is 0 for a symptom of the person's own."""

    number: int
    name: str
    rows: tuple[Row, ...]
    svg: SafeString = field(repr=False)


@dataclass(frozen=True)
class Surroundings:
    """What is drawn behind every chart of a journey: phases and days of treatment."""

    begin: date
    end: date
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]


def period(days: int) -> tuple[date, date]:
    """Return first and last day of the last `days` days, today included."""
    today = timezone.localdate()
    return today - timedelta(days=days - 1), today


def surroundings(access: Access, index: Index, begin: date, end: date) -> Surroundings:
    """Read phases and treatment days of the period, as far as this reader may see them."""
    spans, marks = _spans(access, index, begin, end), _marks(access, index, begin, end)
    return Surroundings(begin, end, tuple(spans), tuple(marks))


def _marks(access: Access, index: Index, begin: date, end: date) -> list[Mark]:
    """Visits and what stands in the treatment log, one mark a name and day: one query."""
    named: list[tuple[QuerySet, str, str, str]] = []
    if access.sees(Area.APPOINTMENTS):
        named.append((access.journey.appointments.taking_place(), "visit_kinds", "day", "title"))
    if access.sees(Area.MEDICINES):
        named.append((access.journey.procedures.all(), "procedures", "done_on", "name"))
    parts = [
        rows.readable_by(access.user)
        .filter(**{f"{day}__range": (begin, end)})
        .order_by()
        .annotate(marked_on=F(day), called=F(name), names=Value(names, output_field=CharField()))
        .values_list("marked_on", "names", "kind", "called")
        for rows, names, day, name in named
    ]
    if not parts:
        return []
    found = parts[0].union(*parts[1:]).order_by("-marked_on")[:MOST_MARKS]
    marks = [Mark(day, title or index.name(names, kind)) for day, names, kind, title in found]
    return sorted(dict.fromkeys(marks), key=lambda mark: (mark.on, mark.name))


def _spans(access: Access, index: Index, begin: date, end: date) -> Iterable[Span]:
    for row, last_day in stages_of(access):
        last = min(last_day or end, end)
        if row.started_on <= end and last >= begin and row.phase:
            yield Span(max(row.started_on, begin), last, index.name("phases", row.phase))


def entries_of(access: Access, begin: date, end: date) -> list[SymptomEntry]:
    """Return what was entered from `begin` to `end` that this reader may see, the oldest first."""
    return list(
        access.journey.symptom_entries.readable_by(access.user)
        .filter(
            area__in=[area for area in (Area.SYMPTOMS, Area.MOOD) if access.sees(area)],
            check_in__deleted_at=None,
            check_in__occurred_on__gte=begin,
            check_in__occurred_on__lte=end,
        )
        .select_related("check_in", "author")
        .order_by("check_in__occurred_at", "pk")
    )


def trends(
    entries: Iterable[SymptomEntry],
    access: Access,
    rules: Rules,
    around: Surroundings,
    centre: Centre,
) -> list[Trend]:
    """Return a trend for each symptom that was there at all, those logged most often first."""
    grouped: dict[tuple[str, str], list[SymptomEntry]] = defaultdict(list)
    for entry in entries:
        grouped[entry.symptom, entry.own_name].append(entry)
    there = [
        (key, rows)
        for key, rows in grouped.items()
        if any(row.score or row.signs or row.readings for row in rows)
    ]
    there.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    limit = limits_of(access.journey, rules, centre).fever_limit(access.journey.temperature_unit)
    return [
        _trend(slug, own, rows, access, rules, around, limit, f"c{place}")
        for place, ((slug, own), rows) in enumerate(there)
    ]


def _trend(
    slug: str,
    own: str,
    rows: list[SymptomEntry],
    access: Access,
    rules: Rules,
    around: Surroundings,
    limit: Fraction | None,
    key: str,
) -> Trend:
    rule = rules.symptoms.get(slug) or SymptomRules(slug=slug, name=own or slug)
    unit = access.journey.temperature_unit
    by_day: dict[date, Point] = {}
    shown = []
    for row in rows:
        other = row.author_id != access.journey.owner_id
        number, words = _value(row, rule, unit)
        shown.append(Row(row, words, other))
        day = row.check_in.occurred_on
        if number is not None and (day not in by_day or number > by_day[day].value):
            by_day[day] = Point(day, number, other)
    points = [by_day[day] for day in sorted(by_day)]
    name = own or rule.name
    ticks, bands = _scale(rule, unit, limit, points)
    chart = Chart(
        title=name,
        description=_describe(name, points, around, rule, unit),
        begin=around.begin,
        end=around.end,
        ticks=ticks,
        points=points,
        bands=bands,
        spans=around.spans,
        marks=around.marks,
    )
    return Trend(rule.number, name, tuple(reversed(shown)), draw(chart, key))


def _value(row: SymptomEntry, rule: SymptomRules, unit: str) -> tuple[float | None, str]:
    """Return what is drawn of an entry, and what the table says: the number as it was entered."""
    if rule.is_fever:
        reading = row.reading("temperature")
        if reading is None:
            return None, "" if row.score is None else str(row.score)
        value = in_unit(Decimal(reading["value"]), reading["unit"], unit)
        return float(value), f"{reading['value']} °{reading['unit']}"
    anchor = rule.anchors.get(row.score) if row.score is not None else None
    words = "" if row.score is None else str(row.score)
    return (
        None if row.score is None else float(row.score),
        f"{words} – {anchor.text}" if anchor else words,
    )


def in_unit(value: Decimal, unit: str, wanted: str) -> Fraction:
    """Return a temperature (C or F) in the wanted unit, exactly."""
    if unit == wanted:
        return Fraction(value)
    if wanted == "F":
        return Fraction(value) * 9 / 5 + 32
    return (Fraction(value) - 32) * 5 / 9


def _scale(
    rule: SymptomRules, unit: str, limit: Fraction | None, points: list[Point]
) -> tuple[list[tuple[float, str]], list[Band]]:
    if not rule.is_fever:
        ticks = [(float(score), str(score)) for score in range(5)]
        return ticks, list(_score_bands(rule))
    low, high = (35.0, 41.0) if unit == "C" else (95.0, 106.0)
    high = max([high, *(point.value for point in points)])
    step = 1.0 if unit == "C" else 2.0
    ticks, value = [], low
    while value <= high + step / 2:
        ticks.append((value, f"{value:.0f}°"))
        value += step
    return ticks, list(_fever_bands(rule, unit, limit, ticks[-1][0]))


def _score_bands(rule: SymptomRules) -> Iterable[Band]:
    """The scores that alone mean a call, as bands with the name of the level."""
    runs: list[tuple[str, list[int]]] = []
    for score, anchor in sorted(rule.anchors.items()):
        kind = BAND_LEVELS.get(anchor.level, "")
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(score)
        else:
            runs.append((kind, [score]))
    for kind, scores in runs:
        if kind:
            yield Band(max(scores[0] - 0.5, 0), min(scores[-1] + 0.5, 4), _level_name(kind), kind)


def _fever_bands(
    rule: SymptomRules, unit: str, limit: Fraction | None, top: float
) -> Iterable[Band]:
    now = call_now_from(rule, unit, limit)
    if now is None:
        return
    low = _limit(rule, unit, Level.SAME_DAY)
    if low is not None and low < now:
        yield Band(float(low), float(now), _level_name("same_day"), "same_day")
    yield Band(float(now), top, _level_name("now"), "now")


def call_now_from(
    rule: SymptomRules, unit: str, limit: Fraction | None
) -> Fraction | Decimal | None:
    """Return the temperature that alone means "call now".

    That is the `limit` in force in this unit, or the one of the table where it is None.
    """
    return _limit(rule, unit, Level.NOW) if limit is None else limit


def _limit(rule: SymptomRules, unit: str, level: Level) -> Decimal | None:
    plain = (
        row.value
        for row in rule.thresholds
        if row.plain and row.op == ">=" and row.unit == unit and row.level is level
    )
    return min(plain, default=None)


def _level_name(kind: str) -> str:
    return _("call now") if kind == "now" else _("call the same day")


def _describe(
    name: str, points: list[Point], around: Surroundings, rule: SymptomRules, unit: str
) -> str:
    """Say in words what the drawing shows; the table beside it has every entry."""
    if not points:
        return _("%(name)s: no numbers in this time. The table has what was written.") % {
            "name": name
        }
    worst = max(points, key=lambda point: point.value)
    shown = f"{worst.value:.1f} °{unit}" if rule.is_fever else f"{worst.value:.0f}"
    return _(
        "%(name)s on %(days)s days from %(begin)s to %(end)s. The highest was %(worst)s on "
        "%(day)s, the latest was on %(latest)s."
    ) % {
        "name": name,
        "days": len(points),
        "begin": date_format(around.begin, "DATE_FORMAT"),
        "end": date_format(around.end, "DATE_FORMAT"),
        "worst": shown,
        "day": date_format(worst.on, "DATE_FORMAT"),
        "latest": date_format(points[-1].on, "DATE_FORMAT"),
    }
