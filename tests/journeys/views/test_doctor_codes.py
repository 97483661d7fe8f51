"""A summary on the doctor's screen: by a code, once, within 15 minutes, and noted."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from journeys.models import DoctorCode
from journeys.models.doctor_codes import ALPHABET, CODE_LASTS, hash_code, make_code
from tests.factories import make_note, make_user
from tests.journeys.views.check_in_tools import noted
from tests.world import url


@pytest.fixture
def said(journey):
    noted(journey, 3, temperature="38.4")
    return journey


def make(client, journey, query=""):
    """Return the code that a press on the summary's page gives."""
    page = client.post(url("doctor_code_make", journey_id=journey.pk) + query).content.decode()
    return re.search(r"/show/([0-9A-Z-]+)/", page)[1]


def press(code):
    return Client().post(url("doctor_code", token=code))


def test_it_opens_once_on_another_screen_and_is_noted(as_owner, said):
    code = make(as_owner, said)
    doctor = Client()
    assert "Open it" in doctor.get(url("doctor_code", token=code)).content.decode()
    answer = doctor.post(url("doctor_code", token=code))
    assert "38.4" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert doctor.post(url("doctor_code", token=code)).status_code == 404
    log = as_owner.get(url("access_log", journey_id=said.pk)).content.decode()
    assert "showed by code: Symptoms" in log


def test_somebody_who_is_signed_in_gets_it_without_the_owners_links(as_owner, as_user, said):
    code = make(as_owner, said)
    page = as_user(make_user()).post(url("doctor_code", token=code)).content.decode()
    assert "38.4" in page
    assert str(said.pk) not in page


def test_looking_does_not_use_it_up(as_owner, said):
    code = make(as_owner, said)
    for _look in range(3):
        assert Client().get(url("doctor_code", token=code)).status_code == 200
    assert press(code).status_code == 200


def test_it_shows_what_was_chosen_and_nothing_else(as_owner, said):
    note = make_note(journey=said, text="A hard week")
    other = make_note(journey=said, text="Not for doctors")
    code = make(as_owner, said, f"?chosen=1&part=questions&note={note.pk}")
    page = press(code).content.decode()
    assert "A hard week" in page
    assert other.text not in page
    assert "38.4" not in page


def test_after_a_quarter_of_an_hour_it_opens_nothing(as_owner, said):
    code = make(as_owner, said)
    DoctorCode.objects.update(made_at=timezone.now() - CODE_LASTS - timedelta(seconds=1))
    assert press(code).status_code == 404


def test_the_owner_ends_it_and_a_new_one_ends_the_last(as_owner, said):
    first, second = make(as_owner, said), make(as_owner, said)
    assert press(first).status_code == 404
    as_owner.post(url("doctor_code_end", journey_id=said.pk))
    assert press(second).status_code == 404


def test_codes_that_open_nothing_look_alike(as_owner, said):
    used = make(as_owner, said)
    press(used)
    answers = [Client().get(url("doctor_code", token=code)) for code in (used, make_code(), "x")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r'value="\w{64}"', "", answer.content.decode()) for answer in answers}) == 1


def test_it_is_typed_as_people_type(as_owner, said):
    code = make(as_owner, said)
    typed = code.lower().replace("0", "o").replace("1", "l")
    assert press(typed).status_code == 200


def test_a_code_is_long_and_only_its_hash_is_kept(as_owner, said):
    code = make(as_owner, said)
    assert len(code.replace("-", "")) == 12
    assert set(code) <= {*ALPHABET, "-"}
    kept = DoctorCode.objects.get()
    assert kept.token_hash == hash_code(code)
    assert code not in str(kept.__dict__)


def test_an_owner_who_is_gone_shows_nothing_any_more(as_owner, owner, said):
    code = make(as_owner, said)
    owner.is_active = False
    owner.save()
    assert press(code).status_code == 404


def test_the_picture_is_a_plain_drawing(as_owner, said):
    page = as_owner.post(url("doctor_code_make", journey_id=said.pk)).content.decode()
    (svg,) = re.findall(r'<svg class="qr-code".*?</svg>', page, re.S)
    drawing = ElementTree.fromstring(svg)  # noqa: S314
    assert {key for node in drawing.iter() for key in node.attrib}.isdisjoint({"style", "onload"})


def test_a_choice_that_cannot_be_read_goes_back_to_the_page(as_owner, said):
    address = url("doctor_code_make", journey_id=said.pk)
    assert as_owner.post(f"{address}?chosen=1&since=2999-01-01").status_code == 302
    assert not DoctorCode.objects.exists()


def test_of_an_address_only_the_choice_is_kept(as_owner, said):
    make(as_owner, said, f"?as=somebody&x={'y' * 2100}")
    (kept,) = DoctorCode.objects.values_list("choice", flat=True)
    assert kept.startswith("chosen=1&since=2026-12-30&part=questions&part=calls&")
    assert "yy" not in kept


def test_what_was_left_out_stays_so_when_something_chosen_is_gone(as_owner, said):
    note = make_note(journey=said, text="A hard week")
    make_note(journey=said, text="Another")
    code = make(as_owner, said, f"?chosen=1&part=questions&note={note.pk}")
    as_owner.post(url("note_delete", journey_id=said.pk, note_id=note.pk))
    page = press(code).content.decode()
    assert "My questions" in page
    assert "38.4" not in page
    assert "A hard week" not in page


def test_the_log_names_the_parts_that_were_shown(as_owner, said):
    press(make(as_owner, said, "?chosen=1&part=questions"))
    lines = said.access_events.filter(kind="shown").values_list("area", flat=True)
    assert set(lines) == {"questions", "appointments", "stage"}


def test_the_days_are_those_of_the_patient(as_owner, owner, journey):
    owner.time_zone = "Pacific/Auckland"
    owner.save()
    # There it is one in the morning of the next day already.
    with timezone.override(owner.zone):
        noted(journey, 0, temperature="38.4")
    for choice in ("", "?chosen=1&part=calls&since=2027-01-14"):
        page = press(make(as_owner, journey, choice)).content.decode()
        assert "38.4" in page
        assert "14 January 2027" in page
