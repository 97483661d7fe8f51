"""How it went: charts that a tired person and a screen reader can read, with a table beside."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from content.models import Centre
from journeys.actions.check_ins import save_check_in
from journeys.models import SymptomEntry
from tests.asserts import assert_needs_login
from tests.factories import make_appointment, make_check_in, make_share, make_stage, make_user
from tests.world import url

SVG = re.compile(r"<svg class=\"chart\".*?</svg>", re.S)


def ago(**time):
    return timezone.now() - timedelta(**time)


def overview(client, journey, query=""):
    return client.get(url("trend_list", journey_id=journey.pk) + query).content.decode()


def detail(client, journey, symptom, query=""):
    address = url("trend_detail", journey_id=journey.pk, symptom=symptom)
    return client.get(address + query).content.decode()


def chart_of(page):
    """Return the one drawing of a page, as XML that any reader can parse."""
    (found,) = SVG.findall(page)
    return ElementTree.fromstring(found)  # noqa: S314


def test_each_symptom_that_was_there_has_a_chart(as_owner, journey):
    make_check_in(journey=journey, occurred_at=ago(days=3), tired=2, nausea=0)
    make_check_in(journey=journey, occurred_at=ago(days=1), tired=3, jaw_pain=1)
    page = overview(as_owner, journey)
    assert len(SVG.findall(page)) == 2
    assert "Tiredness" in page
    assert "Feeling sick" not in page


def test_a_chart_says_in_words_what_it_shows(as_owner, journey):
    for days, score in ((5, 1), (3, 3), (1, 2)):
        make_check_in(journey=journey, occurred_at=ago(days=days), tired=score)
    chart = chart_of(detail(as_owner, journey, "tired"))
    assert chart.get("role") == "img"
    assert chart.find("title").text == "Tiredness"
    assert "on 3 days" in chart.find("desc").text
    assert "The highest was 3" in chart.find("desc").text
    assert len(chart.findall("circle")) == 3


def test_the_table_beside_it_has_every_entry_as_it_was_entered(as_owner, journey):
    make_check_in(journey=journey, occurred_at=ago(days=2), temperature="38.4")
    make_check_in(journey=journey, occurred_at=ago(days=2, hours=2), temperature="37.2")
    page = detail(as_owner, journey, "fever")
    assert page.count("<tr>") == 3
    assert "38.4 °C" in page
    assert "37.2 °C" in page
    # One dot a day: the highest.
    assert len(chart_of(page).findall("circle")) == 1


def test_levels_are_bands_with_words(as_owner, journey):
    make_check_in(journey=journey, occurred_at=ago(days=1), temperature="37.7")
    words = "".join(chart_of(detail(as_owner, journey, "fever")).itertext())
    assert "call now" in words
    assert "call the same day" in words


def test_the_persons_own_limit_moves_the_band(as_owner, journey):
    make_check_in(journey=journey, occurred_at=ago(days=1), temperature="37.0")
    band = "rect[@class='chart-band chart-now']"
    before = chart_of(detail(as_owner, journey, "fever")).find(band).get("height")
    journey.fever_limit, journey.fever_limit_unit = "37.5", "C"
    journey.save()
    after = chart_of(detail(as_owner, journey, "fever")).find(band).get("height")
    assert float(after) > float(before)


def test_the_limit_of_the_centre_moves_the_band_and_an_unconfirmed_one_does_not(as_owner, journey):
    make_check_in(journey=journey, occurred_at=ago(days=1), temperature="37.0")

    def band():
        chart = chart_of(detail(as_owner, journey, "fever"))
        return float(chart.find("rect[@class='chart-band chart-now']").get("height"))

    usual = band()
    journey.fever_limit = "38.5"
    journey.save()
    assert band() == usual
    Centre(name="Center", fever_limit="38.3").save()
    assert band() < usual


def test_fahrenheit_is_drawn_in_the_unit_of_the_person(as_owner, journey):
    reading = {"measure": "temperature", "value": "100.4", "unit": "F"}
    save_check_in(
        journey=journey,
        by=journey.owner,
        entries=[SymptomEntry(symptom="fever", readings=[reading])],
        occurred_at=ago(days=1),
        note="",
        only_me=False,
        client_id=None,
    )
    page = detail(as_owner, journey, "fever")
    assert "38.0 °C" in chart_of(page).find("desc").text
    assert "100.4 °F" in page


def test_the_caregivers_entries_are_told_apart(as_owner, contributor, journey):
    make_check_in(journey=journey, occurred_at=ago(days=2), tired=2)
    make_check_in(journey=journey, occurred_at=ago(days=1), tired=3, author=contributor)
    page = detail(as_owner, journey, "tired")
    chart = chart_of(page)
    assert len(chart.findall("circle")) == 1
    assert len(chart.findall("rect[@class='chart-dot']")) == 1
    assert "Conny Contributor" in page


def test_phases_and_visits_stand_on_the_same_line(as_owner, journey):
    make_stage(journey=journey, phase="induction", started_on=timezone.localdate(ago(days=60)))
    make_appointment(journey=journey, kind="lumbar-puncture", day=timezone.localdate(ago(days=4)))
    make_check_in(journey=journey, occurred_at=ago(days=2), tired=2)
    page = detail(as_owner, journey, "tired")
    words = "".join(chart_of(page).itertext())
    assert "Induction" in words
    assert "Lumbar puncture" in words
    assert "The strip below shows the part of treatment" in page


def test_a_reader_sees_only_what_is_shared(as_user, journey):
    reader = make_user()
    make_share(journey=journey, user=reader, role="viewer", areas=["symptoms"])
    make_stage(journey=journey, phase="induction")
    make_check_in(journey=journey, occurred_at=ago(days=2), tired=2, low_mood_or_worry=3)
    make_check_in(journey=journey, occurred_at=ago(days=1), jaw_pain=2, only_me=True)
    page = overview(as_user(reader), journey)
    assert "Tiredness" in page
    for hidden in ("Induction", "Low mood", "Jaw pain"):
        assert hidden not in page
    address = url("trend_detail", journey_id=journey.pk, symptom="low-mood-or-worry")
    assert as_user(reader).get(address).status_code == 404


def test_trends_need_a_sign_in_and_are_nothing_to_a_stranger(client, as_stranger, journey):
    address = url("trend_list", journey_id=journey.pk)
    assert_needs_login(client.get(address))
    assert as_stranger.get(address).status_code == 404


def test_an_unknown_symptom_is_not_there(as_owner, journey):
    address = url("trend_detail", journey_id=journey.pk, symptom="no-such")
    assert as_owner.get(address).status_code == 404


@pytest.mark.parametrize(("query", "charts"), [("?days=14", 0), ("", 1), ("?days=7777", 1)])
def test_a_period_can_be_chosen(as_owner, journey, query, charts):
    make_check_in(journey=journey, occurred_at=ago(days=30), tired=2)
    assert len(SVG.findall(overview(as_owner, journey, query))) == charts


def test_an_own_symptom_is_drawn_and_its_name_is_only_text(as_owner, journey):
    save_check_in(
        journey=journey,
        by=journey.owner,
        entries=[SymptomEntry(own_name="<b>Hum</b> & ears", score=2)],
        occurred_at=ago(days=1),
        note="",
        only_me=False,
        client_id=None,
    )
    assert chart_of(overview(as_owner, journey)).find("title").text == "<b>Hum</b> & ears"


def test_a_deleted_check_in_leaves_the_chart(as_owner, journey):
    check_in = make_check_in(journey=journey, occurred_at=ago(days=1), tired=2)
    as_owner.post(url("check_in_delete", journey_id=journey.pk, check_in_id=check_in.pk))
    assert SVG.findall(overview(as_owner, journey)) == []
