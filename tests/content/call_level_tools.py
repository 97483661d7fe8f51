"""The shipped table of call levels, and short ways to make entries and situations."""

from decimal import Decimal
from functools import cache
from typing import Any

from content import loader
from content.call_levels import Entry, Level, Reading, Rules, Situation, Verdict
from content.call_rows import build_rules
from content.file_format import CATALOGUES
from content.files import read

ACTIVE = ("before", "induction", "consolidation", "maintenance", "cns", "reinduction", "transplant")


@cache
def file_rows() -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    found = {one.name: [row for _, row in read(loader.DATA, one)] for one in CATALOGUES}
    names = [name for name in found if name.startswith("call_rules.yaml:")]
    return found["symptoms.yaml"], {name.partition(":")[2]: found[name] for name in names}


@cache
def rules_from_files() -> Rules:
    return build_rules(*file_rows())


RULES = rules_from_files()


def situation(phase: str = "maintenance", *windows: str, **more: Any) -> Situation:
    """A person of whom every window is known: present if named, else absent."""
    known = {window: window in windows for window in RULES.windows}
    return Situation(frozenset({phase}), known, **more)


def one(symptom: str, score: int | None = None, *signs: str, **more: Any) -> Entry:
    return Entry(symptom, score, frozenset(signs), **more)


def temperature(value: str, unit: str = "C") -> Entry:
    return Entry("fever", readings=(Reading("temperature", Decimal(value), unit),))


def rank(verdict: Verdict) -> float:
    """A level's place; what is unchecked stands between what may wait and what may not."""
    return Level(verdict.level).rank if verdict.level else Level.SAME_DAY.rank - 0.5
