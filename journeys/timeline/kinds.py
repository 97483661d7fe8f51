"""The kinds of records that stand on the timeline: where their rows are, and what they say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.call_rules import Rules
from content.index import Index
from journeys.access import Access
from journeys.models import Area, Dose, DosePlan


@dataclass(frozen=True)
class Names:
    """What turns slugs into words; kept in memory, so it costs no query a row."""

    index: Index
    rules: Rules
    labs: Mapping[str, str]


Row = dict[str, Any]


def _said(row: Row, names: Names) -> tuple[str, list[str]]:
    return row["word"], [row["detail"]]


def _stage(row: Row, names: Names) -> tuple[str, list[str]]:
    phase = names.index.name("phases", row["word"]) if row["word"] else _("Not known yet")
    return str(phase), [names.index.name("classifications", row["detail"])]


def _appointment(row: Row, names: Names) -> tuple[str, list[str]]:
    return row["detail"] or names.index.name("visit_kinds", row["word"]), []


def _procedure(row: Row, names: Names) -> tuple[str, list[str]]:
    kind = names.index.name("procedures", row["word"])
    return row["detail"] or kind, [kind if row["detail"] else "", row["flag"]]


def _dose(row: Row, names: Names) -> tuple[str, list[str]]:
    return row["word"], [str(Dose.Outcome(row["flag"]).label), row["detail"]]


def _plan(row: Row, names: Names) -> tuple[str, list[str]]:
    words = _("Dose changed: %(dose)s") if row["flag"] else _("Begun: %(dose)s")
    return row["word"], [words % {"dose": row["detail"]}]


def _stopped(row: Row, names: Names) -> tuple[str, list[str]]:
    return row["word"], [str(_("Stopped; this was the last day."))]


@dataclass(frozen=True)
class Kind:
    """A kind of record: its area, its rows for a reader, and which columns say what.

    `columns` gives `day`, and where they differ from the usual `moment`, `word`, `detail`, `flag`
    and `ref` (the key in the address). `words` makes title and lines of a row.
    """

    name: str
    label: Promise
    area: str
    rows: Callable[[Access], QuerySet]
    columns: dict[str, Any]
    url: str = ""
    words: Callable[[Row, Names], tuple[str, list[str]]] = _said


def _text(name: str) -> Cast:
    return Cast(name, TextField())


COLUMNS = ("kind", "day", "moment", "key", "ref", "word", "detail", "flag")
UNTIMED = "untimed"
NOTHING = Value("", output_field=TextField())
EARLIER_PLAN = DosePlan.objects.present().filter(
    medicine=OuterRef("medicine"), begins_on__lt=OuterRef("begins_on")
)
KINDS = (
    Kind(
        "stage",
        _("Stage"),
        Area.STAGE,
        lambda access: access.journey.stage_entries.standing(),
        {"day": F("started_on"), "word": _text("phase"), "detail": _text("classification")},
        words=_stage,
    ),
    Kind(
        "check-in",
        _("Check-in"),
        Area.SYMPTOMS,
        lambda access: access.journey.check_ins.within(access.areas),
        {"day": F("occurred_on"), "moment": F("occurred_at"), "detail": _text("note")},
        "journeys:check_in_detail",
    ),
    Kind(
        "lab",
        _("Lab report"),
        Area.LABS,
        lambda access: access.journey.lab_reports.all(),
        {"day": F("taken_on"), "detail": _text("note")},
        "journeys:lab_detail",
    ),
    Kind(
        "visit",
        _("Appointment"),
        Area.APPOINTMENTS,
        lambda access: access.journey.appointments.taking_place(),
        {
            "day": F("day"),
            "moment": F("starts_at"),
            "word": _text("kind"),
            "detail": _text("title"),
            "flag": Case(
                When(time=None, then=Value(UNTIMED, output_field=TextField())), default=NOTHING
            ),
        },
        "journeys:appointment_detail",
        _appointment,
    ),
    Kind(
        "procedure",
        _("Treatment"),
        Area.MEDICINES,
        lambda access: access.journey.procedures.all(),
        {
            "day": F("done_on"),
            "word": _text("kind"),
            "detail": _text("name"),
            "flag": _text("result"),
        },
        words=_procedure,
    ),
    Kind(
        "answer",
        _("Answer"),
        Area.QUESTIONS,
        lambda access: access.journey.questions.answered().exclude(answered_on=None),
        {"day": F("answered_on"), "word": _text("text"), "detail": _text("answer")},
    ),
    Kind(
        "plan",
        _("Medicine"),
        Area.MEDICINES,
        lambda access: access.journey.dose_plans.filter(medicine__deleted_at=None),
        {
            "day": F("begins_on"),
            "word": _text("medicine__name"),
            "detail": _text("dose"),
            "flag": Case(
                When(Exists(EARLIER_PLAN), then=Value("changed", output_field=TextField())),
                default=NOTHING,
            ),
            "ref": F("medicine_id"),
        },
        "journeys:medicine_detail",
        _plan,
    ),
    Kind(
        "stopped",
        _("Medicine"),
        Area.MEDICINES,
        lambda access: access.journey.medicines.exclude(ended_on=None),
        {"day": F("ended_on"), "word": _text("name")},
        "journeys:medicine_detail",
        _stopped,
    ),
    Kind(
        "dose",
        _("Dose"),
        Area.MEDICINES,
        lambda access: access.journey.doses.filter(medicine__deleted_at=None).exclude(
            outcome=Dose.Outcome.TAKEN
        ),
        {
            "day": F("due_on"),
            "word": _text("medicine__name"),
            "detail": _text("note"),
            "flag": _text("outcome"),
            "ref": F("medicine_id"),
        },
        "journeys:medicine_detail",
        _dose,
    ),
    Kind(
        "note",
        _("Note"),
        Area.NOTES,
        lambda access: access.journey.notes.all(),
        {"day": F("noted_on"), "detail": _text("text")},
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
# What the timeline may tell of.
AREAS = frozenset(kind.area for kind in KINDS) | {Area.MOOD}
