"""Guesses at passwords and codes are counted by account and by network, before any is looked at."""

import pytest
from django.apps import apps
from django.contrib.auth import hashers
from django.test import Client

from tests.factories import PASSWORD, make_user
from tests.visitors import client_of, confirm_address

PER_ACCOUNT, PER_ADDRESS = 5, 10


pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(monkeypatch):
    """One entry for each password that was compared with the one that is kept."""
    seen, check = [], hashers.verify_password

    def count(password, encoded, *args, **kwargs):
        seen.append(1)
        return check(password, encoded, *args, **kwargs)

    monkeypatch.setattr(hashers, "verify_password", count)
    return seen


def account(**fields):
    user = make_user(**fields)
    confirm_address(user)
    return user


def guess(user, password="guessed wrong", address="127.0.0.1"):
    client = Client(REMOTE_ADDR=address)
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def test_other_addresses_of_one_ipv6_network_have_no_tries_of_their_own(checked):
    for place in range(2 * PER_ADDRESS):
        guess(account(), address=f"2001:db8:0:1::{place:x}")
    assert len(checked) == PER_ADDRESS
    guess(account(), address="2001:db8:0:2::1")
    assert len(checked) == PER_ADDRESS + 1


def test_a_success_gives_no_tries_back(checked):
    user = account()
    for _try in range(PER_ACCOUNT - 1):
        guess(user)
    guess(user, PASSWORD)
    for _try in range(3):
        guess(user)
    assert len(checked) == PER_ACCOUNT + 1


def test_names_that_nobody_has_cost_no_check_and_leave_no_rows(checked):
    before = {model: model.objects.count() for model in apps.get_models()}
    for place in range(20):
        Client(REMOTE_ADDR=f"198.51.100.{place}").post(
            "/accounts/login/", {"login": f"nobody{place}@example.org", "password": "x" * 12}
        )
    assert not checked
    assert {model: model.objects.count() for model in apps.get_models()} == before


def test_starting_with_a_known_address_costs_as_many_hashes_as_with_a_new_one(monkeypatch):
    hashed, encode = [], hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher,
        "encode",
        lambda self, *args: (hashed.append(1), encode(self, *args))[1],
    )
    counts = []
    for email in (account().email, "new@example.org"):
        hashed.clear()
        Client().post("/accounts/signup/", {"email": email, "password1": PASSWORD})
        counts.append(len(hashed))
    assert counts[0] == counts[1] == 1


def test_asking_for_the_password_once_more_is_limited_too(checked, owner, journey):
    confirm_address(owner)
    client = client_of(owner)
    for _try in range(2 * PER_ACCOUNT):
        client.post("/accounts/reauthenticate/", {"password": "guessed wrong"})
    assert len(checked) == PER_ACCOUNT
