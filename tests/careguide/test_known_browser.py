"""Strangers who guess shut nobody out of their own browser; a new browser is told by mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from careguide.known_browser import COOKIE, SALT
from journeys.models import User
from tests.factories import PASSWORD
from tests.visitors import confirm_address

TRIES = 5


pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(owner):
    owner.date_joined = timezone.now() - timedelta(days=30)
    owner.save()
    confirm_address(owner)
    return owner


def sign_in(client, user, password=PASSWORD, **more):
    said = {"login": user.email, "password": password, **more}
    return client.post("/accounts/login/", said).status_code == 302


def leave(client):
    client.post("/accounts/logout/")


def a_stranger_uses_up_all_tries(user):
    for place in range(TRIES):
        client = Client(REMOTE_ADDR=f"203.0.113.{place}")
        assert not sign_in(client, user, password=f"guessed wrong {place}")


def test_after_too_many_guesses_even_the_right_password_is_refused(patient):
    a_stranger_uses_up_all_tries(patient)
    assert not sign_in(Client(REMOTE_ADDR="198.51.100.1"), patient)


def test_the_person_gets_in_where_they_signed_in_before(patient):
    client = Client()
    assert sign_in(client, patient)
    leave(client)
    a_stranger_uses_up_all_tries(patient)
    assert sign_in(client, patient)


def test_a_known_browser_has_no_more_tries_than_another(patient):
    client = Client()
    assert sign_in(client, patient)
    leave(client)
    for place in range(TRIES):
        client.defaults["REMOTE_ADDR"] = f"203.0.113.{place}"
        assert not sign_in(client, patient, password="guessed wrong")
    assert not sign_in(client, patient)


def test_what_knows_one_person_is_of_no_use_against_another(patient, stranger):
    confirm_address(stranger)
    client = Client()
    assert sign_in(client, stranger)
    leave(client)
    a_stranger_uses_up_all_tries(patient)
    assert not sign_in(client, patient)


@pytest.mark.parametrize("forged", ["", "made up", '{"of": "x", "name": "y"}', "a:b:c"])
def test_a_made_up_cookie_is_of_no_use(patient, forged):
    a_stranger_uses_up_all_tries(patient)
    client = Client()
    client.cookies[COOKIE] = forged
    assert not sign_in(client, patient)


def test_a_mailed_code_lets_in_while_the_guessing_goes_on(patient):
    a_stranger_uses_up_all_tries(patient)
    client = Client()
    to = client.post("/accounts/password/reset/", {"email": patient.email}).headers["Location"]
    code = re.search(r"^[A-Z0-9]{3,5}-[A-Z0-9]{3,5}$", mail.outbox[-1].body, re.MULTILINE)
    to = client.post(to, {"code": code.group()}).headers["Location"]
    new = "another quiet long one"
    client.post(to, {"password1": new, "password2": new})
    assert client.get("/profile/").status_code == 200


def ask_for_a_code(client, user):
    return client.post("/accounts/password/reset/", {"email": user.email}).status_code


def test_a_stranger_who_asks_for_codes_uses_up_their_own(patient):
    stranger = Client(REMOTE_ADDR="203.0.113.1")
    asked = [ask_for_a_code(stranger, patient) for _try in range(7)]
    assert asked == [302] * 5 + [429] * 2
    assert ask_for_a_code(Client(REMOTE_ADDR="198.51.100.1"), patient) == 302


def test_unknown_browsers_send_no_flood_of_codes_and_a_known_one_gets_its_own(patient):
    client = Client()
    assert sign_in(client, patient)
    leave(client)
    mail.outbox.clear()
    asked = [
        ask_for_a_code(Client(REMOTE_ADDR=f"203.0.113.{place}"), patient)
        for place in range(20)
        for _try in range(4)
    ]
    assert asked.count(302) == len(mail.outbox) == 60
    assert ask_for_a_code(Client(REMOTE_ADDR="198.51.100.1"), patient) == 429
    assert ask_for_a_code(client, patient) == 302


def test_asking_too_often_does_not_tell_whether_there_is_an_account(patient):
    nobody = User(email="nobody@example.org")
    found = [[ask_for_a_code(Client(), user) for _try in range(6)] for user in (patient, nobody)]
    assert found[0] == found[1]


def test_a_new_browser_is_told_by_mail_and_a_known_one_is_not(patient):
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140")
    assert sign_in(client, patient)
    (told,) = mail.outbox
    assert told.to == [patient.email]
    assert told.subject == "Careguide: a new sign-in"
    assert "Firefox on Linux" in told.body
    leave(client)
    assert sign_in(client, patient)
    assert len(mail.outbox) == 1


def test_the_first_sign_in_of_all_is_no_news(owner):
    confirm_address(owner)
    assert sign_in(Client(), owner)
    assert not mail.outbox


def test_a_shared_device_keeps_no_trace_and_is_told_each_time(patient):
    client = Client()
    for times in (1, 2):
        assert sign_in(client, patient, device="shared")
        assert COOKIE not in client.cookies
        assert len(mail.outbox) == times
        leave(client)


def test_the_cookie_says_nothing_of_who_it_is(patient):
    client = Client()
    assert sign_in(client, patient)
    cookie = client.cookies[COOKIE]
    said = signing.loads(cookie.value, salt=SALT)
    assert said.keys() == {"of", "name"}
    assert patient.email not in str(said) and patient.name not in str(said)
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
