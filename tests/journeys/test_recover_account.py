"""Somebody who lost phone or mailbox is helped back in; it is told to them, and opens no record."""

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from journeys.models import User
from tests.factories import make_note, make_user
from tests.visitors import sign_in
from tests.world import url


@pytest.fixture
def recover(owner, django_capture_on_commit_callbacks):
    def recover(email=owner.email, **options):
        said = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("recover_account", email, stdout=said, **options)
        return said.getvalue()

    return recover


def test_a_new_address_takes_the_place_of_a_lost_one(owner, journey, recover):
    client, old = sign_in(owner), owner.email
    make_note(journey=journey, text="Very private")
    said = recover(new_email="New@Example.org")
    assert "private" not in said
    owner.refresh_from_db()
    assert owner.email == "new@example.org"
    assert not owner.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(owner.email, True)]
    # Every device is signed out, and both addresses are told.
    assert client.get("/profile/").status_code == 302
    assert {message.to[0] for message in mail.outbox} == {old, "new@example.org"}
    assert "journey" not in "".join(message.body for message in mail.outbox)


def test_they_choose_a_new_password_with_a_code(client, owner, journey, recover):
    sign_in(owner)
    recover(new_email="new@example.org")
    mail.outbox.clear()
    asked = client.post("/accounts/password/reset/", {"email": "new@example.org"})
    code = re.search(r"^[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}$", mail.outbox[-1].body, re.MULTILINE)
    answer = client.post(asked.headers["Location"], {"code": code.group()})
    new = "another quiet password"
    client.post(answer.headers["Location"], {"password1": new, "password2": new})
    fresh = Client()
    fresh.post("/accounts/login/", {"login": "new@example.org", "password": new})
    assert fresh.get(url("today", journey_id=journey.pk)).status_code == 200


def test_a_lost_phone_is_taken_off(owner, recover):
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={})
    recover(end_second_step=True)
    assert not Authenticator.objects.exists()


def test_the_owner_reads_in_the_log_that_it_was_done(as_owner, owner, journey, recover):
    recover(end_second_step=True)
    owner.refresh_from_db()
    as_owner.force_login(owner)
    page = as_owner.get(url("access_log", journey_id=journey.pk)).content.decode()
    assert "helped back into the account" in page
    assert "Those who run this site" in page


@pytest.mark.parametrize(
    ("email", "options"),
    [
        ("nobody@example.org", {"end_second_step": True}),
        ("", {}),
        ("", {"new_email": "no address"}),
        ("", {"new_email": "Taken@example.org"}),
    ],
)
def test_what_cannot_be_done_changes_nothing(owner, recover, email, options):
    make_user(email="taken@example.org")
    before = list(User.objects.order_by("pk").values())
    with pytest.raises(CommandError):
        recover(email or owner.email, **options)
    assert list(User.objects.order_by("pk").values()) == before
    assert not mail.outbox
