"""What a record said before it was corrected, for whoever may read it now."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.catalogue import rules as load_rules
from content.index import content_index
from journeys.access import Access
from journeys.check_in_page import show_entry
from journeys.lab_words import as_printed, lab_names
from journeys.models import (
    Appointment,
    Area,
    CareTeamMember,
    CheckIn,
    Dose,
    DosePlan,
    EmergencyCard,
    FollowUpPlan,
    JourneyRecord,
    LabReport,
    LabResult,
    Note,
    OwnMedicine,
    Procedure,
    Question,
    Revision,
    SymptomEntry,
)

Said = tuple[tuple[str, str], ...]
# Columns that say nothing to a person, or that are told in another way.
UNSAID = {
    *JourneyRecord.BOOKKEEPING,
    *("only_me", "guide", "suggested", "fold", "starred", "order", "off_wallet", "off_sheet"),
}
# Columns that name something of the content.
NAMED = {(Appointment, "kind"): "visit_kinds", (Procedure, "kind"): "procedures"}


@dataclass(frozen=True)
class Version:
    """One earlier state: what it said, until when, and who changed it then."""

    said: Said
    until: datetime
    changed_by: str


@dataclass(frozen=True)
class History:
    """The earlier states of a record, the newest first. `record` is how it stands now."""

    record: JourneyRecord
    area: str
    versions: tuple[Version, ...]

    @property
    def kind_name(self) -> str:
        return str(self.record._meta.verbose_name)


def _say(record: JourneyRecord, parts: list[JourneyRecord], access: Access) -> Said:
    """Every column that says something, under its name."""
    said = []
    for column in record._meta.concrete_fields:
        if column.name not in UNSAID and column.editable and not column.is_relation:
            words = _words(record, column)
            if words:
                said.append((str(capfirst(column.verbose_name)), words))
    return tuple(said)


def _words(record: JourneyRecord, column: models.Field) -> str:
    value = getattr(record, column.attname)
    if value is True:
        return _("Yes")
    if value in (None, "", False, []):
        return ""
    if names := NAMED.get((type(record), column.name)):
        return content_index().name(names, value)
    if column.choices:
        return str(getattr(record, f"get_{column.name}_display")())
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date | time):
        return date_format(value, "DATE_FORMAT" if isinstance(value, date) else "TIME_FORMAT")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _say_check_in(record: CheckIn, parts: list[SymptomEntry], access: Access) -> Said:
    rules = load_rules()
    shown = [show_entry(row, rules) for row in parts if access.sees(row.area)]
    said = [(row.name, " · ".join(row.said)) for row in shown]
    # The note and the weight of a mixed check-in go with symptoms.
    own = [(_("Weight"), record.weighed), (_("Note"), record.note)]
    said += [row for row in own if row[1] and access.sees(Area.SYMPTOMS)]
    if said:
        when = date_format(timezone.localtime(record.occurred_at), "DATETIME_FORMAT")
        said.insert(0, (_("When was it?"), when))
    return tuple(said)


def _say_labs(record: LabReport, parts: list[LabResult], access: Access) -> Said:
    names = lab_names()
    rows = [(names.get(row.lab, row.lab), as_printed(row)) for row in parts]
    return (*_say(record, [], access), *rows)


def _say_plan(record: DosePlan, parts: list[JourneyRecord], access: Access) -> Said:
    names = ", ".join(map(str, record.weekday_names))
    record.weekdays = []
    return (*_say(record, [], access), *([(_("Days of the week"), names)] if names else []))


@dataclass(frozen=True)
class Kind:
    """A kind of record that can be corrected.

    `part` is a model whose rows are rewritten together with it, and its key to the record.
    """

    model: type[JourneyRecord]
    rows: str
    area: str
    say: Callable[[Any, list[Any], Access], Said] = _say
    part: tuple[type[JourneyRecord], str] | None = None


KINDS = {
    kind.model._meta.model_name: kind
    for kind in (
        Kind(CheckIn, "check_ins", "", _say_check_in, (SymptomEntry, "check_in")),
        Kind(LabReport, "lab_reports", Area.LABS, _say_labs, (LabResult, "report")),
        Kind(Appointment, "appointments", Area.APPOINTMENTS),
        Kind(CareTeamMember, "care_team_members", Area.APPOINTMENTS),
        Kind(Question, "questions", Area.QUESTIONS),
        Kind(Note, "notes", Area.NOTES),
        Kind(OwnMedicine, "medicines", Area.MEDICINES),
        Kind(DosePlan, "dose_plans", Area.MEDICINES, _say_plan),
        Kind(Dose, "doses", Area.MEDICINES),
        Kind(Procedure, "procedures", Area.MEDICINES),
        Kind(EmergencyCard, "emergency_cards", Area.MEDICINES),
        Kind(FollowUpPlan, "follow_up_plans", Area.MEDICINES),
    )
}


def history_of(access: Access, record_id: uuid.UUID) -> History | None:
    """Return the earlier states of a record, or None where this reader may not see it.

    What was marked "only me" then stays with its author. A state that reads to this reader like
    the one after it is left out: what changed is hidden from them.
    """
    revisions = list(
        access.journey.revisions.filter(record_id=record_id)
        .select_related("changed_by")
        .order_by("-version")
    )
    kind = KINDS.get(revisions[0].model) if revisions else None
    record = _record(access, kind, record_id) if kind else None
    if record is None:
        return None
    parts = _parts(access, kind, record_id)
    newer = kind.say(record, _current_parts(record, kind), access)
    versions = []
    for place, row in enumerate(revisions):
        # Parts were put away right after the record they belong to.
        end = revisions[place - 1].pk if place else None
        then = [part for key, part in parts if key > row.pk and (end is None or key < end)]
        state = _state(kind.model, row)
        hidden = state.only_me and not state.is_by(access.user)
        said = () if hidden else kind.say(state, then, access)
        if said and said != newer:
            name = row.changed_by.shown_name if row.changed_by else _("an account that is gone")
            versions.append(Version(said, row.changed_at, name))
            newer = said
    return History(record, kind.area or Area.SYMPTOMS, tuple(versions))


def _record(access: Access, kind: Kind, record_id: uuid.UUID) -> JourneyRecord | None:
    rows = getattr(access.journey, kind.rows).readable_by(access.user)
    if kind.model is CheckIn:
        rows = rows.within(access.areas)
    elif not access.sees(kind.area):
        return None
    return rows.filter(pk=record_id).first()


def _current_parts(record: JourneyRecord, kind: Kind) -> Iterable[JourneyRecord]:
    if kind.part is None:
        return []
    model, link = kind.part
    return list(model.objects.filter(**{link: record}))


def _parts(access: Access, kind: Kind, record_id: uuid.UUID) -> list[tuple[int, JourneyRecord]]:
    """Return the parts that were ever put away with this record, with the key of their revision."""
    if kind.part is None:
        return []
    model, link = kind.part
    rows = access.journey.revisions.filter(
        model=model._meta.model_name, **{f"before__{link}": str(record_id)}
    )
    return [(row.pk, _state(model, row)) for row in rows.order_by("pk")]


def _state(model: type[JourneyRecord], row: Revision) -> Any:
    """Return the record as it was, never to be saved."""
    return model(
        **{
            column.attname: column.to_python(row.before[column.name])
            for column in model._meta.concrete_fields
            if column.name in row.before
        }
    )
