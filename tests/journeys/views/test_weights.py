"""Weight in the check-in: typed once, compared with the days before, drawn over time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from journeys.weights import Weight, changes
from tests.asserts import assert_kind_error
from tests.factories import make_check_in, make_treatment
from tests.journeys.views.check_in_tools import answers, note, page_after
from tests.world import url


def weighed(value, unit="kg"):
    return answers() | {"weight": value, "weight_unit": unit}


def weigh(journey, value, *, days_ago, unit="kg", **fields):
    moment = timezone.now() - timedelta(days=days_ago)
    return make_check_in(journey=journey, occurred_at=moment, weight=(value, unit), **fields)


def page_of(client, name, journey, **keys):
    return client.get(url(name, journey_id=journey.pk, **keys)).content.decode()


def test_a_weight_alone_is_a_check_in(as_owner, journey):
    page = page_after(as_owner, note(as_owner, journey, weighed("68,4")))
    assert "68.4 kg" in page
    check_in = journey.check_ins.get()
    assert (check_in.weight, check_in.weight_unit) == (Decimal("68.40"), "kg")
    assert not check_in.entries.exists()


def test_the_unit_and_the_last_weight_are_remembered(as_owner, journey):
    weigh(journey, "150.5", days_ago=4, unit="lb")
    page = page_of(as_owner, "check_in_add", journey)
    assert "Last time: 150.5 lb" in page
    assert '<option value="lb" selected>' in page


@pytest.mark.parametrize(
    ("before", "now", "unit", "level"),
    [
        ("70", "71.99", "kg", "none"),
        ("70", "72", "kg", "same_day"),
        ("150", "154.39", "lb", "none"),
        ("150", "154.4", "lb", "same_day"),
    ],
)
def test_a_gain_in_a_week_counts_from_its_limit_on(as_owner, journey, before, now, unit, level):
    weigh(journey, before, days_ago=6, unit=unit)
    make_treatment(journey=journey, window="inotuzumab_or_transplant", answer="no")
    page_after(as_owner, note(as_owner, journey, weighed(now, unit)))
    assert journey.check_ins.newest_first().first().level == level


def test_the_page_says_what_was_worked_out(as_owner, journey):
    weigh(journey, "70", days_ago=6)
    page = page_after(as_owner, note(as_owner, journey, weighed("72.5")))
    assert "Weight gained in a week: 2.5 kg, from what you weighed" in page


def test_a_slip_corrected_takes_its_alarm_along(as_owner, journey):
    weigh(journey, "70", days_ago=6)
    page_after(as_owner, note(as_owner, journey, weighed("82")))
    check_in = journey.check_ins.newest_first().first()
    address = url("check_in_edit", journey_id=journey.pk, check_in_id=check_in.pk)
    form = as_owner.get(address).context["form"]
    data = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, "", [], False)
    }
    data |= {"symptom": form.shown, "weight": "70.2", "version": check_in.version}
    data["occurred_at"] = timezone.localtime(check_in.occurred_at).strftime("%Y-%m-%dT%H:%M")
    assert as_owner.post(address, data).status_code == 302
    check_in.refresh_from_db()
    assert check_in.level == "none"
    assert not check_in.entries.exclude(readings=[]).exists()


def test_a_weight_that_cannot_be_true_is_asked_back(as_owner, journey):
    answer = note(as_owner, journey, weighed("7000"))
    assert_kind_error(answer)
    answer = note(as_owner, journey, weighed("3"))
    assert_kind_error(answer, "between 20 and 350 kg")
    assert 'value="3"' in answer.content.decode()
    assert not journey.check_ins.exists()


def test_a_weight_somebody_keeps_to_themselves_is_not_told_by_the_difference(
    as_contributor, journey
):
    weigh(journey, "60", days_ago=2, only_me=True)
    page = page_after(as_contributor, note(as_contributor, journey, weighed("70")))
    assert "Weight gained" not in page
    assert "60 kg" not in page_of(as_contributor, "check_in_add", journey)


def test_weights_are_drawn_with_a_table(as_owner, journey):
    weigh(journey, "70", days_ago=6)
    weigh(journey, "154.3", days_ago=1, unit="lb")
    page = page_of(as_owner, "weight_detail", journey)
    assert "70 kg" in page
    assert "154.3 lb" in page
    assert "<svg" in page
    assert "Weight on 2 days. The first was 154.3 lb" in page
    assert "weight/" in page_of(as_owner, "trend_list", journey)


def test_a_loss_in_a_month_counts_in_percent_of_the_highest():
    today = timezone.localdate()
    before = [Weight(today - timedelta(days=20), Decimal(80), "kg")]
    found = changes(Weight(today, Decimal(76), "kg"), before)
    assert found["weight_loss_month"] == (Decimal("5.00"), "percent")
    assert "weight_loss_week" not in found


def test_a_weight_in_the_other_unit_is_compared_exactly():
    today = timezone.localdate()
    before = [Weight(today - timedelta(days=3), Decimal("154.32"), "lb")]
    found = changes(Weight(today, Decimal(72), "kg"), before)
    assert found["weight_gain_3days"] == (Decimal("2.00"), "kg")
