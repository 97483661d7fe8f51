"""One invented year: from the first days through induction and consolidation to maintenance.

Days count from the day the leukemia was found; day 365 is today. Every number follows from the
day alone, so that two trials look alike.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from content.catalogue import rules
from journeys.actions.check_ins import save_check_in
from journeys.actions.labs import save_lab_report
from journeys.models import (
    Appointment,
    CareTeamMember,
    EmergencyCard,
    Journey,
    LabResult,
    Note,
    Question,
    StageEntry,
    SymptomEntry,
    User,
)

LAST = 365
INDUCTION, CONSOLIDATION, MAINTENANCE = 3, 34, 190
FEVER_NIGHT = 19

# Day, classification, phase, Philadelphia chromosome.
STAGES = [
    (0, "newly-diagnosed", "before", ""),
    (INDUCTION, "newly-diagnosed", "induction", "ph-negative"),
    (CONSOLIDATION, "in-remission", "consolidation", "ph-negative"),
    (MAINTENANCE, "in-remission", "maintenance", "ph-negative"),
]
# First days of a block of chemotherapy.
BLOCKS = [INDUCTION, 10, 17, 24, 38, 59, 80, 101, 122, 143, 164, *range(MAINTENANCE, LAST, 28)]

# Blood values on some days; in between they run straight. Dips follow the blocks.
CURVES: dict[str, list[tuple[int, float]]] = {
    "white-cells": [
        (0, 46), (6, 12), (12, 1.1), (19, 0.6), (27, 1.9), (33, 4.2), (46, 1.4), (57, 3.9),
        (68, 1.2), (79, 3.6), (110, 1.5), (121, 3.8), (152, 1.3), (163, 3.9), (200, 3.4),
        (290, 2.9), (LAST, 3.3),
    ],
    "neutrophils": [
        (0, 0.9), (12, 0.2), (19, 0.1), (27, 0.8), (33, 2.1), (46, 0.4), (57, 2.0), (68, 0.3),
        (79, 1.9), (110, 0.5), (121, 1.8), (152, 0.4), (163, 1.9), (200, 1.7), (290, 1.3),
        (LAST, 1.6),
    ],
    "hemoglobin": [
        (0, 8.1), (10, 7.6), (16, 8.8), (22, 7.9), (33, 9.8), (68, 8.9), (110, 9.4), (152, 9.1),
        (200, 11.2), (290, 12.1), (LAST, 12.3),
    ],
    "platelets": [
        (0, 31), (8, 14), (14, 38), (20, 22), (33, 160), (46, 58), (57, 190), (68, 17), (76, 64),
        (90, 205), (110, 61), (121, 190), (152, 55), (163, 198), (200, 210), (LAST, 224),
    ],
}  # fmt: skip
UNITS = {
    "white-cells": "10⁹/L",
    "neutrophils": "10⁹/L",
    "hemoglobin": "g/dL",
    "platelets": "10⁹/L",
}
WEIGHT: list[tuple[int, float]] = [
    (0, 74.2), (8, 75.1), (20, 72.4), (33, 70.2), (110, 68.9), (190, 71.3), (290, 73.6),
    (LAST, 74.0),
]  # fmt: skip
# How strong at which distance from the last block: (first day, last day, score).
USUAL = {
    "tired": [(0, 2, 2), (3, 6, 1), (7, 12, 3), (13, 20, 2)],
    "nausea": [(0, 1, 2), (2, 4, 1)],
    "mouth-sores": [(7, 12, 1)],
    "poor-appetite": [(0, 3, 2), (4, 12, 1)],
    "sleep": [(0, 5, 2)],
    "numb-or-tingling": [(3, 16, 1)],
    "low-mood-or-worry": [(5, 8, 1)],
}
VISITS = [
    (0, "hospital-stay", "Ward 4"),
    (1, "bone-marrow-biopsy", "Ward 4"),
    (5, "lumbar-puncture", "Ward 4"),
    (33, "bone-marrow-biopsy", "Day ward, second floor"),
    *((block, "infusion", "Day ward, second floor") for block in BLOCKS if block > CONSOLIDATION),
    *((day, "clinic-visit", "Clinic, room 3") for day in range(MAINTENANCE + 6, LAST, 28)),
    (LAST + 3, "blood-test", "Clinic, ground floor"),
    (LAST + 9, "clinic-visit", "Clinic, room 3"),
]
QUESTIONS = [
    (2, "How long will I be in the hospital?", "About four weeks, if all goes well.", 4),
    (18, "Who do I call at night?", "The cancer line on the card. At any hour.", 20),
    (33, "What was my MRD result, and down to what limit?", "Not found, down to 0.01 %.", 36),
    (180, "What changes when maintenance begins?", "Tablets at home, and a visit a month.", 190),
    (350, "May I go swimming now that the line is out?", "", None),
    (358, "What should my blood counts be before the next dose?", "", None),
]
NOTES = [
    (4, "The nurse showed me how to read my counts. It helps to know.", False),
    (20, "Fever in the night. We called, we went in, and they gave antibiotics.", False),
    (36, "Remission. I cried in the corridor. Happy tears.", True),
    (120, "First walk around the lake.", False),
    (300, "Back at work for two mornings a week.", False),
]


def fill_year(journey: Journey, *, patient: User, caregiver: User) -> None:
    """Write the year into an empty journey. Call levels are found as for anybody."""
    year = _Year(journey, patient, caregiver)
    year.stages()
    year.check_ins()
    year.labs()
    year.visits()
    year.words()
    year.people()


class _Year:
    """The story told for one journey; each method writes one kind of record."""

    def __init__(self, journey: Journey, patient: User, caregiver: User) -> None:
        self.journey, self.patient, self.caregiver = journey, patient, caregiver
        self.first = timezone.localdate() - timedelta(days=LAST)

    def on(self, day: int) -> date:
        return self.first + timedelta(days=day)

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        return timezone.make_aware(datetime.combine(self.on(day), time(hour, minute)))

    def stages(self) -> None:
        for day, classification, phase, philadelphia in STAGES:
            StageEntry.objects.create(
                journey=self.journey,
                author=self.patient,
                started_on=self.on(day),
                classification=classification,
                phase=phase,
                cell_type="precursor-b",
                philadelphia=philadelphia,
            )

    def check_ins(self) -> None:
        for day in _days_written_down():
            if day == FEVER_NIGHT:
                continue
            by = self.caregiver if day % 6 == 4 else self.patient
            entries = [*_usual(day), _temperature(Decimal("36.4") + Decimal(day * 7 % 8) / 10)]
            weight = (_between(WEIGHT, day), "kg") if day % 3 == 1 else None
            self._check_in(self.at(day, 18, day * 13 % 60), by, entries, weight=weight)
        shaking = [_temperature(Decimal("38.4")), SymptomEntry(symptom="shivers", score=2)]
        self._check_in(self.at(FEVER_NIGHT, 2, 40), self.patient, shaking, "Woke up shaking.")
        better = [_temperature(Decimal("37.2")), SymptomEntry(symptom="tired", score=3)]
        morning = "On the ward. Antibiotics are running."
        self._check_in(self.at(FEVER_NIGHT, 9, 15), self.caregiver, better, morning)
        self.journey.check_ins.update(created_at=F("occurred_at"))

    def _check_in(
        self,
        moment: datetime,
        by: User,
        entries: list[SymptomEntry],
        note: str = "",
        weight: tuple[Decimal, str] | None = None,
    ) -> None:
        save_check_in(
            journey=self.journey,
            by=by,
            entries=entries,
            occurred_at=moment,
            note=note,
            only_me=False,
            client_id=None,
            weight=weight,
            now=moment,
        )

    def labs(self) -> None:
        often = [*range(0, CONSOLIDATION, 3), *range(CONSOLIDATION, MAINTENANCE, 7)]
        for day in (*often, *range(MAINTENANCE, LAST, 14)):
            results = [
                LabResult(lab=lab, unit=UNITS[lab], value=_between(curve, day))
                for lab, curve in CURVES.items()
            ]
            save_lab_report(
                journey=self.journey,
                by=self.patient,
                results=results,
                taken_on=self.on(day),
                note="",
                only_me=False,
                client_id=None,
            )

    def visits(self) -> None:
        for day, kind, place in VISITS:
            Appointment.objects.create(
                journey=self.journey,
                author=self.patient,
                kind=kind,
                day=self.on(day),
                time=time(9, 30),
                zone="UTC",
                place=place,
                person="Dr. Example",
            )

    def people(self) -> None:
        CareTeamMember.objects.create(
            journey=self.journey,
            author=self.patient,
            name="Dr. Example",
            role=CareTeamMember.Role.HEMATOLOGIST,
            day_number="+00 0000 000002",
            day_hours="Monday to Friday, 8 to 16",
            call_for="Results and the plan",
            coordinates=True,
        )
        CareTeamMember.objects.create(
            journey=self.journey,
            author=self.patient,
            name="Day ward, second floor",
            role=CareTeamMember.Role.DAY_CLINIC,
            day_number="+00 0000 000003",
            night_number="+00 0000 000004",
            call_for="To move a visit",
            order=1,
        )
        EmergencyCard.objects.create(
            journey=self.journey,
            author=self.patient,
            name="Robin Sample",
            birth_year=1984,
            allergies="Penicillin: rash",
            line=EmergencyCard.Line.PICC,
            contact_name="Kim Sample",
            contact_phone="+00 0000 000005",
        )

    def words(self) -> None:
        for day, text, answer, answered in QUESTIONS:
            question = Question.objects.create(
                journey=self.journey,
                author=self.patient,
                text=text,
                starred=not answer,
                answer=answer,
                answered_on=None if answered is None else self.on(answered),
                answered_by="Dr. Example" if answer else "",
            )
            Question.objects.filter(pk=question.pk).update(created_at=self.at(day, 20))
        for day, text, only_me in NOTES:
            Note.objects.create(
                journey=self.journey,
                author=self.patient,
                noted_on=self.on(day),
                text=text,
                only_me=only_me,
            )


def _days_written_down() -> Iterator[int]:
    """Every day at first, then every other one, then two a week. Today is still open."""
    yield from range(1, CONSOLIDATION)
    yield from range(CONSOLIDATION, MAINTENANCE, 2)
    yield from (day for day in range(MAINTENANCE, LAST) if day % 7 in (1, 4))


def _usual(day: int) -> Iterable[SymptomEntry]:
    since = min((day - block for block in BLOCKS if block <= day), default=99)
    for slug, course in USUAL.items():
        score = next((score for first, last, score in course if first <= since <= last), 0)
        # Maintenance is gentler.
        score = max(0, score - 1) if day >= MAINTENANCE else score
        yield SymptomEntry(symptom=slug, score=score, area=rules().symptoms[slug].area)


def _temperature(value: Decimal) -> SymptomEntry:
    reading = {"measure": "temperature", "value": str(value), "unit": "C", "method": "mouth"}
    return SymptomEntry(symptom="fever", readings=[reading])


def _between(curve: list[tuple[int, float]], day: int) -> Decimal:
    """Return the value on this day, on the straight line between its neighbours."""
    for (first, low), (last, high) in zip(curve, curve[1:], strict=False):
        if first <= day <= last:
            value = low + (high - low) * (day - first) / (last - first)
            return Decimal(str(round(value, 1 if value < 100 else 0)))
    raise ValueError(day)
