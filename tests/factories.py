"""Plain builders with sensible defaults. Names are invented; nothing is random."""

import itertools
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from content.catalogue import rules
from content.medicine_names import medicine_names
from content.models import LabKind
from journeys import records
from journeys.actions.check_ins import save_check_in
from journeys.models import (
    AccessEvent,
    Appointment,
    Area,
    CalendarFeed,
    CareTeamMember,
    CheckIn,
    DoctorCode,
    Dose,
    DosePlan,
    EmergencyCard,
    FollowUpPlan,
    Journey,
    LabReport,
    LabResult,
    Note,
    OwnMedicine,
    Procedure,
    Question,
    RecentTreatment,
    Reminder,
    ReminderChoice,
    Revision,
    Share,
    StageEntry,
    SymptomEntry,
    User,
)
from journeys.models.doctor_codes import hash_code
from journeys.models.shares import hash_token

PASSWORD = "a quiet long password"
_numbers = itertools.count(1)


def make_user(**fields: Any) -> User:
    fields.setdefault("email", f"person{next(_numbers)}@example.org")
    fields.setdefault("password", PASSWORD)
    return User.objects.create_user(**fields)


def make_journey(*, owner: User | None = None, **fields: Any) -> Journey:
    return Journey.objects.create(owner=owner or make_user(), **fields)


def make_share(*, journey: Journey, user: User, role: str = "viewer", **fields: Any) -> Share:
    now = timezone.now()
    fields.setdefault("areas", list(Area.values))
    fields.setdefault("accepted_at", now - timedelta(days=1))
    fields.setdefault("ends_at", now + timedelta(days=90))
    return Share.objects.create(journey=journey, user=user, role=role, **fields)


def make_stage(*, journey: Journey, started_on: date | None = None, **answers: Any) -> StageEntry:
    return StageEntry.objects.create(
        journey=journey,
        author=journey.owner,
        started_on=started_on or timezone.localdate() - timedelta(days=3),
        **answers,
    )


def make_check_in(
    *,
    journey: Journey,
    author: User | None = None,
    occurred_at: datetime | None = None,
    temperature: str = "",
    note: str = "",
    only_me: bool = False,
    weight: tuple[str, str] | None = None,
    now: datetime | None = None,
    **scores: int,
) -> CheckIn:
    """`scores` are symptoms by slug, with _ for -: `mouth_sores=2`. `now` is when it is written."""
    slugs = {slug.replace("_", "-"): score for slug, score in scores.items()}
    known = rules().symptoms
    entries = [
        SymptomEntry(symptom=slug, score=score, area=known[slug].area)
        for slug, score in slugs.items()
    ]
    if temperature:
        reading = {"measure": "temperature", "value": temperature, "unit": "C"}
        entries.append(SymptomEntry(symptom="fever", readings=[reading]))
    return save_check_in(
        journey=journey,
        by=author or journey.owner,
        entries=entries or [SymptomEntry(symptom="tired", score=1)],
        occurred_at=occurred_at or timezone.now() - timedelta(minutes=5),
        note=note,
        only_me=only_me,
        weight=(Decimal(weight[0]), weight[1]) if weight else None,
        client_id=None,
        now=now,
    )


def make_appointment(*, journey: Journey, **fields: Any) -> Appointment:
    defaults: dict[str, Any] = {
        "author": journey.owner,
        "kind": "clinic-visit",
        "day": timezone.localdate() + timedelta(days=7),
        "time": time(9, 30),
        "zone": "Europe/Vienna",
    }
    return Appointment.objects.create(journey=journey, **(defaults | fields))


def make_question(*, journey: Journey, **fields: Any) -> Question:
    defaults = {"author": journey.owner, "text": "When will my counts be lowest?"}
    return Question.objects.create(journey=journey, **(defaults | fields))


