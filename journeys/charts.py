"""One drawing for screen, print and PDF: a line over days, with bands, phases and marks.

Only presentation attributes, no style and no script, so the content policy has nothing to refuse;
the style sheet may recolour by class. Whoever cannot see it has title, description and the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Drawn for a phone: letters stay legible when it fills 320 px.
WIDTH, HEIGHT = 420, 260
LEFT, RIGHT, TOP, BOTTOM = 40, 10, 12, 62
INK, LINE, PAPER = "#1d2b2f", "#0b5257", "#ffffff"
# A gap longer than this is not bridged by the line: nobody knows how it was in between.
GAP = timedelta(days=14)
MOST_LABELS = 4


@dataclass(frozen=True)
class Point:
    """One value. `other` is True when somebody else than the patient wrote it."""

    on: date
    value: float
    other: bool = False


@dataclass(frozen=True)
class Band:
    """A stretch of values with its name and the CSS class of its call level, or of a range."""

    low: float
    high: float
    name: str
    kind: str


@dataclass(frozen=True)
class Span:
    """A phase on the time line, from a day to a day, both included."""

    begin: date
    end: date
    name: str


@dataclass(frozen=True)
class Mark:
    """A day to see: a treatment or a visit."""

    on: date
    name: str


@dataclass(frozen=True)
class Chart:
    """What is drawn. `ticks` are (value, words) of the upright axis, the lowest first."""

    title: str
    description: str
    begin: date
    end: date
    ticks: Sequence[tuple[float, str]]
    points: Sequence[Point]
    bands: Sequence[Band] = ()
    spans: Sequence[Span] = ()
    marks: Sequence[Mark] = ()

    def x(self, day: date) -> float:
        days = max((self.end - self.begin).days, 1)
        share = min(max((day - self.begin).days / days, 0), 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        low, high = self.ticks[0][0], self.ticks[-1][0]
        share = min(max((value - low) / ((high - low) or 1), 0), 1)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


FILL = {"now": "#f6d4d1", "same_day": "#fbe7c6", "range": "#dcebe6"}


def draw(chart: Chart, key: str) -> SafeString:
    """Return the chart as SVG. `key` makes its ids unique on the page."""
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d" '
        'font-family="sans-serif" font-size="15" fill="{}">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}{}{}</svg>',
        *(WIDTH, HEIGHT, key, key, INK, key, chart.title, key, chart.description),
        _bands(chart),
        _axes(chart),
        _spans(chart),
        _marks(chart),
        _line(chart),
    )


def _bands(chart: Chart) -> SafeString:
    rows = []
    for band in chart.bands:
        top, bottom = chart.y(band.high), chart.y(band.low)
        if bottom > top:
            rows.append(
                (
                    *(f"chart-{band.kind}", LEFT, top, WIDTH - LEFT - RIGHT),
                    *(round(bottom - top, 1), FILL.get(band.kind, FILL["range"])),
                    *(WIDTH - RIGHT - 6, top + 15, band.name),
                )
            )
    return format_html_join(
        "",
        '<rect class="chart-band {}" x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
        '<text x="{}" y="{}" text-anchor="end" font-size="14">{}</text>',
        rows,
    )


def _axes(chart: Chart) -> SafeString:
    ticks = format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-opacity="0.2"/>'
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (LEFT, y, WIDTH - RIGHT, y, INK, LEFT - 8, y + 5, words)
            for y, words in ((chart.y(value), words) for value, words in chart.ticks)
        ),
    )
    days = (chart.end - chart.begin).days
    # A single day has a single label.
    steps = min(MOST_LABELS - 1, days)
    begins = [round(days * step / max(steps, 1)) for step in range(steps + 1)]
    shown = [chart.begin + timedelta(days=begin) for begin in begins]
    dates = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (chart.x(day), HEIGHT - BOTTOM + 20, _anchor(place, steps), date_format(day, "j M"))
            for place, day in enumerate(shown)
        ),
    )
    return ticks + dates


def _anchor(place: int, steps: int) -> str:
    return "start" if place == 0 else "end" if place == steps else "middle"


def _spans(chart: Chart) -> SafeString:
    """The phases as a strip under the days; a name that does not fit is left to the table."""
    top = HEIGHT - BOTTOM + 32
    rows = []
    for place, span in enumerate(chart.spans):
        left, right = chart.x(span.begin), chart.x(span.end + timedelta(days=1))
        words = span.name if (right - left) > 8 * len(span.name) else ""
        rows.append((left, top, round(right - left, 1), ("0.10", "0.20")[place % 2], LINE))
        rows[-1] += (round((left + right) / 2, 1), top + 16, words)
    return format_html_join(
        "",
        '<rect class="chart-span" x="{}" y="{}" width="{}" height="24" fill-opacity="{}" '
        'fill="{}"/><text x="{}" y="{}" text-anchor="middle" font-size="14">{}</text>',
        rows,
    )


def _marks(chart: Chart) -> SafeString:
    return format_html_join(
        "",
        '<line class="chart-mark" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" '
        'stroke-dasharray="2 4"><title>{}</title></line>',
        (
            (chart.x(mark.on), TOP, chart.x(mark.on), HEIGHT - BOTTOM, INK, mark.name)
            for mark in chart.marks
        ),
    )


def _line(chart: Chart) -> SafeString:
    """The line in pieces, and a dot for each value: round for the patient's, square for others'."""
    pieces: list[list[Point]] = []
    for point in chart.points:
        if pieces and point.on - pieces[-1][-1].on <= GAP:
            pieces[-1].append(point)
        else:
            pieces.append([point])
    lines = format_html_join(
        "",
        '<polyline class="chart-line" points="{}" fill="none" stroke="{}" stroke-width="2"/>',
        (
            (" ".join(f"{chart.x(point.on)},{chart.y(point.value)}" for point in piece), LINE)
            for piece in pieces
            if len(piece) > 1
        ),
    )
    own = format_html_join(
        "",
        '<circle class="chart-dot" cx="{}" cy="{}" r="4" fill="{}"/>',
        ((chart.x(p.on), chart.y(p.value), LINE) for p in chart.points if not p.other),
    )
    others = format_html_join(
        "",
        '<rect class="chart-dot" x="{}" y="{}" width="8" height="8" fill="{}" stroke="{}" '
        'stroke-width="2"/>',
        (
            (round(chart.x(p.on) - 4, 1), round(chart.y(p.value) - 4, 1), PAPER, LINE)
            for p in chart.points
            if p.other
        ),
    )
    return lines + own + others
