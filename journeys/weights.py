"""Weight: what was gained or lost since earlier check-ins, as numbers that the call levels know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from content.call_rules import Rules, SymptomRules
from journeys.lab_words import plain
from journeys.models import Journey, SymptomEntry, User
from journeys.models.symptoms import CheckIn, CheckInQuerySet

KG_PER_LB = Fraction("0.45359237")
LONGEST = timedelta(days=30)
CENT = Decimal("0.01")
# Of a check-in, in the order of `Weight`.
COLUMNS = ("occurred_on", "weight", "weight_unit")
# Marks a reading that nobody typed: a correction of the weight works it out anew.
FROM_WEIGHT = {"from": "weight"}


@dataclass(frozen=True)
class Change:
    """How a measure of the call levels follows from weights: since when, and which way counts."""

    days: int
    gain: bool
    percent: bool = False


# The measures that call-levels.yaml takes "from: weight". The lowest (for a gain) or highest (for
# a loss) weight of those days is compared with today's, so that nothing of the change is missed.
CHANGES = {
    "weight_gain_3days": Change(3, gain=True),
    "weight_gain_week": Change(7, gain=True),
    "weight_loss_week": Change(7, gain=False),
    "weight_loss_month": Change(30, gain=False, percent=True),
}


@dataclass(frozen=True)
class Weight:
    """A weight on a day; `unit` is "kg" or "lb"."""

    on: date
    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}"

    def in_unit(self, unit: str) -> Fraction:
        if unit == self.unit:
            return Fraction(self.value)
        factor = KG_PER_LB if self.unit == "lb" else 1 / KG_PER_LB
        return Fraction(self.value) * factor


def earlier_weights(
    journey: Journey, by: User, on: date, besides: CheckIn | None = None
) -> list[Weight]:
    """Return the weights of the last 30 days that this person may read.

    What is worked out from them is shown with its number: with a weight that somebody else keeps
    to themselves it would tell that weight.
    """
    rows = journey.check_ins.readable_by(by)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return weights_between(rows, on - LONGEST, on)


def weights_between(rows: CheckInQuerySet, begin: date, end: date) -> list[Weight]:
    """Return the weights of these check-ins from the first to the last day, the oldest first."""
    found = rows.weighed().between(begin, end)
    return [Weight(*row) for row in reversed(found.values_list(*COLUMNS))]


def last_weight(rows: CheckInQuerySet) -> Weight | None:
    """Return the newest weight of these check-ins."""
    row = rows.weighed().values_list(*COLUMNS).first()
    return Weight(*row) if row else None


def changes(now: Weight, earlier: Iterable[Weight]) -> dict[str, tuple[Decimal, str]]:
    """Return (number, unit) of each measure that changed in the way that counts.

    Numbers are in the unit of `now`, or in percent of the higher weight, to two places.
    """
    earlier = list(earlier)
    found = {}
    for measure, rule in CHANGES.items():
        since = [
            row.in_unit(now.unit)
            for row in earlier
            if now.on - timedelta(days=rule.days) <= row.on <= now.on
        ]
        if not since:
            continue
        value = Fraction(now.value)
        change = value - min(since) if rule.gain else max(since) - value
        if rule.percent:
            change = change / max(since) * 100
        if change > 0:
            rounded = (Decimal(change.numerator) / Decimal(change.denominator)).quantize(
                CENT, ROUND_HALF_UP
            )
            found[measure] = (rounded, "percent" if rule.percent else now.unit)
    return found


def with_weight(
    rows: list[SymptomEntry], now: Weight, earlier: Iterable[Weight], rules: Rules
) -> list[SymptomEntry]:
    """Return the entries with what the weight says of swelling and appetite, where it may count.

    A change below every limit is not noted. A number that the person gave stays as it is.
    """
    rows = list(rows)
    for measure, (value, unit) in changes(now, earlier).items():
        for symptom in rules.symptoms.values():
            if not _may_count(symptom, measure, value, unit):
                continue
            entry = next((row for row in rows if row.symptom == symptom.slug), None)
            if entry is None:
                entry = SymptomEntry(symptom=symptom.slug, area=symptom.area)
                rows.append(entry)
            if entry.reading(measure) is None:
                reading = {
                    "measure": measure,
                    "value": plain(value),
                    "unit": unit,
                    **FROM_WEIGHT,
                }
                entry.readings = [*entry.readings, reading]
    return rows


def _may_count(symptom: SymptomRules, measure: str, value: Decimal, unit: str) -> bool:
    return any(
        row.measure == measure and row.unit == unit and value >= row.value
        for row in symptom.thresholds
    )