def make_care_member(*, journey: Journey, **fields: Any) -> CareTeamMember:
    defaults = {"author": journey.owner, "name": "Dr. Gray", "day_number": "+00 1 234"}
    return CareTeamMember.objects.create(journey=journey, **(defaults | fields))


def make_emergency_card(*, journey: Journey, **fields: Any) -> EmergencyCard:
    """Fill in the journey's one card."""
    defaults = {"author": journey.owner, "allergies": "Penicillin: rash"}
    return EmergencyCard.objects.update_or_create(journey=journey, defaults=defaults | fields)[0]


def make_lab_report(*, journey: Journey, **fields: Any) -> LabReport:
    """`results` are kinds with numbers in their first unit: `{"neutrophils": "0.5"}`."""
    results = fields.pop("results", {"neutrophils": "0.5", "platelets": "40"})
    values = {"author": journey.owner, "taken_on": timezone.localdate(), "note": ""} | fields
    report = LabReport.objects.create(journey=journey, **values)
    for lab, value in results.items():
        make_lab_result(journey=journey, report=report, lab=lab, value=value)
    return report


def make_lab_result(*, journey: Journey, **fields: Any) -> LabResult:
    if "report" not in fields:
        fields["report"] = make_lab_report(journey=journey, results={})
    values = {
        "author": fields["report"].author,
        "only_me": fields["report"].only_me,
        "lab": "neutrophils",
        "value": "0.5",
    } | fields
    kind = LabKind.objects.get(slug=values["lab"])
    values.setdefault("unit", kind.units.first().unit)
    return LabResult.objects.create(journey=journey, **values)


def make_doctor_code(*, journey: Journey, code: str = "", **fields: Any) -> DoctorCode:
    values = {"user": journey.owner, "made_at": timezone.now()} | fields
    token_hash = hash_code(code or str(uuid.uuid4()))
    return DoctorCode.objects.create(journey=journey, token_hash=token_hash, **values)


def make_calendar_feed(*, journey: Journey, token: str = "", **fields: Any) -> CalendarFeed:
    values = {"user": journey.owner, "name": "My phone"} | fields
    token_hash = hash_token(token or str(uuid.uuid4()))
    return CalendarFeed.objects.create(journey=journey, token_hash=token_hash, **values)


def make_follow_up_plan(*, journey: Journey, **fields: Any) -> FollowUpPlan:
    values = {"author": journey.owner, "plan": "Blood test every 2 months."} | fields
    plan, _made = FollowUpPlan.objects.update_or_create(journey=journey, defaults=values)
    return plan


def make_corrected_note(*, journey: Journey, **fields: Any) -> Note:
    note = make_note(journey=journey, **fields)
    note.text = "What it says now"
    records.change(note, by=journey.owner, expected_version=note.version)
    return note


def make_procedure(*, journey: Journey, **fields: Any) -> Procedure:
    values = {"author": journey.owner, "kind": "lumbar-puncture"} | fields
    return Procedure.objects.create(journey=journey, **values)


def make_note(*, journey: Journey, **fields: Any) -> Note:
    defaults = {"author": journey.owner, "text": "A good day in the garden"}
    return Note.objects.create(journey=journey, **(defaults | fields))


def make_treatment(*, journey: Journey, window: str, answer: str = "yes", **fields: Any) -> Any:
    return RecentTreatment.objects.create(
        journey=journey, author=journey.owner, window=window, answer=answer, **fields
    )


def make_symptom_entry(*, journey: Journey, **fields: Any) -> SymptomEntry:
    """Add one more entry to a check-in of the journey, made for it unless given."""
    defaults = {"author": journey.owner, "symptom": "nausea", "score": 1, "level": "none"}
    fields.setdefault("check_in", None)
    fields["check_in"] = fields["check_in"] or make_check_in(journey=journey)
    return SymptomEntry.objects.create(journey=journey, **(defaults | fields))


