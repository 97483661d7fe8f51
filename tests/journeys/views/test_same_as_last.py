"""Same as last time: one tap on a usual day, and never an old number or sign."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journeys.actions.check_ins import save_check_in
from journeys.models import SymptomEntry
from tests.factories import make_check_in
from tests.journeys.views.check_in_tools import note, page_after
from tests.world import url


def same(client, journey):
    response = client.get(url("check_in_add", journey_id=journey.pk) + "?same=1")
    assert response.status_code == 200
    return response.context["form"], response.content.decode()


def sent(form):
    """What a browser sends of a form that nobody touched."""
    values = {name: form[name].value() for name in form.fields}
    kept = {name: value for name, value in values.items() if value not in (None, "", [], False)}
    return kept | {"symptom": form.shown}


def log(journey, *entries):
    return save_check_in(
        journey=journey,
        by=journey.owner,
        entries=list(entries),
        occurred_at=timezone.now() - timedelta(hours=20),
        note="A long night",
        only_me=False,
        client_id=None,
    )


def test_a_usual_day_takes_two_taps_from_today(as_owner, journey):
    make_check_in(journey=journey, tired=2, jaw_pain=1)
    today = as_owner.get(url("today", journey_id=journey.pk)).content.decode()
    assert "check-ins/add/?same=1" in today
    form, page = same(as_owner, journey)
    assert "Filled in as on" in page
    page_after(as_owner, note(as_owner, journey, sent(form)))
    newest = journey.check_ins.newest_first().first()
    assert dict(newest.entries.values_list("symptom", "score")) == {"tired": 2, "jaw-pain": 1}


def test_a_temperature_is_measured_anew(as_owner, journey):
    make_check_in(journey=journey, temperature="37.6", tired=1)
    form, page = same(as_owner, journey)
    assert form["fever-temperature"].value() is None
    assert form["fever"].value() is None
    assert "37.6" not in page


def test_a_sign_is_asked_anew_and_stands_open(as_owner, journey):
    log(journey, SymptomEntry(symptom="mouth-sores", score=2, signs=["white-patches"]))
    form, page = same(as_owner, journey)
    assert form["mouth-sores"].value() == 2
    assert form["mouth-sores-signs"].value() in (None, [])
    assert "mouth-sores" in form.last_time.asked_anew
    assert "We ask this anew" in page


@pytest.mark.parametrize(("symptom", "score"), [("shivers", 1), ("bleeding", 4)])
def test_what_meant_call_now_is_not_copied(as_owner, journey, symptom, score):
    log(journey, SymptomEntry(symptom=symptom, score=score), SymptomEntry(symptom="tired", score=1))
    form, _page = same(as_owner, journey)
    assert form[symptom].value() is None
    assert symptom in form.last_time.asked_anew
    assert form["tired"].value() == 1


def test_an_own_symptom_comes_along_but_not_at_its_worst(as_owner, journey):
    log(journey, SymptomEntry(own_name="Humming ears", score=2))
    assert same(as_owner, journey)[0]["own_name"].value() == "Humming ears"
    log(journey, SymptomEntry(own_name="Humming ears", score=4))
    journey.check_ins.newest_first().last().delete()
    assert same(as_owner, journey)[0]["own_name"].value() is None


def test_what_was_only_for_me_stays_so(as_owner, journey):
    make_check_in(journey=journey, tired=2, only_me=True)
    assert same(as_owner, journey)[0]["only_me"].value() is True


def test_nobody_copies_what_they_may_not_read(as_contributor, journey):
    make_check_in(journey=journey, tired=2, only_me=True)
    form, page = same(as_contributor, journey)
    assert form.last_time is None
    assert "Same as last time" not in page


def test_a_note_is_not_copied_and_an_old_check_in_is_not_offered(as_owner, journey):
    log(journey, SymptomEntry(symptom="tired", score=1))
    assert "A long night" not in same(as_owner, journey)[1]
    journey.check_ins.update(occurred_at=timezone.now() - timedelta(days=32))
    assert same(as_owner, journey)[0].last_time is None
    assert "?same=1" not in as_owner.get(url("today", journey_id=journey.pk)).content.decode()
