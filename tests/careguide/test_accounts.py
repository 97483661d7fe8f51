"""Signing up, in and out: kind to the tired, silent to the curious."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from journeys.models import User
from tests.factories import make_user

PASSWORD = "a quiet long password"
# No mail may tell a reader over the shoulder what this is about.
HEALTH = re.compile(
    r"leuk|cancer|health|patient|journey|treatment|symptom|medic|clinic|hospital|chemo|check-in",
    re.IGNORECASE,
)


pytestmark = pytest.mark.django_db


def confirmed(email="olive@example.org", **fields):
    user = make_user(email=email, password=PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def sign_up(client, email="olive@example.org", password=PASSWORD, **more):
    return client.post("/accounts/signup/", {"email": email, "password1": password} | more)


def sign_in(client, email="olive@example.org", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": email, "password": password} | more)


def mailed_code():
    """Return the code of the last mail: the one line that is a code alone."""
    lines = [line.strip() for line in mail.outbox[-1].body.splitlines()]
    return next(line for line in lines if re.fullmatch(r"[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}", line))


def is_signed_in(client):
    return client.get("/profile/").status_code == 200


@pytest.mark.parametrize(
    ("told", "kept"), [("America/Lima", "America/Lima"), ("Mars/Base", ""), ("", "")]
)
def test_a_new_account_keeps_the_time_of_its_device(client, told, kept):
    assert "data-zone" in client.get("/accounts/signup/").content.decode()
    sign_up(client, time_zone=told)
    assert User.objects.get().time_zone == kept


def test_a_newcomer_signs_up_confirms_with_a_code_and_begins(client):
    response = sign_up(client)
    assert response.status_code == 302
    assert not is_signed_in(client)
    asked = client.get(response.headers["Location"])
    assert "We sent a code to" in asked.content.decode()
    response = client.post(response.headers["Location"], {"code": mailed_code()})
    assert response.status_code == 302
    assert is_signed_in(client)
    assert client.get("/home/").headers["Location"] == "/journeys/"
    assert EmailAddress.objects.get().verified


def test_a_wrong_code_signs_nobody_in(client):
    place = sign_up(client).headers["Location"]
    response = client.post(place, {"code": "WRON-GONE"})
    assert response.status_code == 200
    assert not is_signed_in(client)


def test_without_a_confirmed_address_nobody_signs_in(client):
    sign_up(client)
    other = Client()
    sign_in(other)
    assert not is_signed_in(other)


def test_nothing_but_an_address_and_a_password_is_asked(client):
    page = client.get("/accounts/signup/").content.decode()
    form = page.partition("<main")[2]
    shown = [tag for tag in re.findall(r"<input[^>]*>", form) if 'type="hidden"' not in tag]
    names = {re.search(r"\sname=\"(\w+)\"", tag)[1] for tag in shown}
    assert names == {"email", "password1"}


@pytest.mark.parametrize("password", ["short", "password1234", "olive@example.org"])
def test_a_weak_password_is_refused(client, password):
    assert sign_up(client, password=password).status_code == 200
    assert not User.objects.exists()


def test_a_known_address_signs_in_in_any_case(client):
    confirmed()
    assert sign_in(client, email="Olive@Example.org").headers["Location"] == "/home/"
    assert is_signed_in(client)


def test_signing_out_asks_for_a_press_of_a_button(client):
    confirmed()
    sign_in(client)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_the_session_is_a_new_one_after_signing_in(client):
    confirmed()
    client.get("/accounts/login/")
    client.session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_sent_elsewhere_after_signing_in(client, target):
    confirmed()
    assert sign_in(client, next=target).headers["Location"] == "/home/"


def test_too_many_wrong_passwords_are_stopped(client):
    confirmed()
    for _ in range(6):
        sign_in(client, password="wrong")
    sign_in(client)
    assert not is_signed_in(client)


# --- Silent about who has an account ------------------------------------------------------------


def without_tokens(response):
    text = response.content.decode()
    text = re.sub(r"(csrfmiddlewaretoken\" value=|X-CSRFToken\": )\"[^\"]*\"", "", text)
    return re.sub(r"(olive|nobody)@example\.org", "somebody", text)


def test_signing_up_with_a_known_address_looks_like_a_new_one():
    confirmed()
    answers = []
    for email in ("olive@example.org", "nobody@example.org"):
        client = Client()
        response = sign_up(client, email=email)
        answers.append(
            (
                response.status_code,
                response.headers["Location"],
                without_tokens(client.get(response.headers["Location"])),
            )
        )
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2
    assert "you already have an account" in mail.outbox[0].subject


def test_a_wrong_password_and_an_unknown_address_look_the_same():
    confirmed()
    known, unknown = (
        sign_in(Client(), email=email, password="wrong")
        for email in ("olive@example.org", "nobody@example.org")
    )
    assert known.status_code == unknown.status_code == 200
    assert without_tokens(known) == without_tokens(unknown)


def test_asking_for_a_new_password_looks_the_same_for_everybody():
    confirmed()
    answers = []
    for email in ("olive@example.org", "nobody@example.org"):
        client = Client()
        response = client.post("/accounts/password/reset/", {"email": email})
        page = client.get(response.headers["Location"])
        answers.append((response.status_code, response.headers["Location"], without_tokens(page)))
    assert answers[0] == answers[1]


def test_a_forgotten_password_is_replaced_with_a_code(client):
    confirmed()
    response = client.post("/accounts/password/reset/", {"email": "olive@example.org"})
    response = client.post(response.headers["Location"], {"code": mailed_code()})
    new = "another quiet password"
    client.post(response.headers["Location"], {"password1": new, "password2": new})
    fresh = Client()
    sign_in(fresh)
    assert not is_signed_in(fresh)
    sign_in(fresh, password=new)
    assert is_signed_in(fresh)


# --- Mails --------------------------------------------------------------------------------------


def every_kind_of_mail():
    confirmed()
    for email in ("olive@example.org", "nobody@example.org"):
        sign_up(Client(), email=email)
    Client().post("/accounts/password/reset/", {"email": "unknown@example.org"})
    client = Client()
    response = client.post("/accounts/password/reset/", {"email": "olive@example.org"})
    response = client.post(response.headers["Location"], {"code": mailed_code()})
    new = "another quiet password"
    client.post(response.headers["Location"], {"password1": new, "password2": new})
    return mail.outbox


def test_mails_say_nothing_of_health(settings):
    settings.SITE_NAME = "Careguide"
    mails = every_kind_of_mail()
    assert len({message.subject for message in mails}) >= 4
    for message in mails:
        text = f"{message.subject}\n{message.body}"
        assert not HEALTH.search(text), text


def test_links_in_mails_come_from_the_settings_never_from_the_request(settings):
    settings.SITE_URL = "https://care.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    confirmed()
    for email in ("olive@example.org", "nobody@example.org"):
        for path, fields in (
            ("/accounts/signup/", {"email": email, "password1": PASSWORD}),
            ("/accounts/password/reset/", {"email": email}),
        ):
            Client().post(path, fields, headers={"Host": "evil.example"})
    links = [link for message in mail.outbox for link in re.findall(r"https?://\S+", message.body)]
    assert links
    assert all(link.startswith("https://care.example.org/") for link in links)
    assert "evil.example" not in "".join(message.body + message.subject for message in mail.outbox)
