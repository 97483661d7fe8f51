"""One month of appointments as a calendar shows it: whole weeks, each day with its visits."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import get_format

from journeys.models import Appointment
from journeys.models.appointments import AppointmentQuerySet

# What the form of an appointment takes, too.
FIRST_YEAR, LAST_YEAR = 1950, 2200


@dataclass(frozen=True)
class Day:
    date: date
    in_month: bool
    visits: tuple[Appointment, ...]


@dataclass(frozen=True)
class Month:
    """`weekdays` are seven dates whose names head the columns."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    visits: tuple[Appointment, ...]

    @property
    def weekdays(self) -> tuple[date, ...]:
        return tuple(day.date for day in self.weeks[0])

    @property
    def before(self) -> str:
        return as_text(self.first - timedelta(days=1))

    @property
    def after(self) -> str:
        return as_text(self.first + timedelta(days=31))


def as_text(day: date) -> str:
    """Return the month of this day as an address names it: "2026-11"; "" where none is kept."""
    return f"{day:%Y-%m}" if FIRST_YEAR <= day.year <= LAST_YEAR else ""


def month_in(text: str, today: date) -> date:
    """Return the first day of the month that "2026-11" names, or of today's for any other text."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = today
    return (first if as_text(first) else today).replace(day=1)


def month_of(rows: AppointmentQuerySet, first: date) -> Month:
    """Return the month that begins on this day, with the visits among `rows`: one query."""
    weeks = calendar.Calendar(_first_weekday()).monthdatescalendar(first.year, first.month)
    found = list(rows.within(weeks[0][0], weeks[-1][-1]))
    by_day: dict[date, list[Appointment]] = {}
    for row in found:
        by_day.setdefault(row.day, []).append(row)
    return Month(
        first=first,
        weeks=tuple(
            tuple(Day(day, day.month == first.month, tuple(by_day.get(day, ()))) for day in week)
            for week in weeks
        ),
        visits=tuple(row for row in found if row.day.month == first.month),
    )


def _first_weekday() -> int:
    """Django counts from Sunday, the calendar from Monday."""
    return (get_format("FIRST_DAY_OF_WEEK") - 1) % 7
