"""A check-in as a page shows it: words instead of slugs, and only what the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from content.call_rules import Level, Rules
from content.models import Centre
from content.translations import said
from journeys.access import Access
from journeys.call_check import found_for
from journeys.forms.symptom_fields import unit_name
from journeys.models import Area, CheckIn, Journey, SymptomEntry

RANKS = {level.value: level.rank for level in Level}


def numbers_to_ring(
    journey: Journey, phases: frozenset[str] = frozenset(), centre: Centre | None = None
) -> dict[str, str]:
    """Return the person's own numbers, the centre's where they gave none.

    The comfort-care team's number is only there in comfort-focused care, where it comes first.
    """
    centre = centre or Centre.load()
    return {
        "cancer_line": journey.cancer_line or centre.cancer_line,
        "emergency_number": journey.emergency_number or centre.emergency_number,
        "comfort_line": journey.comfort_line if "comfort" in phases else "",
    }


@dataclass(frozen=True)
class ShownEntry:
    name: str
    slug: str
    said: tuple[str, ...]
    level: str
    do_now: str
    do_not: str
    absent: bool


@dataclass(frozen=True)
class ShownCheckIn:
    """`level` is a call level, "history" or "unchecked"."""

    check_in: CheckIn
    entries: tuple[ShownEntry, ...]
    level: str
    level_name: str
    act: str
    reasons: tuple[dict[str, str], ...]
    # Whether a part of what is shown could not be checked.
    unchecked: bool

    @property
    def absent(self) -> tuple[str, ...]:
        """Names of the symptoms that were said not to be there."""
        return tuple(entry.name for entry in self.entries if entry.absent)

    @property
    def calls(self) -> bool:
        """Whether there is somebody to ring, so that the numbers are shown."""
        return self.level in (Level.SAME_DAY, Level.NOW, Level.AMBULANCE, "unchecked")

    @property
    def is_urgent(self) -> bool:
        return self.level in (Level.NOW, Level.AMBULANCE)


def shown_level(check_in: CheckIn, access: Access) -> tuple[str, list[dict[str, str]], bool]:
    """Return level, reasons and whether a part is unchecked, as this reader may know them.

    Who does not see mood, or what the patient kept to themselves, gets the level that was found
    without it: that of the whole would tell them of the rest. The strongest reasons come first.
    """
    level, reasons, unchecked = check_in.level, check_in.reasons, check_in.unchecked
    if found := found_for(access, check_in):
        level, reasons, unchecked = found["level"], found["reasons"], found["unchecked"]
    return level, sorted(reasons, key=lambda reason: -RANKS.get(reason["level"], 0)), unchecked


def areas_of(check_ins: Iterable[CheckIn], access: Access) -> set[str]:
    """Return the parts of which these check-ins, with their levels, tell this reader."""
    told = set()
    for row in check_ins:
        told |= {entry.area for entry in row.entries.all()}
        told |= {Area.MOOD} if row.without_mood else set()
    return told & access.areas


def show_check_in(check_in: CheckIn, access: Access, rules: Rules) -> ShownCheckIn:
    """Build what a page shows of a check-in to this reader."""
    entries = [entry for entry in check_in.entries.all() if access.sees(entry.area)]
    level, reasons, unchecked = shown_level(check_in, access)
    name, act = level_words(level, rules)
    return ShownCheckIn(
        check_in=check_in,
        entries=tuple(show_entry(entry, rules) for entry in entries),
        level=level,
        level_name=name,
        act=act,
        reasons=tuple(reasons),
        unchecked=unchecked,
    )


def level_words(level: str, rules: Rules) -> tuple[str, str]:
    """Return the name of a call level, "history" or "unchecked", and what to do about it."""
    texts = rules.settings.texts
    if level == "unchecked":
        return _("We could not check this"), said(texts.get("unchecked", ""))
    if level == "history":
        return _("Kept as history"), said(texts.get("history", ""))
    text = rules.levels.get(Level(level))
    return (said(text.name), said(text.act)) if text else (str(Level(level).label), "")


def show_entry(entry: SymptomEntry, rules: Rules) -> ShownEntry:
    """Return what a page shows of one symptom: what was said, in words."""
    symptom = rules.symptoms.get(entry.symptom)
    words = []
    if entry.score is not None:
        words.append(score_in_words(entry, rules))
    words += [_reading(reading, rules) for reading in entry.readings]
    if symptom:
        words += [said(symptom.signs[sign].text) for sign in entry.signs if sign in symptom.signs]
    return ShownEntry(
        name=symptom_name(entry, rules),
        slug=entry.symptom if symptom else "",
        said=tuple(words),
        level=entry.level,
        do_now=said(symptom.do_now) if symptom else "",
        do_not=said(symptom.do_not) if symptom else "",
        absent=entry.score == 0 and not entry.signs and not entry.readings,
    )


def symptom_name(entry: SymptomEntry, rules: Rules) -> str:
    """Return what a symptom is called: by the person, by the catalogue, else by its slug."""
    symptom = rules.symptoms.get(entry.symptom)
    return entry.own_name or (said(symptom.name) if symptom else entry.symptom.replace("-", " "))


def score_in_words(entry: SymptomEntry, rules: Rules) -> str:
    """Return the score of an entry with its words: "2 – Must rest in the day"."""
    symptom = rules.symptoms.get(entry.symptom)
    anchor = symptom.anchors.get(entry.score) if symptom else None
    words = said(anchor.text) if anchor else own_words(entry.score, rules)
    return f"{entry.score} – {words}" if words else str(entry.score)


def own_words(score: int, rules: Rules) -> str:
    """The general words for a score, used for a symptom that a person named."""
    return said(rules.settings.texts.get(f"own_scale_{score}", ""))


def _reading(reading: dict[str, str], rules: Rules) -> str:
    measure = rules.measures.get(reading["measure"])
    name = said(measure.name) if measure else reading["measure"].replace("_", " ")
    unit = unit_name(reading["unit"])
    gap = "" if unit == "%" else " "
    words = f"{name}: {reading['value']}{gap}{unit}"
    if "from" in reading:
        return _("%(reading)s, from what you weighed") % {"reading": words}
    return f"{words} ({_(reading['method'])})" if reading.get("method") else words
