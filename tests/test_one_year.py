"""A whole year of daily use costs as many queries as one week of it."""

import uuid
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from journeys.models import CheckIn, Dose, SymptomEntry
from tests.factories import (
    make_appointment,
    make_lab_report,
    make_medicine,
    make_note,
    make_procedure,
    make_question,
    make_stage,
)
from tests.test_query_counts import LIST, SAVE, TODAY, assert_at_most, queries_of, saves
from tests.world import url

pytestmark = pytest.mark.verify

WEEK, YEAR = 7, 365
SYMPTOMS = (
    "fever", "tired", "nausea", "mouth-sores", "poor-appetite", "sleep", "numb-or-tingling",
    "constipation", "headache", "bruises-or-spots", "low-mood-or-worry",
)  # fmt: skip
PAGES = {
    "today": TODAY,
    "check_in_list": LIST,
    "timeline": LIST,
    "trend_list": LIST,
    "trend_detail": LIST,
    "weight_detail": LIST,
    "lab_trend_detail": LIST,
    "procedure_list": LIST,
}
OF = {"trend_detail": {"symptom": "fever"}, "lab_trend_detail": {"lab": "platelets"}}


def live(journey, other, days):
    """Write down so many days, every fifth by somebody else: eleven symptoms a day."""
    today = timezone.localdate()
    check_ins, entries, doses = [], [], []
    medicine = make_medicine(journey=journey, begins_on=today - timedelta(days=days))
    for back in range(days):
        day = today - timedelta(days=back)
        author = other if back % 5 == 4 else journey.owner
        whose = {"journey": journey, "author": author}
        check_in = CheckIn(
            **whose,
            occurred_at=timezone.make_aware(datetime.combine(day, time(0, 1))),
            occurred_on=day,
            level="same_day" if back % 9 == 0 else "none",
            weight=70 + back % 3,
            weight_unit="kg",
        )
        check_ins.append(check_in)
        for symptom in SYMPTOMS:
            area = "mood" if symptom == "low-mood-or-worry" else "symptoms"
            said = {"score": back % 4} if symptom != "fever" else {"readings": [WARM]}
            entries.append(
                SymptomEntry(**whose, check_in=check_in, symptom=symptom, area=area, **said)
            )
        doses.append(Dose(**whose, medicine=medicine, due_on=day, outcome="taken"))
    CheckIn.objects.bulk_create(check_ins)
    SymptomEntry.objects.bulk_create(entries)
    Dose.objects.bulk_create(doses)
    for week in range(days // 7):
        day = today - timedelta(days=7 * week)
        make_lab_report(journey=journey, taken_on=day, results={"platelets": "80"})
        make_appointment(journey=journey, day=day - timedelta(days=1))
        make_procedure(journey=journey, kind="block", name=f"Block {week}", done_on=day)
        make_note(journey=journey, noted_on=day)
        make_question(journey=journey, text="What next?", answer="Rest.", answered_on=day)


WARM = {"measure": "temperature", "value": "37.1", "unit": "C"}


@pytest.fixture
def lived(journey, contributor):
    def lived(days):
        journey.check_ins.all().delete()
        journey.medicines.all().delete()
        live(journey, contributor, days)

    for phase, back in (("before", 365), ("induction", 340), ("maintenance", 100)):
        started_on = timezone.localdate() - timedelta(days=back)
        make_stage(journey=journey, phase=phase, started_on=started_on)
    return lived


@pytest.mark.parametrize("name", PAGES)
def test_a_year_is_read_with_as_few_queries_as_a_week(as_owner, journey, lived, name):
    address = url(name, journey_id=journey.pk, **OF.get(name, {}))
    lived(WEEK)
    as_owner.get(address)  # what content keeps in memory is read once
    week = queries_of(lambda: as_owner.get(address))
    lived(YEAR)
    assert journey.symptom_entries.count() > 4000
    year = queries_of(lambda: as_owner.get(address))
    assert_at_most(PAGES[name], year)
    assert len(year) <= len(week), "\n".join(year)


@pytest.mark.parametrize("period", ["?days=365", "?days=14"])
def test_every_period_of_the_charts_costs_the_same(as_owner, journey, lived, period):
    lived(YEAR)
    address = url("trend_list", journey_id=journey.pk) + period
    as_owner.get(address)
    assert_at_most(LIST, queries_of(lambda: as_owner.get(address)))


def test_a_check_in_is_saved_as_quickly_after_a_year(as_owner, journey, lived):
    lived(YEAR)
    given = saves(journey)["check_in_add"] | {"client_id": str(uuid.uuid4())}
    address = url("check_in_add", journey_id=journey.pk)
    as_owner.post(address, saves(journey)["check_in_add"])
    assert_at_most(SAVE, queries_of(lambda: as_owner.post(address, given)))
