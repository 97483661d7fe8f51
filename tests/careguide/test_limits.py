"""What costs much is limited: bytes that are sent, invitations, papers, codes of doctors."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from journeys.models import Share
from tests.factories import make_appointment, make_calendar_feed, make_journey
from tests.visitors import client_of
from tests.world import url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/no-such-page/", "/report/"])
def test_a_large_file_is_refused_before_it_is_read(client, path, monkeypatch):
    monkeypatch.setattr("django.http.HttpRequest._load_post_and_files", must_not_be_read)
    answer = client.post(path, {"file": open_file(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert answer.status_code == 413
    assert "larger than this site takes" in answer.content.decode()


def must_not_be_read(_request):
    raise AssertionError("the body was read")


def open_file(size):
    return SimpleUploadedFile("big.bin", b"x" * size)


def test_after_many_invitations_of_a_day_the_next_one_waits(as_owner, journey):
    path = url("share_add", journey_id=journey.pk)
    for number in range(20):
        assert as_owner.post(path, an_invitation(number)).status_code == 302
    answer = as_owner.post(path, an_invitation(20))
    assert answer.status_code == 422
    assert "Please go on tomorrow." in answer.content.decode()
    assert "somebody20@example.org" in answer.content.decode()
    assert Share.objects.count() == 20


def an_invitation(number):
    return {
        "email": f"somebody{number}@example.org",
        "role": "viewer",
        "areas": ["appointments"],
        "ends_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }


def test_papers_and_downloads_of_one_person_are_limited_and_those_of_others_are_not(owner):
    journey = make_journey(owner=owner)
    client = client_of(owner)
    path = url("export_json", journey_id=journey.pk)
    answers = [client.post(path).status_code for _number in range(31)]
    assert answers == [200] * 30 + [429]
    other = make_journey()
    path = url("export_json", journey_id=other.pk)
    assert client_of(other.owner).post(path).status_code == 200


def test_codes_of_doctors_cannot_be_tried_one_after_the_other():
    answers = [
        Client().get(url("doctor_code", token=f"made-up-{number}")).status_code
        for number in range(31)
    ]
    assert answers == [404] * 30 + [429]


def test_a_calendar_that_asks_in_the_clear_gets_nothing(settings, client, journey):
    make_appointment(journey=journey)
    make_calendar_feed(journey=journey, token="a-secret")
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^calendar/"]
    path = url("calendar_feed_file", token="a-secret")
    assert client.get(path).status_code == 404
    assert client.get(path, secure=True).status_code == 200
