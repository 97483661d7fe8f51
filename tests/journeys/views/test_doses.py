"""The doses of a day: one press writes one down, one takes it back."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from journeys.models import AccessEvent, Dose
from tests import clock
from tests.factories import make_dose, make_medicine
from tests.world import url

TODAY = timezone.localdate


def ago(days):
    return TODAY() - timedelta(days=days)


def day_page(client, journey, day=None):
    asked = {"day": day.isoformat()} if day else {}
    return client.get(url("dose_list", journey_id=journey.pk), asked).content.decode()


def press(client, journey, medicine, outcome="taken", *, day=None, slot="", **more):
    address = url("dose_write", journey_id=journey.pk, medicine_id=medicine.pk)
    data = {"day": (day or TODAY()).isoformat(), "slot": slot, "outcome": outcome}
    return client.post(address, data | more)


def test_one_press_writes_a_dose_down_and_one_takes_it_back(as_owner, journey):
    medicine = make_medicine(journey=journey)
    assert 'value="taken"' in day_page(as_owner, journey)
    press(as_owner, journey, medicine)
    dose = journey.doses.get()
    assert (dose.outcome, dose.author) == ("taken", journey.owner)
    assert "<strong>Taken</strong>" in day_page(as_owner, journey)
    as_owner.post(url("dose_delete", journey_id=journey.pk, dose_id=dose.pk))
    assert 'value="taken"' in day_page(as_owner, journey)


def test_a_double_press_makes_one_row_and_another_word_corrects_it(as_owner, journey):
    medicine = make_medicine(journey=journey)
    for outcome in ("taken", "taken", "missed"):
        press(as_owner, journey, medicine, outcome)
    dose = journey.doses.get()
    assert (dose.outcome, dose.version) == ("missed", 2)


def test_a_missed_dose_says_not_to_double_it(as_owner, journey):
    press(as_owner, journey, make_medicine(journey=journey), "missed")
    page = day_page(as_owner, journey)
    assert "Do not take two to catch up" in page
    assert "/symptoms/missed-tablets/" in page


def test_a_caregiver_presses_too_and_is_named(as_contributor, as_owner, journey):
    press(as_contributor, journey, make_medicine(journey=journey), "changed", note="half of it")
    page = day_page(as_owner, journey)
    assert "<strong>Changed</strong>: half of it" in page
    assert "Conny Contributor" in page


def test_a_caregiver_does_not_overwrite_the_word_of_another(as_contributor, journey):
    medicine = make_medicine(journey=journey)
    make_dose(journey=journey, medicine=medicine, outcome="missed")
    assert press(as_contributor, journey, medicine, "taken").status_code == 403


def test_as_needed_may_be_pressed_several_times_a_day(as_owner, journey):
    medicine = make_medicine(journey=journey, name="Ondansetron", schedule="as-needed")
    assert "Ondansetron taken now" in day_page(as_owner, journey)
    for _ in range(2):
        press(as_owner, journey, medicine)
    assert journey.doses.count() == 2


def test_one_form_sent_twice_is_one_dose_as_needed(as_owner, journey):
    medicine = make_medicine(journey=journey, schedule="as-needed")
    page = day_page(as_owner, journey)
    client_id = re.search(r'name="client_id" value="([^"]+)"', page)[1]
    for _ in range(2):
        press(as_owner, journey, medicine, client_id=client_id)
    assert journey.doses.count() == 1


def test_doses_of_another_day_can_be_written_down_later(as_owner, journey):
    medicine = make_medicine(journey=journey, begins_on=ago(5))
    answer = press(as_owner, journey, medicine, day=ago(2))
    assert answer["Location"].endswith(f"?day={ago(2).isoformat()}")
    assert journey.doses.get().due_on == ago(2)


@pytest.mark.parametrize("change", [{"slot": "07:00"}, {"day": clock.TODAY + timedelta(days=1)}])
def test_a_dose_that_is_not_due_is_not_written_down(as_owner, journey, change):
    medicine = make_medicine(journey=journey)
    answer = press(as_owner, journey, medicine, **change)
    assert "not on the plan any more" in as_owner.get(answer["Location"]).content.decode()
    assert not Dose.objects.exists()


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Today’s doses: Wednesday, 13 January"), (1, "Doses of Tuesday, 12 January")],
)
def test_the_page_says_which_day_it_is_about(as_owner, journey, days, words):
    # A page that was left open overnight says "today" of yesterday.
    assert f"<h1>{words}</h1>" in day_page(as_owner, journey, ago(days))


def take_back(client, journey, dose):
    return client.post(url("dose_delete", journey_id=journey.pk, dose_id=dose.pk))


def test_a_dose_as_needed_is_taken_back_as_well(as_owner, journey):
    medicine = make_medicine(journey=journey, name="Ondansetron", schedule="as-needed")
    press(as_owner, journey, medicine)
    page = day_page(as_owner, journey)
    assert "12:00 <strong>Taken</strong>" in page
    assert url("dose_delete", journey_id=journey.pk, dose_id=journey.doses.get().pk) in page
    take_back(as_owner, journey, journey.doses.get())
    assert "<strong>Taken</strong>" not in day_page(as_owner, journey)


def test_on_an_earlier_day_as_needed_has_no_time_of_today(as_owner, journey):
    medicine = make_medicine(journey=journey, name="Ondansetron", schedule="as-needed")
    assert "Ondansetron taken on this day" in day_page(as_owner, journey, ago(1))
    for _ in range(2):
        press(as_owner, journey, medicine, day=ago(1))
    assert [dose.clock for dose in journey.doses.all()] == ["", ""]
    assert "12:00 <strong>" not in day_page(as_owner, journey, ago(1))


def test_each_press_says_what_it_did_and_promises_nothing(as_owner, journey):
    answer = press(as_owner, journey, make_medicine(journey=journey))
    assert "Written down." in as_owner.get(answer["Location"]).content.decode()
    answer = take_back(as_owner, journey, journey.doses.get())
    page = as_owner.get(answer["Location"]).content.decode()
    assert "Taken back." in page
    # A dose is written anew, not restored.
    assert "take this back for a day" not in page


def test_a_dose_at_a_time_that_is_planned_no_more_can_still_be_taken_back(as_owner, journey):
    medicine = make_medicine(journey=journey, times=["08:00"])
    dose = make_dose(journey=journey, medicine=medicine, slot="07:00")
    page = day_page(as_owner, journey)
    assert "07:00 <strong>Taken</strong>" in page
    assert url("dose_delete", journey_id=journey.pk, dose_id=dose.pk) in page


def test_a_caregiver_is_offered_to_take_back_what_they_wrote_alone(as_contributor, journey):
    for name in ("Ondansetron", "Mercaptopurine"):
        make_medicine(journey=journey, name=name)
    theirs, own = journey.medicines.all()
    make_dose(journey=journey, medicine=theirs)
    press(as_contributor, journey, own)
    page = day_page(as_contributor, journey)
    assert page.count("Take this back") == 1
    assert url("dose_delete", journey_id=journey.pk, dose_id=own.doses.get().pk) in page


def test_each_press_says_whose_medicine_it_is(as_contributor, journey):
    make_medicine(journey=journey)
    make_medicine(journey=journey, name="Ondansetron", schedule="as-needed")
    make_dose(journey=journey, author=journey.shares.get().user)
    page = day_page(as_contributor, journey).partition('id="in-place"')[2].partition("</main>")[0]
    buttons = re.findall(r"<button.*?</button>", page, re.DOTALL)
    assert len(buttons) == 5
    assert [one for one in buttons if "Olive’s journey" not in one] == []


def test_a_press_that_changed_nothing_is_not_told_as_a_change(as_contributor, journey):
    press(as_contributor, journey, make_medicine(journey=journey), slot="07:00")
    assert not AccessEvent.objects.filter(kind="write").exists()
