"""The call levels as a sheet to sign: every rule as a line of words, and what has changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, zip_longest
from typing import NamedTuple

from django.utils.translation import gettext as _

from content.call_conditions import in_words, limit_in_words, unit_in_words
from content.call_rules import (
    FEVER_LIMIT,
    Level,
    Rules,
    Sign,
    SymptomRules,
    Threshold,
    WindowRule,
)
from content.index import content_index
from content.models import Centre


class Line(NamedTuple):
    """One line. `key` says which rule it is: lines of the same key are compared."""

    group: str
    key: str
    label: str
    text: str
    level: str = ""


@dataclass(frozen=True)
class Change:
    """A line that came (`old` is None), went (`new` is None) or reads another way."""

    old: Line | None
    new: Line | None

    @property
    def line(self) -> Line:
        return self.new or self.old


def sheet(rules: Rules, centre: Centre) -> list[Line]:
    """Return every line that a clinician signs, the centre's own numbers first."""
    lines = [
        *_centre(centre),
        *_settings(rules),
        *_levels(rules),
        *_red_list(rules),
        *_windows(rules),
        *_measures(rules),
        *_combinations(rules),
    ]
    for symptom in rules.symptoms.values():
        lines += _symptom(symptom, rules)
    return lines


def number(lines: Iterable[Line]) -> str:
    """Return the number that is printed on the sheet: another one after any change."""
    digest = hashlib.sha256(json.dumps([line[1:] for line in lines]).encode()).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}"


