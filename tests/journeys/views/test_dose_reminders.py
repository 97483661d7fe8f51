"""A mail when a dose with a time is due: only by choice, in time, and only while it is open."""

from datetime import timedelta

import pytest
from django.core import mail

from journeys.models import Area, ReminderChoice
from tests.factories import make_dose, make_medicine, make_reminder_choice, make_share, make_user
from tests.journeys.views.reminder_tools import NOON, run

pytestmark = pytest.mark.usefixtures("noon")
# Olive lives two hours ahead: her noon. The medicine begins some days before.
TIMES = {"times": ["12:00"], "begins_on": NOON.date() - timedelta(days=9)}


@pytest.fixture
def wants(choice):
    """The owner wants mails about doses and nothing else."""
    ReminderChoice.objects.update(doses=True, check_in="off", day_before=False)
    return choice


def test_it_comes_at_its_time_and_once_for_all_of_that_time(wants, journey):
    make_medicine(journey=journey, name="Mercaptopurine", **TIMES)
    make_medicine(journey=journey, name="Posaconazole", **TIMES)
    assert run(NOON - timedelta(minutes=1)) == 0
    assert run(NOON) == 1
    assert run(NOON + timedelta(minutes=5)) == 0
    assert "Mercaptopurine" not in mail.outbox[0].body


def test_nobody_gets_one_who_did_not_choose_it(choice, journey):
    ReminderChoice.objects.update(check_in="off")
    make_medicine(journey=journey, **TIMES)
    assert run(NOON) == 0


def test_a_dose_that_is_written_down_needs_none(wants, journey):
    medicine = make_medicine(journey=journey, **TIMES)
    make_dose(journey=journey, medicine=medicine, due_on=NOON.date(), slot="12:00")
    assert run(NOON) == 0


def test_one_that_comes_too_late_is_not_sent(wants, journey):
    make_medicine(journey=journey, **TIMES)
    assert run(NOON + timedelta(minutes=61)) == 0


@pytest.mark.parametrize("fields", [{"times": []}, {"schedule": "as-needed"}, {"times": ["22:30"]}])
def test_none_without_a_time_when_needed_or_in_quiet_hours(wants, journey, fields):
    make_medicine(journey=journey, **(TIMES | fields))
    assert run(NOON + timedelta(hours=10, minutes=31)) == 0
    assert run(NOON) == 0


def test_a_caregiver_gets_one_only_of_what_they_see(wants, journey):
    ReminderChoice.objects.update(doses=False)
    caregiver = make_user()
    share = make_share(journey=journey, user=caregiver, role="contributor")
    make_reminder_choice(
        journey=journey, user=caregiver, doses=True, check_in="off", day_before=False
    )
    medicine = make_medicine(journey=journey, only_me=True, **TIMES)
    assert run(NOON) == 0
    medicine.only_me = False
    medicine.save()
    share.areas = [Area.NOTES]
    share.save()
    assert run(NOON) == 0
    share.areas = [Area.MEDICINES]
    share.save()
    assert run(NOON) == 1
