"""What the check of call levels is given: entries, and the situation worked out once."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Self

from django.utils.translation import gettext as _

from content.call_rules import Rules

logger = logging.getLogger(__name__)

Limit = tuple[Decimal, str]
Ranges = Mapping[str, tuple[Decimal, Decimal]]
KNOWN = (True, False)


class CannotCheckError(Exception):
    """An input that the table cannot judge. The message is for the person."""


@dataclass(frozen=True)
class Reading:
    """A measured number, in the unit in which the person entered it ("" = no unit given)."""

    measure: str
    value: Decimal
    unit: str


@dataclass(frozen=True)
class Entry:
    """One symptom of a check-in. `own` = a symptom that the person named, not one of the table."""

    symptom: str
    score: int | None = None
    signs: frozenset[str] = frozenset()
    readings: tuple[Reading, ...] = ()
    own: bool = False


@dataclass(frozen=True)
class Situation:
    """What is known of the person. A window is True, False (known absent) or missing (unknown).

    No phases = not known: counts as treatment with every window unknown.
    """

    phases: frozenset[str] = frozenset()
    windows: Mapping[str, bool] = field(default_factory=dict)
    centre_limit: Limit | None = None
    own_limit: Limit | None = None
    own_limit_confirmed: bool = False
    # A weight was given and compared: with nothing else entered, that was all there is to check.
    weighed: bool = False
    age_hours: Decimal | float = 0


def explain(error: Exception) -> str:
    """Return what to tell the person; log the kind of an unexpected error, never its words."""
    if isinstance(error, CannotCheckError):
        return str(error)
    logger.error("A check of call levels failed: %s", type(error).__name__)
    return _("Something went wrong while we checked this.")


@dataclass(frozen=True)
class Context:
    """The situation, worked out once. Limits are exact fractions of a degree Celsius.

    `limit` is the one in force (None = the default of the table), `own_limit` the person's own,
    confirmed or not. `unknown_in` are the phases in which an unknown window is looked up.
    """

    rules: Rules
    after: bool
    windows: Mapping[str, bool]
    unknown_in: frozenset[str]
    limit: Fraction | None = None
    own_limit: Fraction | None = None
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, situation: Situation, rules: Rules) -> Self:
        """Work out phases, windows and limits. What cannot be read is named in `problems`."""
        problems: list[str] = []
        after_phases = set(rules.settings.after_phases)
        phases: frozenset[str] = frozenset()
        windows: dict[str, bool] = {}
        limit = own = None
        try:
            phases = frozenset(situation.phases)
            windows = {slug: state for slug, state in situation.windows.items() if state in KNOWN}
        except Exception as error:
            problems.append(explain(error))
        try:
            limit, own = _limits(situation, rules)
        except Exception as error:
            problems.append(explain(error))
        unknown_in = phases
        if not phases or phases - after_phases - set(rules.settings.active_phases):
            windows = {slug: True for slug, state in windows.items() if state}
            named = {phase for row in rules.windows.values() for phase in row.unknown_present_in}
            unknown_in = frozenset(named - after_phases)
        return cls(
            rules=rules,
            # A second phase beside "after" means treatment: nothing is lowered then. Nor by a
            # table that could not be read.
            after=bool(phases) and phases <= after_phases and not rules.broken,
            windows=windows,
            unknown_in=unknown_in,
            limit=limit,
            own_limit=own,
            problems=tuple(problems),
        )

    def presence(self, window: str) -> str:
        """Return "known", "possible" (unknown, counts as present here) or "" (absent)."""
        if window == "any":
            counting = [slug for slug, row in self.rules.windows.items() if row.counts_as_any]
            found = {self.presence(slug) for slug in counting}
            return "known" if "known" in found else "possible" if "possible" in found else ""
        state = self.windows.get(window)
        if state is not None:
            return "known" if state else ""
        row = self.rules.windows.get(window)
        # A window that the table does not describe counts as present: that can only raise.
        return "possible" if row is None or self.unknown_in & set(row.unknown_present_in) else ""

    def fever_limit(self, unit: str) -> Fraction | None:
        """The limit in force in the unit of a reading, or None for the default of the table."""
        return None if self.limit is None else in_unit(self.limit, unit)


def celsius(limit: Limit) -> Fraction:
    """A limit as an exact fraction: F = C * 9/5 + 32, so that 100.4 F is exactly 38.0 C.

    The way back from F has no end as a decimal; hence fractions. Only limits are converted, what
    a person measured never is.
    """
    value, unit = limit
    degrees = Fraction(str(value))
    return degrees if unit == "C" else (degrees - 32) * Fraction(5, 9)


def in_unit(limit: Fraction, unit: str) -> Fraction:
    """A limit in degrees Celsius, exactly, in the unit of a reading."""
    return limit if unit == "C" else limit * Fraction(9, 5) + 32


def looser_than(limit: Limit, centre_limit: Limit | None, rules: Rules) -> bool:
    """Whether a person's own limit is looser than the centre's, or than the usual one."""
    centre = _in_range(centre_limit, rules.settings.centre_limit_range)
    usual = celsius((rules.settings.fever_default["C"], "C"))
    return celsius(limit) > (usual if centre is None else centre)


def _limits(situation: Situation, rules: Rules) -> tuple[Fraction | None, Fraction | None]:
    """Return the limit in force and the person's own; a looser one waits for its confirmation."""
    own = _in_range(situation.own_limit, rules.settings.own_limit_range)
    centre = _in_range(situation.centre_limit, rules.settings.centre_limit_range)
    if own is None:
        return centre, None
    counts = situation.own_limit_confirmed is True or not looser_than(
        situation.own_limit, situation.centre_limit, rules
    )
    return (own if counts else centre), own


def _in_range(limit: Limit | None, ranges: Ranges) -> Fraction | None:
    """The limit, or None when it lies outside what may be set."""
    if limit is None:
        return None
    value, unit = limit
    low, high = ranges[unit]
    return celsius(limit) if low <= value <= high else None
