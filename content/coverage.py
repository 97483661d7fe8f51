"""How many topics, questions and symptoms people get where they are, for every stage."""

from dataclasses import dataclass
from urllib.parse import urlencode

from content.index import Index
from content.models import StageFit
from content.relevance import Ranked, StageContext

# From this weight on an item counts as meant for a stage.
USEFUL = 50
KINDS = ("topics", "questions", "symptoms")
# How many of each kind make a stage whole.
ENOUGH = {"patient": (5, 10, 8), "caregiver": (5, 6, 8)}


@dataclass(frozen=True)
class Count:
    """How many of one kind somebody gets, and how many are enough."""

    kind: str
    number: int
    enough: int

    @property
    def hole(self) -> bool:
        return self.number < self.enough


@dataclass(frozen=True)
class Cell:
    """One stage of one role; `query` names it in an address."""

    role: str
    counts: tuple[Count, ...]
    query: str


@dataclass(frozen=True)
class StageRow:
    """One sensible pair of classification and phase."""

    name: str
    unusual: bool
    cells: tuple[Cell, ...]


def ranked(index: Index, context: StageContext) -> tuple[list[Ranked], ...]:
    """Return topics, questions and symptoms as they are ranked for this context."""
    return (
        index.topics_for(context),
        index.questions_for(context),
        index.symptoms_for(context),
    )


def coverage(index: Index) -> list[StageRow]:
    """Count what every stage that makes sense gets, for both roles."""
    order = {slug: place for place, slug in enumerate(index.phases)}
    fits = sorted(
        (fit for fit in index.fits.values() if fit.fit != StageFit.Fit.DOES_NOT_FIT),
        key=lambda fit: (order.get(fit.phase, len(order)), fit.order),
    )
    return [_row(index, fit) for fit in fits]


def _row(index: Index, fit: StageFit) -> StageRow:
    phase = index.name("phases", fit.phase)
    return StageRow(
        name=f"{phase} · {index.name('classifications', fit.classification)}",
        unusual=fit.fit == StageFit.Fit.UNUSUAL,
        cells=tuple(_cell(index, fit, role) for role in ENOUGH),
    )


def _cell(index: Index, fit: StageFit, role: str) -> Cell:
    context = StageContext(
        role=role,
        classifications=frozenset({fit.classification}),
        phases=frozenset({fit.phase}),
    )
    numbers = [sum(one.weight >= USEFUL for one in rows) for rows in ranked(index, context)]
    query = {"classification": fit.classification, "phases": fit.phase, "role": role}
    counts = tuple(map(Count, KINDS, numbers, ENOUGH[role]))
    return Cell(role=role, counts=counts, query=urlencode(query))
