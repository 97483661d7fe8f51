"""Lab results: copied as they are printed, read back in words, drawn with their range."""

import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from journeys.models import LabReport, Revision
from tests.asserts import assert_kind_error, assert_needs_login
from tests.factories import make_lab_report, make_lab_result
from tests.world import url


def values(**numbers):
    """`numbers` are kinds with what is typed: `neutrophils="0.5"`."""
    given = {"taken_on": timezone.localdate().isoformat(), "client_id": str(uuid.uuid4())}
    return given | numbers | {"lab": list(numbers)}


def enter(client, journey, given):
    return client.post(url("lab_add", journey_id=journey.pk), given)


def page_after(client, response):
    assert response.status_code == 302, response.content.decode()[:3000]
    return client.get(response.headers["Location"]).content.decode()


def list_of(client, journey):
    return client.get(url("lab_list", journey_id=journey.pk)).content.decode()


def at(name, report):
    return url(name, journey_id=report.journey_id, report_id=report.pk)


def trend_of(client, journey, lab):
    return client.get(url("lab_trend_detail", journey_id=journey.pk, lab=lab)).content.decode()


def test_a_report_is_entered_in_one_go_and_read_back(as_owner, journey):
    given = values(neutrophils="0,5", platelets="20", hemoglobin="10")
    page = page_after(as_owner, enter(as_owner, journey, given))
    assert "0.5 10⁹/L = 500 cells/µL" in page
    assert "10 g/dL = 100 g/L = 6.206 mmol/L" in page
    assert {row.lab: row.value for row in journey.lab_results.all()} == {
        "neutrophils": Decimal("0.5"),
        "platelets": Decimal(20),
        "hemoglobin": Decimal(10),
    }


def test_a_value_is_kept_in_the_unit_it_was_printed_in(as_owner, journey):
    given = values(neutrophils="500") | {"neutrophils-unit": "cells/µL"}
    page = page_after(as_owner, enter(as_owner, journey, given))
    assert journey.lab_results.get().unit == "cells/µL"
    assert "500 cells/µL = 0.5 10⁹/L" in page
    # The next form offers the same unit first.
    form = as_owner.get(url("lab_add", journey_id=journey.pk)).context["form"]
    assert form["neutrophils-unit"].value() == "cells/µL"


def test_an_odd_value_is_questioned_and_not_refused(as_owner, journey):
    given = values(neutrophils="3000")
    response = enter(as_owner, journey, given)
    assert_kind_error(response, "This looks unusual")
    page = response.content.decode()
    assert 'value="3000"' in page
    assert "3000 10⁹/L = 3000000 cells/µL" in page
    assert not journey.lab_reports.exists()
    page_after(as_owner, enter(as_owner, journey, given | {"sure": "on"}))
    assert journey.lab_results.get().value == 3000


def test_the_reports_own_range_says_what_is_low(as_owner, journey):
    given = values(platelets="140") | {"platelets-low": "150", "platelets-high": "400"}
    page = page_after(as_owner, enter(as_owner, journey, given))
    assert "below its range" in page
    assert "150 – 400" in page


def test_mrd_is_a_limit_with_its_method(as_owner, journey):
    given = values(mrd="0.01") | {"mrd-below": "on", "mrd-method": "Flow cytometry"}
    page = page_after(as_owner, enter(as_owner, journey, given))
    assert re.search(r"below\s+0\.01 %", page)
    assert "Flow cytometry" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"neutrophils": "many"}, "Please write a number"),
        ({"neutrophils": "-1"}, "cannot be below 0"),
        ({"neutrophils": ""}, "One value is enough"),
        ({"neutrophils": "1", "taken_on": "2999-01-01"}, "still to come"),
        ({"neutrophils": "1", "taken_on": ""}, "Choose the day."),
        (
            {"neutrophils": "1", "neutrophils-low": "5", "neutrophils-high": "2"},
            "ends below its beginning",
        ),
    ],
)
def test_what_cannot_be_is_asked_again_kindly(as_owner, journey, typed, words):
    assert_kind_error(enter(as_owner, journey, values(neutrophils="1") | typed), words)
    assert not journey.lab_reports.exists()


def test_another_value_is_added_to_the_page_and_nothing_typed_is_lost(as_owner, journey):
    given = values(neutrophils="0.7") | {"add": "glucose", "more": "1"}
    response = enter(as_owner, journey, given)
    assert response.status_code == 200
    form = response.context["form"]
    assert "glucose" in form.fields
    assert form["neutrophils"].value() == "0.7"