def make_revision(*, journey: Journey, **fields: Any) -> Revision:
    defaults = {
        "model": "question",
        "record_id": uuid.uuid4(),
        "version": 1,
        "before": {"text": "What it said"},
        "changed_by": journey.owner,
    }
    return Revision.objects.create(journey=journey, **(defaults | fields))


def make_access_event(*, journey: Journey, **fields: Any) -> AccessEvent:
    defaults = {
        "actor": journey.owner,
        "kind": AccessEvent.Kind.READ,
        "area": Area.SYMPTOMS,
        "at": timezone.now(),
    }
    return AccessEvent.objects.create(journey=journey, **(defaults | fields))


# One builder for every model that belongs to a journey; each takes `journey` and fields.
def make_medicine(*, journey: Journey, **fields: Any) -> OwnMedicine:
    """A medicine with its plan: fields of the plan are taken out by name."""
    plan = {name: fields.pop(name) for name in DosePlan.PRESCRIBED if name in fields}
    values = {"author": journey.owner, "name": "Mercaptopurine"} | fields
    values.setdefault("guide", medicine_names().find(values["name"]))
    medicine = OwnMedicine.objects.create(journey=journey, **values)
    make_dose_plan(journey=journey, medicine=medicine, **plan)
    return medicine


def make_dose_plan(*, journey: Journey, **fields: Any) -> DosePlan:
    if "medicine" not in fields:
        # A plan, as a dose, is as private as its medicine.
        medicine = make_medicine(journey=journey, only_me=fields.get("only_me", False))
        medicine.plans.all().delete()
        fields["medicine"] = medicine
    values = {
        "author": fields["medicine"].author,
        "only_me": fields["medicine"].only_me,
        "begins_on": timezone.localdate() - timedelta(days=30),
        "dose": "1 tablet",
    } | fields
    return DosePlan.objects.create(journey=journey, **values)


def make_dose(*, journey: Journey, **fields: Any) -> Dose:
    private = fields.get("only_me", False)
    medicine = fields.pop("medicine", None) or make_medicine(journey=journey, only_me=private)
    values = {
        "author": medicine.author,
        "only_me": medicine.only_me,
        "due_on": timezone.localdate(),
        "outcome": Dose.Outcome.TAKEN,
    } | fields
    return Dose.objects.create(journey=journey, medicine=medicine, **values)


def make_reminder_choice(*, journey: Journey, **fields: Any) -> ReminderChoice:
    values = {"user": journey.owner} | fields
    return ReminderChoice.objects.create(journey=journey, **values)


def make_reminder(*, journey: Journey, **fields: Any) -> Reminder:
    due = timezone.now() - timedelta(minutes=1)
    values = {
        "user": journey.owner,
        "kind": Reminder.Kind.CHECK_IN,
        "key": uuid.uuid4().hex,
        "due_at": due,
        "try_after": due,
    } | fields
    return Reminder.objects.create(journey=journey, **values)


MAKERS: dict[type[models.Model], Callable[..., models.Model]] = {
    AccessEvent: make_access_event,
    Appointment: make_appointment,
    CalendarFeed: make_calendar_feed,
    CareTeamMember: make_care_member,
    CheckIn: make_check_in,
    DoctorCode: make_doctor_code,
    Dose: make_dose,
    DosePlan: make_dose_plan,
    EmergencyCard: make_emergency_card,
    FollowUpPlan: make_follow_up_plan,
    LabReport: make_lab_report,
    LabResult: make_lab_result,
    Note: make_note,
    OwnMedicine: make_medicine,
    Procedure: make_procedure,
    Question: make_question,
    RecentTreatment: lambda **fields: make_treatment(**({"window": "steroids"} | fields)),
    Reminder: make_reminder,
    ReminderChoice: lambda **fields: make_reminder_choice(**({"user": make_user()} | fields)),
    Revision: make_revision,
    Share: lambda **fields: make_share(**({"user": make_user()} | fields)),
    StageEntry: make_stage,
    SymptomEntry: make_symptom_entry,
}
