"""What an account agreed to is noted with version and time, and asked again when it changes."""

from datetime import date

import pytest

from content.models import Notice
from journeys.actions.consents import agree, notices_due
from journeys.models import Consent
from tests.factories import make_user
from tests.visitors import sign_in
from tests.world import url

PAGE = "/profile/agreements/"


@pytest.fixture
def agreed(owner):
    agree(owner, Notice.objects.asked())
    return owner


def change(slug):
    notice = Notice.objects.get(slug=slug)
    notice.valid_from = date(2027, 1, 1)
    notice.save()


def test_the_sign_up_says_it_and_notes_it(client, db):
    page = client.get("/accounts/signup/").content.decode()
    assert "By starting you agree to our" in page
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": "quiet long words"})
    assert set(Consent.objects.values_list("user__email", "notice")) == {
        ("new@example.org", "privacy"),
        ("new@example.org", "terms"),
    }


def test_nobody_is_asked_twice(agreed, journey):
    assert notices_due(agreed) == []
    agree(agreed, Notice.objects.asked())
    assert Consent.objects.count() == 2
    today = sign_in(agreed).get(url("today", journey_id=journey.pk)).content.decode()
    assert "texts about your data and our terms are new" not in today


def test_a_change_is_asked_about_until_it_is_read(agreed, journey):
    change("privacy")
    client = sign_in(agreed)
    today = url("today", journey_id=journey.pk)
    assert "texts about your data and our terms are new" in client.get(today).content.decode()
    page = client.get(PAGE).content.decode()
    assert "I have read it and agree" in page
    assert page.count("holds from 1 January 2027") == 1
    client.post(PAGE)
    assert "texts about your data and our terms are new" not in client.get(today).content.decode()
    assert Consent.objects.filter(notice="privacy").count() == 2


def test_the_person_sees_what_they_agreed_to_and_when(agreed):
    page = sign_in(agreed).get(PAGE).content.decode()
    assert "What happens with your data" in page
    assert "as of 28 November 2026; you agreed on" in page


def test_contact_is_a_page_and_no_agreement(db):
    assert {row.slug for row in notices_due(make_user())} == {"privacy", "terms"}


def test_it_goes_with_the_account(agreed):
    agreed.delete()
    assert not Consent.objects.exists()
