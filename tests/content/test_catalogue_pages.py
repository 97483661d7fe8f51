"""What people look up: blood values in both units, medicines by both names, phases and visits."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from content.models import LabKind, LabUnit, Medicine, Phase, Status, VisitKind
from tests.content.test_views import page

pytestmark = pytest.mark.django_db

# The set of the guide: part 4 of the facts with the second reading.
LABS = (
    "white-cells neutrophils hemoglobin platelets blasts-blood blasts-marrow mrd alt ast bilirubin "
    "creatinine glucose fibrinogen methotrexate-level sodium potassium phosphate uric-acid ldh "
    "lipase triglycerides ferritin igg albumin"
)
# A value in the first unit, and the same in another one.
SAME = [
    ("white-cells", "4", "cells/µL", "4000"),
    ("neutrophils", "0.5", "cells/µL", "500"),
    ("neutrophils", "0.5", "10³/µL", "0.5"),
    ("hemoglobin", "10", "g/L", "100"),
    ("hemoglobin", "10", "mmol/L", "6.2"),
    ("platelets", "20", "cells/µL", "20000"),
    ("mrd", "0.01", "fraction", "0.0001"),
    ("alt", "60", "µkat/L", "1"),
    ("bilirubin", "17.1", "mg/dL", "1"),
    ("creatinine", "88.4", "mg/dL", "1"),
    ("glucose", "250.2", "mmol/L", "13.9"),
    ("fibrinogen", "200", "g/L", "2"),
]


@pytest.mark.parametrize(("slug", "first", "unit", "other"), SAME)
def test_units_are_converted_both_ways(slug, first, unit, other):
    found = LabUnit.objects.get(lab__slug=slug, unit=unit)
    places = Decimal(1).scaleb(Decimal(other).as_tuple().exponent)
    assert found.from_first(Decimal(first)).quantize(places) == Decimal(other)
    assert abs(found.to_first(Decimal(other)) - Decimal(first)) <= Decimal(first) / 100


def test_a_value_in_the_wrong_unit_is_odd_and_zero_is_not():
    neutrophils = LabKind.objects.get(slug="neutrophils")
    assert neutrophils.is_odd(Decimal(3000))
    assert neutrophils.is_odd(Decimal("0.0005"))
    assert not neutrophils.is_odd(Decimal(0))
    assert not neutrophils.is_odd(Decimal("0.5"))
    # Without limits nothing is odd.
    assert not LabKind().is_odd(Decimal(10**6))


def test_all_values_of_the_guide_are_there_each_with_a_first_unit():
    labs = LabKind.objects.published().prefetch_related("units")
    assert {lab.slug for lab in labs} == set(LABS.split())
    for lab in labs:
        assert lab.units.first().factor == 1
        assert lab.low is None or lab.low <= lab.high


def test_no_grade_stands_without_its_version():
    for lab in LabKind.objects.published():
        for line in lab.about.splitlines():
            assert "grade" not in line.casefold() or "CTCAE" in line or "grades" in line.casefold()


def test_a_lab_page_tells_range_meaning_and_that_the_report_counts(client: Client):
    html = page(client.get(reverse("content:lab", args=["hemoglobin"])))
    assert "12 to 18 g/dL" in html
    assert "120 to 180 g/L" in html
    assert "haemoglobin" in html
    assert "The range printed on your own report counts" in html
    assert "Not yet reviewed" in html


def test_a_medicine_page_has_both_names_and_what_to_watch(client: Client):
    html = page(client.get(reverse("content:medicine", args=["pegaspargase"])))
    assert "Oncaspar" in html
    assert reverse("content:symptom", args=["belly-pain"]) in html
    assert "It never replaces what your team tells you about your dose" in html


def test_methotrexate_is_weekly_and_says_so(client: Client):
    assert set(Medicine.objects.filter(once_weekly=True).values_list("slug", flat=True)) == {
        "methotrexate-tablets"
    }
    html = page(client.get(reverse("content:medicine", args=["methotrexate-tablets"])))
    assert "Once a week. Never daily." in html


def test_a_phase_page_tells_what_happens_and_what_comes_next(client: Client):
    html = page(client.get(reverse("content:phase", args=["induction"])))
    for words in ("What happens", "How long", "Usual medicines", "What to watch for", "caregivers"):
        assert words in html
    assert reverse("content:phase", args=["consolidation"]) in html


@pytest.mark.parametrize("model", [LabKind, Medicine, Phase, VisitKind])
def test_every_page_opens_and_is_on_its_list(client: Client, model):
    rows = list(model.objects.published())
    index = page(client.get(rows[0].get_absolute_url().rsplit("/", 2)[0] + "/"))
    for row in rows:
        page(client.get(row.get_absolute_url()))
        assert row.get_absolute_url() in index


def test_what_is_archived_has_no_page(client: Client):
    medicine = Medicine.objects.get(slug="imatinib")
    medicine.status = Status.ARCHIVED
    medicine.save()
    assert client.get(medicine.get_absolute_url()).status_code == 404
    assert client.get(reverse("content:lab", args=["no-such"])).status_code == 404


def test_the_guide_leads_to_all_lists(client: Client):
    html = page(client.get(reverse("content:guide_index")))
    for name in ("symptom", "medicine", "lab", "phase", "visit"):
        assert reverse(f"content:{name}_index") in html
