"""Everything that was written down, newest first: one query for a page, whatever the kinds."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import F, Q, QuerySet, TextField, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journeys.access import Access
from journeys.check_in_page import level_words, shown_level
from journeys.guidance import stages_of
from journeys.lab_words import as_printed
from journeys.models import CheckIn, LabResult, User
from journeys.timeline.kinds import (
    BY_NAME,
    COLUMNS,
    KINDS,
    NOTHING,
    UNTIMED,
    Kind,
    Names,
    Row,
)

PAGE = 30
# Kinds that happen at a moment rather than on a day.
TIMED = ("check-in", "visit")
WHOSE = ("author_id", "author__name", "author__email", "only_me")
# Levels that are told with their reasons; the calmer ones only by their name.
MOST_REASONS = 3


@dataclass(frozen=True)
class Cursor:
    """Where a page ends: the next one begins below it."""

    day: date
    moment: datetime
    pk: uuid.UUID

    def __str__(self) -> str:
        return f"{self.day.isoformat()}~{self.moment.isoformat()}~{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Read a mark of paging; one that cannot be read starts at the newest."""
        try:
            day, moment, pk = text.split("~")
            mark = cls(date.fromisoformat(day), datetime.fromisoformat(moment), uuid.UUID(pk))
        except ValueError:
            return None
        readable = timezone.is_aware(mark.moment) and 1 < mark.moment.year < 9999
        return mark if readable and 1 < mark.day.year < 9999 else None

    def below(self) -> Q:
        """What is older, by the columns of `_rows`."""
        same_day = Q(t_day=self.day)
        return (
            Q(t_day__lt=self.day)
            | same_day & Q(t_moment__lt=self.moment)
            | same_day & Q(t_moment=self.moment, t_key__lt=self.pk)
        )


@dataclass(frozen=True)
class Item:
    """One line. `level` is a call level or "", `url` leads to the record or is "".

    `timed`: its clock time is known and says something, beside its day.
    """

    kind: str
    label: Promise
    title: str
    said: tuple[str, ...]
    cursor: Cursor
    url: str = ""
    level: str = ""
    author: str = ""
    only_me: bool = False
    timed: bool = False


def choices(access: Access) -> dict[str, Promise]:
    """Return the kinds this reader may see, by the first name of each label."""
    found: dict[str, Promise] = {}
    for kind in KINDS:
        if access.sees(kind.area) and kind.label not in found.values():
            found[kind.name] = kind.label
    return found


def by_phase(access: Access, items: list[Item], names: Names) -> list[tuple[str, list]]:
    """Group items (newest first) by part of treatment, then by day: [(phase, [(day, items)])].

    A phase is told as "Maintenance, since ..."; it is "" before the first, and for a reader who
    does not see the stage. Costs a query.
    """
    stages = [row for row, _last in reversed(stages_of(access))]

    def phase(item: Item) -> str:
        stage = next((row for row in stages if row.started_on <= item.cursor.day), None)
        if stage is None or not stage.phase:
            return ""
        return _("%(phase)s, since %(day)s") % {
            "phase": names.index.name("phases", stage.phase),
            "day": date_format(stage.started_on, "DATE_FORMAT"),
        }

    return [
        (name, [(day, list(found)) for day, found in groupby(rows, lambda item: item.cursor.day)])
        for name, rows in groupby(items, phase)
    ]


def page(
    access: Access, names: Names, *, only: str = "", before: Cursor | None = None
) -> tuple[list[Item], Cursor | None]:
    """Return one page of items up to today, and where the next begins, or None at the end.

    `only` is a name from `choices`. Costs a query, and one each for the check-ins and for the
    results on the page, whatever the number of records.
    """
    label = BY_NAME[only].label if only in choices(access) else None
    parts = [
        _rows(kind, access, before)
        for kind in KINDS
        if access.sees(kind.area) and label in (None, kind.label)
    ]
    if not parts:
        return [], None
    union = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = union.order_by("-t_day", "-t_moment", "-t_key")[: PAGE + 1]
    rows = [{name.removeprefix("t_"): value for name, value in row.items()} for row in found]
    items = _items(rows[:PAGE], access, names)
    return items, items[-1].cursor if len(rows) > PAGE else None


def _rows(kind: Kind, access: Access, before: Cursor | None) -> QuerySet:
    usual = {"moment": F("created_at"), "word": NOTHING, "detail": NOTHING, "flag": NOTHING}
    columns = usual | {"key": F("pk"), "ref": F("pk")} | kind.columns
    columns["kind"] = Value(kind.name, output_field=TextField())
    # An annotation may not be called like a column of the row, hence the prefix.
    rows = kind.rows(access).readable_by(access.user).order_by()
    rows = rows.annotate(**{f"t_{name}": columns[name] for name in COLUMNS})
    rows = rows.filter(t_day__lte=timezone.localdate())
    if before is not None:
        rows = rows.filter(before.below())
    return rows.values(*WHOSE, *(f"t_{name}" for name in COLUMNS))


def _items(rows: list[Row], access: Access, names: Names) -> list[Item]:
    of = {name: [row["key"] for row in rows if row["kind"] == name] for name in BY_NAME}
    check_ins = CheckIn.objects.in_bulk(of["check-in"]) if of["check-in"] else {}
    results: dict[uuid.UUID, list[LabResult]] = defaultdict(list)
    if of["lab"]:
        for result in access.journey.lab_results.filter(report__in=of["lab"]):
            results[result.report_id].append(result)
    return [_item(row, access, names, check_ins, results) for row in rows]


def _item(
    row: Row,
    access: Access,
    names: Names,
    check_ins: Mapping[uuid.UUID, CheckIn],
    results: Mapping[uuid.UUID, list[LabResult]],
) -> Item:
    kind = BY_NAME[row["kind"]]
    title, said = kind.words(row, names)
    level = ""
    if row["key"] in check_ins:
        level, reasons, _unchecked = shown_level(check_ins[row["key"]], access)
        title = level_words(level, names.rules)[0]
        said = [*(reason["text"] for reason in reasons[:MOST_REASONS]), *said]
    if kind.name == "lab":
        said = [*_outside(results[row["key"]], names), *said]
    return Item(
        kind=kind.name,
        label=kind.label,
        title=title,
        said=tuple(filter(None, said)),
        cursor=Cursor(row["day"], row["moment"], row["key"]),
        url=reverse(kind.url, args=[access.journey.pk, row["ref"]]) if kind.url else "",
        level=level,
        author=User(name=row["author__name"], email=row["author__email"]).shown_name
        if row["author_id"]
        else "",
        only_me=row["only_me"],
        timed=kind.name in TIMED and row["flag"] != UNTIMED,
    )


def _outside(results: list[LabResult], names: Names) -> Iterator[str]:
    """The values outside the range of their own report; the others only by their number."""
    outside = [row for row in results if row.outside]
    for row in outside:
        words = _("below its range") if row.outside == "low" else _("above its range")
        yield f"{names.labs.get(row.lab, row.lab)}: {as_printed(row)}, {words}"
    if len(results) > len(outside):
        yield ngettext("%(count)s value", "%(count)s values", len(results)) % {
            "count": len(results)
        }
