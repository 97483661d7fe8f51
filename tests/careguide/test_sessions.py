"""Where one is signed in: one device, or all others, are signed out after a proof of who it is."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.factories import PASSWORD
from tests.visitors import prove, sign_in

PATH = "/accounts/sessions/"


pytestmark = pytest.mark.django_db


@pytest.fixture
def devices(owner):
    return [sign_in(owner) for _number in range(3)]


def is_in(client):
    return client.get("/profile/").status_code == 200


def number_of(client):
    return str(UserSession.objects.get(session_key=client.session.session_key).pk)


def test_one_device_is_signed_out_and_the_others_stay(devices):
    here, lost, other = devices
    answer = here.post(PATH, {"end": number_of(lost)}, follow=True)
    assert "Signed out there." in answer.content.decode()
    assert [is_in(client) for client in (here, lost, other)] == [True, False, True]


def test_all_others_are_signed_out_at_once(devices):
    devices[0].post(PATH)
    assert [is_in(client) for client in devices] == [True, False, False]


def test_nobody_signs_out_the_device_of_another(devices, stranger):
    sign_in(stranger).post(PATH, {"end": number_of(devices[1])})
    assert is_in(devices[1])


@pytest.mark.parametrize("end", ["0", "-1", "x", "9" * 40, "a\0b"])
def test_a_device_that_is_not_there_signs_out_nobody(devices, end):
    assert devices[0].post(PATH, {"end": end}).status_code == 302
    assert all(is_in(client) for client in devices)


def test_it_asks_for_the_password_when_that_is_long_ago(devices):
    here, lost, _other = devices
    prove(here, seconds_ago=11 * 60)
    answer = here.post(PATH, {"end": number_of(lost)})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert is_in(lost)


def test_the_password_once_more_gives_the_session_a_new_key(devices, owner):
    here = devices[0]
    before = here.session.session_key
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert here.session.session_key != before
    assert UserSession.objects.filter(session_key=here.session.session_key).count() == 1
    thief = Client()
    thief.cookies["__Host-session"] = before
    assert not is_in(thief)
    assert is_in(here)


def test_a_new_password_signs_out_every_other_device(devices):
    new = "another quiet long one"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    devices[0].post("/accounts/password/change/", said)
    assert [is_in(client) for client in devices] == [True, False, False]
