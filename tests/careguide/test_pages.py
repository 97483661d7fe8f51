"""Landing, health check, robots, and the pages for when something went wrong."""

from unittest import mock

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.urls import get_resolver

from careguide.context_processors import site
from tests.world import url


def test_the_landing_page_says_what_this_is_and_is_not(client, db):
    page = client.get("/").content.decode()
    assert "This is not a medical device." in page
    assert 'href="/accounts/signup/"' in page
    assert 'href="/guide/"' in page
    assert page.index("Feeling unwell now?") < page.index("What you can do here")


def test_a_signed_in_person_goes_straight_to_their_pages(as_owner):
    assert as_owner.get("/").headers["Location"] == "/home/"


def test_the_health_check_says_ok_and_nothing_else(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_the_health_check_fails_when_the_database_does(client, db):
    with mock.patch.object(connection, "cursor", side_effect=DatabaseError("secret words")):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert b"secret" not in response.content


def test_robots_keep_out_of_peoples_pages(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /journeys/" in lines
    assert "Disallow: /accounts/" in lines
    assert "Disallow: /guide/" not in lines


@pytest.mark.parametrize("path", ["/no-such-page/", "/guide/no-such-section/", "/journeys/x/"])
def test_what_is_not_there_is_said_kindly(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "We could not find that page" in response.content.decode()


def test_the_page_of_absence_does_not_repeat_the_address(client, db):
    assert "leukemia-of-anna" not in client.get("/leukemia-of-anna/").content.decode()


def test_what_is_not_open_is_said_kindly(as_viewer, journey):
    response = as_viewer.get(url("check_in_add", journey_id=journey.pk))
    assert response.status_code == 403
    assert "This is not open to you" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/HEAD", "/.env", "/.git/config", "/manage.py", "/requirements.txt"),
        *("/careguide/settings.py", "/data/careguide.sqlite3", "/static/../.env"),
        *("/static/%2e%2e/.env", "/static/..%2f.env", "/static/", "/static/css/"),
    ],
)
def test_what_lies_beside_the_code_is_not_served(client, db, path):
    assert client.get(path).status_code == 404


def test_a_form_without_its_token_is_asked_for_once_more(owner, journey):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    response = client.post(url("question_add", journey_id=journey.pk), {"text": "Typed"})
    assert response.status_code == 403
    assert "Please send that once more" in response.content.decode()
    assert not journey.questions.exists()


def test_a_form_from_another_site_is_refused(owner, journey):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    token = client.get(url("question_add", journey_id=journey.pk)).context["csrf_token"]
    address = url("question_add", journey_id=journey.pk)
    given = {"text": "Typed", "csrfmiddlewaretoken": str(token)}
    elsewhere = {"Origin": "https://evil.example"}
    assert client.post(address, given, secure=True, headers=elsewhere).status_code == 403
    here = {"Origin": "https://testserver"}
    assert client.post(address, given, secure=True, headers=here).status_code == 302


def test_another_host_name_is_refused(client, db):
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_pages_of_errors_need_no_database_and_no_account(code):
    # No `db` here: a query would fail the test.
    request = RequestFactory().get("/")
    handler = get_resolver().resolve_error_handler(code)
    arguments = {} if code == 500 else {"exception": SuspiciousOperation("secret words")}
    response = handler(request, **arguments)
    page = response.content.decode()
    assert response.status_code == code
    assert "secret words" not in page
    assert 'href="/call/"' in page


def test_an_error_of_ours_shows_nothing_of_its_cause(as_owner, journey):
    as_owner.raise_request_exception = False
    with mock.patch("journeys.views.today.standing", side_effect=RuntimeError("secret words")):
        response = as_owner.get(url("today", journey_id=journey.pk))
    assert response.status_code == 500
    assert "secret words" not in response.content.decode()
    assert "do not wait for this page: call." in response.content.decode()


def test_a_body_that_is_too_large_is_refused(as_owner, journey):
    response = as_owner.post(
        url("question_add", journey_id=journey.pk),
        "x" * 1_000_001,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code in (400, 413)


def test_every_page_knows_the_name_of_the_site(settings):
    settings.SITE_NAME, settings.SUPPORT_EMAIL = "Our ward", "help@example.org"
    assert site(RequestFactory().get("/")) == {
        "site_name": "Our ward",
        "support_email": "help@example.org",
        "languages": [],
    }


def test_the_site_loads_nothing_from_elsewhere(as_owner, journey):
    for path in ("/", "/guide/", "/accounts/login/", url("today", journey_id=journey.pk)):
        page = as_owner.get(path, follow=True).content.decode()
        assert 'src="http' not in page
        assert '<link rel="stylesheet" href="http' not in page
