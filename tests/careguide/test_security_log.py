"""Each step of signing in leaves a line that names an account and never what was typed."""

import logging

import pytest
from django.test import Client

from careguide.logs import QuietFormatter, RequestFilter
from tests.factories import PASSWORD
from tests.visitors import client_of, confirm_address, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    # What is said at this level goes to the standard error.
    caplog.set_level(logging.INFO, "careguide.security")
    return lambda: [record.getMessage() for record in caplog.records]


def test_signing_in_and_out_is_told(lines, owner):
    client = sign_in(owner)
    client.post("/accounts/logout/")
    assert f"Account {owner.pk}: showed who they are by password." in lines()
    assert f"Account {owner.pk}: signed in." in lines()
    assert f"Account {owner.pk}: signed out." in lines()


@pytest.mark.parametrize("email", ["nobody@example.org", ""])
def test_a_refused_sign_in_is_told_without_what_was_typed(lines, owner, email):
    confirm_address(owner)
    said = {"login": email or owner.email, "password": "guessed wrong"}
    Client().post("/accounts/login/", said)
    assert lines() == ["Account unknown: a sign-in was refused."]


def test_a_new_password_is_told(lines, owner):
    new = "another quiet long one"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    sign_in(owner).post("/accounts/password/change/", said)
    assert f"Account {owner.pk}: changed the password." in lines()
    assert new not in " ".join(lines())


def test_a_refusal_is_told_with_its_view_and_its_account(caplog, viewer, journey):
    answer = client_of(viewer).post(f"/journeys/{journey.pk}/questions/add/", {"text": "Private"})
    assert answer.status_code == 403
    (record,) = [row for row in caplog.records if row.name == "django.request"]
    assert record.levelname == "WARNING"


def test_what_goes_round_the_rules_is_told(caplog, owner, journey):
    without_token = Client(enforce_csrf_checks=True)
    without_token.force_login(owner)
    without_token.post(f"/journeys/{journey.pk}/questions/add/", {"text": "Private words"})
    Client().get("/", headers={"Host": "evil.example"})
    Client().get(f"/journeys/{journey.pk}/no-such-page/")
    names = {row.name for row in caplog.records}
    assert {"django.security.csrf", "django.security.DisallowedHost", "django.request"} <= names
    written = [
        QuietFormatter("%(message)s").format(row)
        for row in caplog.records
        if RequestFilter().filter(row)
    ]
    assert not [line for line in written if "Private" in line or str(journey.pk) in line]


def test_a_sign_in_works_while_no_mail_can_be_sent(lines, owner, settings):
    settings.EMAIL_BACKEND = "tests.careguide.test_security_log.NoServer"
    owner.date_joined = "2020-01-01T00:00Z"
    owner.save()
    assert sign_in(owner).get("/profile/").status_code == 200
    assert "A notice about an account could not be sent: ConnectionRefusedError." in lines()


class NoServer:
    def __init__(self, **_kwargs):
        pass

    def send_messages(self, _messages):
        raise ConnectionRefusedError
