"""The questions of a journey by visit, for one reader: what to ask when, and what was left over."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from content.index import Index
from content.text import normalise
from journeys.access import Access
from journeys.models import Appointment, Area, Question

# So many visits are offered for a question; later ones can wait.
MOST_OFFERED = 6


@dataclass(frozen=True)
class Visit:
    """An appointment under the name that a person knows it by."""

    appointment: Appointment
    name: str


@dataclass(frozen=True)
class Row:
    """An open question; it can change places with those beside it that are starred as it is."""

    question: Question
    can_rise: bool
    can_sink: bool


@dataclass(frozen=True)
class Group:
    """Open questions of one visit, or those for no visit yet, or those of visits that are over."""

    visit: Visit | None
    is_over: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ToAsk:
    """`coming`: visits of today and later. `left_over`: not answered at a visit that has begun.

    `next_visit` has not begun yet. Who does not see appointments has all questions in one group.
    """

    groups: tuple[Group, ...]
    coming: tuple[Visit, ...]
    left_over: tuple[Question, ...]
    next_visit: Visit | None

    @property
    def offered(self) -> tuple[Visit, ...]:
        return self.coming[:MOST_OFFERED]

    @property
    def kind_of_next(self) -> str:
        return self.next_visit.appointment.kind if self.next_visit else ""

    @property
    def first(self) -> Group | None:
        """The questions of the next visit that has any, or of the one of today."""
        return next((group for group in self.groups if group.visit), None)

    def neighbors(self, question: Question) -> list[Question]:
        """Return the questions among which this one has its place, itself included."""
        for group in self.groups:
            rows = [row.question for row in group.rows]
            if question in rows:
                return [row for row in rows if row.starred == question.starred]
        return []


def to_ask(access: Access, questions: Sequence[Question], index: Index) -> ToAsk:
    """Put open questions, in their order, under the visits that this reader sees: one query."""
    today, now = timezone.localdate(), timezone.now()
    visits: dict[uuid.UUID | None, Visit] = {}
    if access.sees(Area.APPOINTMENTS):
        named = filter(None, (row.appointment_id for row in questions))
        visits = {
            row.pk: Visit(row, row.title or index.name("visit_kinds", row.kind))
            for row in access.journey.appointments.readable_by(access.user).to_ask_at(today, named)
        }
    coming = [visit for visit in visits.values() if visit.appointment.day >= today]
    placed = [(row, visits.get(row.appointment_id)) for row in questions]
    at_a_visit = [(row, visit.appointment) for row, visit in placed if visit]
    groups = [
        *((visit, False, [row for row, its in placed if its is visit]) for visit in coming),
        (None, False, [row for row, visit in placed if visit is None]),
        (None, True, [row for row, visit in at_a_visit if visit.day < today]),
    ]
    return ToAsk(
        groups=tuple(
            Group(visit, is_over, tuple(_rows(rows))) for visit, is_over, rows in groups if rows
        ),
        coming=tuple(coming),
        left_over=tuple(row for row, visit in at_a_visit if visit.starts_at < now),
        next_visit=next((row for row in coming if row.appointment.starts_at >= now), None),
    )


def found(questions: Iterable[Question], words: str) -> list[Question]:
    """Return the questions in which, or in whose answers, all these words stand."""
    return [row for row in questions if all(_stands(word, row) for word in words.split())]


def _rows(questions: Sequence[Question]) -> Iterator[Row]:
    for place, row in enumerate(questions):
        above = questions[place - 1] if place else None
        below = questions[place + 1] if place + 1 < len(questions) else None
        yield Row(
            row,
            can_rise=above is not None and above.starred == row.starred,
            can_sink=below is not None and below.starred == row.starred,
        )


def _stands(word: str, row: Question) -> bool:
    text = " ".join((row.text, row.answer, row.answered_by))
    plain = normalise(word)
    # In other alphabets there is nothing to bring into one spelling.
    return plain in normalise(text) if plain else word.casefold() in text.casefold()
