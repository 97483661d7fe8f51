"""Browsers of people who are signed in. It imports no view: controls are switched off before."""

import time

from allauth.account.models import EmailAddress
from django.test import Client

from journeys.models import User
from tests.factories import PASSWORD


def client_of(user: User | None) -> Client:
    """Return a browser of this person, if any, who has just shown that it is them."""
    client = Client()
    if user is not None:
        client.force_login(user)
        prove(client)
    return client


def prove(client: Client, seconds_ago: float = 0) -> None:
    """Note in the session that the password was given a moment, or so long, ago."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - seconds_ago, "reauthenticated": True}
    ]
    session.save()


def confirm_address(user: User) -> None:
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def sign_in(user: User) -> Client:
    """Return a browser in which the person signed in as people do, by address and password."""
    confirm_address(user)
    client = Client()
    said = {"login": user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", said).headers["Location"] == "/home/"
    return client