def grouped(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Return (heading, lines) in the order of the sheet."""
    return [(group, list(found)) for group, found in groupby(lines, lambda line: line.group)]


def changes(old: Iterable[Iterable[str]], new: Iterable[Line]) -> list[Change]:
    """Return what differs between two sheets, in the order of the new one."""
    before, after = _by_key(Line(*line) for line in old), _by_key(new)
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        gone, come = before.get(key, []), after.get(key, [])
        same = {line[2:] for line in gone} & {line[2:] for line in come}
        pairs = zip_longest(
            [line for line in gone if line[2:] not in same],
            [line for line in come if line[2:] not in same],
        )
        found += [Change(*pair) for pair in pairs]
    return found


def _by_key(lines: Iterable[Line]) -> dict[str, list[Line]]:
    grouped_lines: dict[str, list[Line]] = {}
    for line in lines:
        grouped_lines.setdefault(line.key, []).append(line)
    return grouped_lines


# --- What holds for all ---------------------------------------------------------------------------
def _centre(centre: Centre) -> Iterator[Line]:
    limit = f"{centre.fever_limit} °{centre.fever_limit_unit}" if centre.limit else ""
    rows = {
        "name": (_("Name"), centre.name),
        "cancer_line": (_("24-hour cancer line"), centre.cancer_line),
        "emergency_number": (_("Emergency number"), centre.emergency_number),
        "crisis_line": (_("Crisis line"), centre.crisis_line),
        "fever_limit": (_("Fever limit of this center"), limit),
    }
    for name, (label, text) in rows.items():
        yield Line(_("This center"), f"centre/{name}", label, text or _("not set"))


def _settings(rules: Rules) -> Iterator[Line]:
    own = rules.settings
    unit = {"C": "°C", "F": "°F"}
    limits = " / ".join(f"{own.fever_default[one]:f} {name}" for one, name in unit.items())
    rows = {
        "version": (_("Version of the table"), own.version),
        "fever": (_("Fever limit where none is set"), limits),
        "centre_range": (_("A center may set"), _ranges(own.centre_limit_range)),
        "own_range": (_("A person may set"), _ranges(own.own_limit_range)),
        "within": (_("Entries count together for"), _hours(own.within_hours)),
        "late": (_("An entry is late after"), _hours(own.late_after_hours)),
        "history": (_("An entry gets no level after"), _hours(own.history_after_hours)),
        "own": (_("Own symptoms, scores 0 to 4"), _scores(own.own_levels, rules)),
        "two": (_("Two things for today mean call now"), _yes(own.two_same_day)),
        "active": (_("Phases of treatment"), _phases(own.active_phases)),
        "after": (_("Phases after treatment"), _phases(own.after_phases)),
        "step": (
            _("One level lower after treatment"),
            "; ".join(
                f"{_level(one, rules)} → {_level(to, rules)}"
                for one, to in own.step_down.items()
                if one != to
            ),
        ),
    }
    if rules.broken:
        rows["broken"] = (_("Damaged"), _("A part of these rules could not be read."))
    for name, (label, text) in rows.items():
        yield Line(_("Limits and times"), f"settings/{name}", label, text)
    for name, text in own.texts.items():
        yield Line(_("Sentences people read"), f"texts/{name}", name.replace("_", " "), text)


def _phases(slugs: Iterable[str]) -> str:
    index = content_index()
    return ", ".join(index.name("phases", slug) for slug in slugs)


def _levels(rules: Rules) -> Iterator[Line]:
    for row in rules.levels.values():
        yield Line(_("Call levels, in rising order"), f"level/{row.slug}", row.name, row.act)


def _red_list(rules: Rules) -> Iterator[Line]:
    for row in rules.settings.red_list:
        yield Line(_("Red list"), "red-list", _("Sign"), row.text, _level(row.level, rules))


def _windows(rules: Rules) -> Iterator[Line]:
    for row in rules.windows.values():
        yield Line(_("Windows of risk"), f"window/{row.slug}", row.name, _window(row))


def _window(row: WindowRule) -> str:
    parts = [row.question, row.length]
    if row.days is not None:
        parts.append(_("%(number)s days.") % {"number": row.days})
    if row.hours is not None:
        parts.append(_("%(number)s hours.") % {"number": row.hours})
    if row.counts_as_any:
        parts.append(_("Counts as “any window”."))
    phases = _phases(row.unknown_present_in) or _("no phase")
    parts.append(_("While not known it counts as present in: %(phases)s.") % {"phases": phases})
    return " ".join(part for part in parts if part)


def _measures(rules: Rules) -> Iterator[Line]:
    for row in rules.measures.values():
        text = _("Units: %(units)s. Possible: %(ranges)s.") % {
            "units": ", ".join(row.units),
            "ranges": _ranges(row.plausible),
        }
        text = " ".join([text, ", ".join(row.methods), row.remark]).strip()
        yield Line(_("What is measured"), f"measure/{row.slug}", row.name, text)


def _combinations(rules: Rules) -> Iterator[Line]:
    for row in rules.combinations:
        text = in_words(row.conditions, rules)
        if not row.enabled:
            text = _("Switched off. %(text)s") % {"text": text}
        key = f"combination/{row.slug}"
        yield Line(_("Several things together"), key, row.text, text, _level(row.level, rules))


# --- One symptom ----------------------------------------------------------------------------------
def _symptom(row: SymptomRules, rules: Rules) -> Iterator[Line]:
    def line(key: str, label: str, text: str, level: Level | None = None, more: str = "") -> Line:
        said = _level(level, rules) + more if level else ""
        return Line(row.name, f"symptom/{row.slug}/{key}", label, text, said)

    yield line("name", _("Kind"), f"{row.name} ({row.kind}, {row.area})")
    if row.broken:
        yield line("broken", _("Damaged"), _("A part of these rules could not be read."))
    if not row.listed:
        yield line("listed", _("Archived"), _("Nobody can log it any more; old entries count."))
    for anchor in row.anchors.values():
        label = _("Score %(score)s") % {"score": anchor.score}
        yield line(f"score/{anchor.score}", label, anchor.text, anchor.level)
    for window, levels in row.window_levels.items():
        label = _("Scores while: %(window)s") % {"window": _window_name(window, rules)}
        yield line(f"window/{window}", label, _scores(levels, rules))
    for one in row.thresholds:
        yield line(_kind_of(one), _("Number"), _threshold(one, row, rules), one.level)
    for sign in row.signs.values():
        yield line(f"sign/{sign.slug}", _("Sign"), sign.text, sign.level, _raised(sign, rules))
    if row.score_from:
        yield line("from", _("Instead of the score"), _measure_name(row.score_from, rules))
    yield line("after", _("After treatment"), _after(row, rules))
    if row.do_now:
        yield line("do", _("Do this"), row.do_now)
    if row.do_not:
        yield line("do-not", _("Do not do this"), row.do_not)


def _kind_of(row: Threshold) -> str:
    # Without number and level: a line whose number changed is told as old and new.
    return "number/" + "/".join((row.measure, row.op, row.unit, row.when_window, row.when_sign))


def _threshold(row: Threshold, symptom: SymptomRules, rules: Rules) -> str:
    limit = limit_in_words(row.op, f"{row.value:f}", row.unit)
    parts = [f"{_measure_name(row.measure, rules)} {limit}"]
    if row.when_window:
        window = _window_name(row.when_window, rules)
        parts.append(_("only while: %(window)s") % {"window": window})
    if row.when_sign:
        sign = symptom.signs.get(row.when_sign)
        parts.append(_("only with: %(sign)s") % {"sign": sign.text if sign else row.when_sign})
    if row.replace_by:
        limit = _("the fever limit in force") if row.replace_by == FEVER_LIMIT else row.replace_by
        parts.append(_("gives way to %(limit)s") % {"limit": limit})
    return ", ".join(parts)


def _raised(sign: Sign, rules: Rules) -> str:
    return "".join(
        "; "
        + _("%(level)s while: %(window)s")
        % {"level": _level(level, rules), "window": _window_name(window, rules)}
        for window, level in sign.level_by_window.items()
    )


def _after(row: SymptomRules, rules: Rules) -> str:
    if row.after_rule == "levels":
        return _scores(row.after_levels, rules)
    return _("one level lower") if row.after_rule == "step_down" else _("the same levels")


# --- Words ----------------------------------------------------------------------------------------
def _level(level: Level, rules: Rules) -> str:
    found = rules.levels.get(level)
    return found.name if found else str(level.label)


def _scores(levels: Iterable[Level], rules: Rules) -> str:
    return "; ".join(f"{score} {_level(level, rules)}" for score, level in enumerate(levels))


def _window_name(slug: str, rules: Rules) -> str:
    if slug == "any":
        return _("any window")
    return rules.windows[slug].name if slug in rules.windows else slug


def _measure_name(slug: str, rules: Rules) -> str:
    return rules.measures[slug].name if slug in rules.measures else slug


def _ranges(ranges: Mapping[str, tuple[Decimal, Decimal]]) -> str:
    return "; ".join(
        f"{low:f} – {high:f} {unit_in_words(unit)}".strip() for unit, (low, high) in ranges.items()
    )


def _hours(value: Decimal) -> str:
    return _("%(number)s h") % {"number": f"{value:f}"}


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
