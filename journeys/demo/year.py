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
from journeys.demo.care import write_medicines, write_people, write_procedures
from journeys.demo.story import (
    BLOCKS,
    CONSOLIDATION,
    CURVES,
    FEVER_NIGHT,
    LAST,
    MAINTENANCE,
    NOTES,
    QUESTIONS,
    STAGES,
    UNITS,
    USUAL,
    VISITS,
    WEIGHT,
)
from journeys.models import (
    Appointment,
    Journey,
    LabResult,
    Note,
    Question,
    StageEntry,
    SymptomEntry,
    User,
)


def fill_year(journey: Journey, *, patient: User, caregiver: User) -> None:
    """Write the year into an empty journey. Call levels are found as for anybody."""
    year = Year(journey, patient, caregiver)
    year.stages()
    year.check_ins()
    year.labs()
    year.visits()
    year.words()
    write_medicines(year)
    write_procedures(year)
    write_people(year)


class Year:
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