def test_two_taps_make_one_report(as_owner, journey):
    given = values(neutrophils="0.7")
    for _ in range(2):
        enter(as_owner, journey, given)
    assert journey.lab_reports.count() == journey.lab_results.count() == 1


def test_labs_need_a_sign_in_and_are_nothing_to_a_stranger(client, as_stranger, journey):
    assert_needs_login(enter(client, journey, values(neutrophils="1")))
    assert enter(as_stranger, journey, values(neutrophils="1")).status_code == 404
    assert not LabReport.objects.exists()


def test_viewer_reads_but_enters_none(as_viewer, journey):
    make_lab_report(journey=journey)
    page = list_of(as_viewer, journey)
    assert "Neutrophils" in page
    assert "Enter a report" not in page
    assert enter(as_viewer, journey, values(neutrophils="1")).status_code == 403


def test_what_is_only_for_me_nobody_else_reads(as_owner, as_viewer, journey):
    page_after(as_owner, enter(as_owner, journey, values(mrd="0.02") | {"only_me": "on"}))
    assert "MRD" in list_of(as_owner, journey)
    assert "MRD" not in list_of(as_viewer, journey)
    assert "No result in the last year" in trend_of(as_viewer, journey, "mrd")


def test_a_correction_keeps_the_earlier_values(as_owner, journey):
    report = make_lab_report(journey=journey, results={"neutrophils": "0.5"})
    given = values(neutrophils="1.5") | {"version": 1}
    page_after(as_owner, as_owner.post(at("lab_edit", report), given))
    assert journey.lab_results.get().value == Decimal("1.5")
    before = Revision.objects.get(model="labresult").before
    assert Decimal(before["value"]) == Decimal("0.5")


def test_two_people_at_once_lose_nothing(as_owner, journey):
    report = make_lab_report(journey=journey, results={"neutrophils": "0.5"})
    as_owner.post(at("lab_edit", report), values(neutrophils="1.5") | {"version": 1})
    response = as_owner.post(at("lab_edit", report), values(neutrophils="2.5") | {"version": 1})
    assert response.status_code == 409
    assert "1.5" in response.content.decode()
    assert response.context["form"]["neutrophils"].value() == "2.5"


def test_a_deleted_report_comes_back(as_owner, journey):
    report = make_lab_report(journey=journey, results={"glucose": "91"})
    as_owner.post(at("lab_delete", report))
    assert "91 mg/dL" not in list_of(as_owner, journey)
    as_owner.post(at("lab_restore", report))
    assert "91 mg/dL" in list_of(as_owner, journey)


def test_one_value_is_drawn_in_one_unit_with_its_range(as_owner, journey):
    today = timezone.localdate()
    for days, value, unit in ((20, "0.2", "10⁹/L"), (5, "1500", "cells/µL")):
        report = make_lab_report(journey=journey, results={}, taken_on=today - timedelta(days=days))
        make_lab_result(journey=journey, report=report, value=value, unit=unit)
    page = trend_of(as_owner, journey, "neutrophils")
    assert "Neutrophils (cells/µL), 2 results" in page
    assert "Lowest 200 on" in page
    assert "typical range" in page
    # As they were entered, in the table.
    assert "0.2 10⁹/L" in page
    assert "1500 cells/µL" in page


def test_a_value_that_the_guide_does_not_know_has_no_page(as_owner, journey):
    address = url("lab_trend_detail", journey_id=journey.pk, lab="no-such")
    assert as_owner.get(address).status_code == 404


def test_another_journeys_report_is_not_there(as_owner, journey, stranger):
    other = make_lab_report(journey=stranger.own_journeys.get())
    address = url("lab_detail", journey_id=journey.pk, report_id=other.pk)
    assert as_owner.get(address).status_code == 404


def test_a_correction_starts_from_the_numbers_as_they_were_typed(as_owner, journey):
    report = make_lab_report(journey=journey)
    make_lab_result(
        journey=journey, report=report, lab="ldh", value="200", unit="U/L", low="100", high="250"
    )
    page = as_owner.get(at("lab_edit", report)).content.decode()
    for field, number in (("ldh", "200"), ("ldh-low", "100"), ("ldh-high", "250")):
        assert re.search(rf'name="{field}" value="{number}"', page)
