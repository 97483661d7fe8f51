"""The table of call levels as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Row = Mapping[str, Any]
SCORES = range(5)
OPS = (">=", ">", "<=", "<")
FEVER_LIMIT = "fever_limit"


class Level(TextChoices):
    """What to do, in rising order."""

    NONE = "none", _("Nothing to do now")
    SELF_CARE = "self_care", _("Look after it at home")
    NEXT_VISIT = "next_visit", _("Tell your team soon")
    SAME_DAY = "same_day", _("Call today")
    NOW = "now", _("Call now")
    AMBULANCE = "ambulance", _("Call your emergency number")

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True)
class LevelText:
    slug: Level
    name: str
    act: str


@dataclass(frozen=True)
class WindowRule:
    slug: str
    name: str
    question: str
    length: str
    days: int | None
    hours: int | None
    counts_as_any: bool
    unknown_present_in: tuple[str, ...]


@dataclass(frozen=True)
class MeasureRule:
    slug: str
    name: str
    units: tuple[str, ...]
    plausible: Mapping[str, tuple[Decimal, Decimal]]
    methods: tuple[str, ...]
    remark: str


@dataclass(frozen=True)
class Anchor:
    score: int
    text: str
    level: Level


@dataclass(frozen=True)
class Sign:
    slug: str
    text: str
    level: Level
    level_by_window: Mapping[str, Level]


@dataclass(frozen=True)
class Threshold:
    measure: str
    op: str
    value: Decimal
    unit: str
    level: Level
    when_window: str
    when_sign: str
    replace_by: str

    @property
    def plain(self) -> bool:
        """Whether the number alone decides, so that it may go a step down after treatment."""
        return not (self.when_window or self.when_sign)


@dataclass(frozen=True)
class SymptomRules:
    slug: str
    name: str
    kind: str = "scored"
    area: str = "symptoms"
    do_now: str = ""
    do_not: str = ""
    score_from: str = ""
    after_rule: str = "same"
    after_levels: tuple[Level, ...] = ()
    anchors: Mapping[int, Anchor] = field(default_factory=dict)
    signs: Mapping[str, Sign] = field(default_factory=dict)
    thresholds: tuple[Threshold, ...] = ()
    window_levels: Mapping[str, tuple[Level, ...]] = field(default_factory=dict)
    topics: tuple[str, ...] = field(default=(), repr=False)
    listed: bool = True
    broken: bool = False
    # Stands for it in addresses, which carry no words of health.
    number: int = field(default=0, repr=False)

    @property
    def is_fever(self) -> bool:
        return any(row.replace_by == FEVER_LIMIT for row in self.thresholds)


@dataclass(frozen=True)
class Combination:
    slug: str
    level: Level
    text: str
    conditions: tuple[Row, ...]
    enabled: bool


@dataclass(frozen=True)
class RedItem:
    text: str
    level: Level


@dataclass(frozen=True)
class Settings:
    """Rules that hold for every entry. The defaults only serve a table that could not be read."""

    version: str = "0"
    active_phases: tuple[str, ...] = ()
    after_phases: tuple[str, ...] = ("after",)
    own_levels: tuple[Level, ...] = ()
    within_hours: Decimal = Decimal(24)
    history_after_hours: Decimal = Decimal(24)
    late_after_hours: Decimal = Decimal(1)
    step_down: Mapping[Level, Level] = field(default_factory=dict)
    fever_default: Mapping[str, Decimal] = field(
        default_factory=lambda: {"C": Decimal("38"), "F": Decimal("100.4")}
    )
    centre_limit_range: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    own_limit_range: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    two_same_day: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    red_list: tuple[RedItem, ...] = ()


@dataclass(frozen=True)
class Rules:
    """The whole table; `call_rows` builds it. Any change of a rule or a text changes `version`."""

    levels: Mapping[Level, LevelText] = field(default_factory=dict)
    windows: Mapping[str, WindowRule] = field(default_factory=dict)
    measures: Mapping[str, MeasureRule] = field(default_factory=dict)
    symptoms: Mapping[str, SymptomRules] = field(default_factory=dict)
    combinations: tuple[Combination, ...] = ()
    settings: Settings = Settings()
    broken: bool = True
    version: str = ""
