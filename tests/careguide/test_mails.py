"""Mails come as text and as simple HTML of the same words."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings as site
from django.template.loader import render_to_string

from journeys.emails import send_invitation
from tests.factories import make_user
from tests.visitors import confirm_address

TEMPLATES = site.BASE_DIR / "templates"
HOSTILE = "https://evil.example/ <a href='https://evil.example'>Olive</a>"


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words, self.links = [], []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        assert tag not in ("script", "img", "link", "iframe", "form") and "src" not in named
        self.links += [named["href"]] if "href" in named else []

    def handle_data(self, data):
        self.words += data.split()


def html_of(mail) -> str:
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    return html


def read(mail) -> Words:
    parser = Words()
    parser.feed(html_of(mail).partition("<body")[2].partition(">")[2])
    return parser


@pytest.fixture
def invitation(db, mailoutbox, settings):
    settings.SITE_URL = "https://care.example"
    send_invitation(to="vera@example.org", token="t" * 43, by=make_user(name=HOSTILE))
    return mailoutbox[-1]


def test_both_say_the_same_words(invitation):
    assert read(invitation).words == invitation.body.split()


def test_only_our_own_addresses_are_links_whatever_a_name_looks_like(invitation):
    [link] = read(invitation).links
    assert link.startswith("https://care.example/invitations/")
    assert "evil.example" in invitation.body


@pytest.mark.parametrize("subject", sorted(path.name for path in TEMPLATES.rglob("*_subject.txt")))
def test_a_subject_names_the_site_as_it_is_written(subject):
    [path] = TEMPLATES.rglob(subject)
    name = str(path.relative_to(TEMPLATES))
    assert "Health & Home" in render_to_string(name, {"site_name": "Health & Home"})


def test_a_code_stands_out(client, db, mailoutbox):
    user = make_user()
    confirm_address(user)
    client.post("/accounts/password/reset/", {"email": user.email})
    code = re.search(r"^[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}$", mailoutbox[-1].body, re.MULTILINE)[0]
    assert re.search(rf'font-size: 28px[^>]*">{code}</p>', html_of(mailoutbox[-1]))
    assert read(mailoutbox[-1]).words == mailoutbox[-1].body.split()


def test_the_language_of_the_words_is_named(invitation):
    assert '<html lang="en">' in html_of(invitation)
