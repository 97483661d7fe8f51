"""Headers of every answer: what browsers, caches and search engines may do with it."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings

from tests.factories import make_check_in, make_question, make_stage
from tests.world import url

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}
INDEXED = ["/", "/guide/", "/guide/overview/", "/guide/overview/what-is-all/"]
PUBLIC = ["/glossary/", "/symptoms/", "/symptoms/fever/", "/sources/", "/call/", "/search/"]
ACCOUNT = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
OTHERS = ["/no-such-page/", "/healthz", "/robots.txt", "/static/js/careguide.js"]
SIGNED_IN = ["/journeys/", "/profile/", "/guide/", "/accounts/email/", "/accounts/2fa/"]


@pytest.mark.parametrize("path", [*INDEXED, *PUBLIC, *ACCOUNT, *OTHERS])
def test_every_answer_carries_the_content_policy_and_nothing_else(client, db, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert {part.strip() for part in policy.split(";") if part.strip()} == POLICY


@pytest.mark.parametrize("path", [*INDEXED, *PUBLIC, *ACCOUNT, *OTHERS])
def test_answers_with_text_say_in_which_charset(client, db, path):
    headers = client.get(path).headers
    assert (
        headers["Content-Type"].endswith("; charset=utf-8")
        or 'charset="utf-8"' in headers["Content-Type"]
    )
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", [*INDEXED, *PUBLIC, *ACCOUNT, "/no-such-page/"])
def test_every_answer_tells_browsers_to_be_careful(client, db, path):
    be_careful(client.get(path, secure=True).headers)


def test_so_does_the_answer_to_what_is_too_large(client):
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = client.post("/", b"x" * (most + 1), "text/plain", secure=True)
    assert answer.status_code == 413
    be_careful(answer.headers)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store, private"


def be_careful(headers):
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize("path", INDEXED)
def test_what_search_engines_may_list_says_what_it_is(client, db, path):
    page = client.get(path).content.decode()
    assert re.search(r'<meta name="description" content="[^"]{30,}">', page)


@pytest.mark.parametrize("path", SIGNED_IN)
def test_nothing_that_a_signed_in_person_sees_is_kept(as_owner, path):
    headers = as_owner.get(path).headers
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_nothing_of_a_journey_is_kept_by_browser_or_proxy(as_owner, journey):
    make_stage(journey=journey, phase="induction")
    check_in = make_check_in(journey=journey, tired=1)
    for address in (
        url("today", journey_id=journey.pk),
        url("check_in_detail", journey_id=journey.pk, check_in_id=check_in.pk),
        url("export", journey_id=journey.pk),
    ):
        response = as_owner.get(address)
        assert response.headers["Cache-Control"] == "no-store, private"
        assert "Cookie" in response.headers["Vary"]
        page = response.content.decode()
        # What headers cannot do: no snapshot in the page's own store, no page from the back button.
        assert 'hx-history="false"' in page
        assert "data-private" in page
        assert '"historyCacheSize":0' in page


@pytest.mark.parametrize("path", INDEXED)
def test_guide_and_landing_may_be_found(client, db, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "X-Robots-Tag" not in response.headers


@pytest.mark.parametrize("path", [*PUBLIC, *ACCOUNT, "/no-such-page/", "/healthz"])
def test_nothing_else_may_be_found(client, db, path):
    assert client.get(path).headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/no-such-page/"])
def test_pages_with_a_form_or_a_session_are_not_kept_either(client, db, path):
    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("path", [*INDEXED, *PUBLIC, "/journeys/"])
def test_every_answer_says_that_htmx_may_get_another(client, db, path):
    assert "HX-Request" in client.get(path).headers["Vary"]


def test_an_expired_session_sends_the_whole_page_to_the_sign_in(client, journey):
    address = url("check_in_list", journey_id=journey.pk)
    response = client.get(address, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response.headers["HX-Redirect"].startswith("/accounts/login/")
    assert "Location" not in response.headers
    assert response.content == b""


def test_a_save_through_htmx_moves_the_whole_page(as_owner, journey):
    address = url("journey_name", journey_id=journey.pk)
    response = as_owner.post(address, {"name": "New"}, headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == url("journey_detail", journey_id=journey.pk)


@pytest.mark.parametrize(
    ("page", "followed"),
    [("question_list", True), ("today", False), ("https://evil.example/", False), ("", False)],
)
def test_a_change_that_leads_back_to_its_own_page_exchanges_it_there(
    as_owner, journey, page, followed
):
    address = url(page, journey_id=journey.pk) if page.isidentifier() else page
    here = f"http://testserver{address}" if page.isidentifier() else address
    question = make_question(journey=journey)
    response = as_owner.post(
        url("question_star", journey_id=journey.pk, question_id=question.pk),
        headers={"HX-Request": "true", "HX-Boosted": "true", "HX-Current-URL": here},
    )
    assert (response.status_code == 302) is followed
    assert ("HX-Redirect" in response.headers) is not followed


def test_without_htmx_a_redirect_is_a_redirect(client, journey):
    response = client.get(url("today", journey_id=journey.pk))
    assert response.status_code == 302
    assert "HX-Redirect" not in response.headers


def test_cookies_are_bound_to_this_host_and_out_of_reach_of_scripts(client, db):
    client.get("/accounts/login/")
    cookie = client.cookies["__Host-csrf"]
    assert cookie["secure"] and cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_the_session_cookie_is_bound_too_and_ends_with_the_browser(client, owner):
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    client.post("/accounts/login/", {"login": owner.email, "password": "a quiet long password"})
    cookie = client.cookies["__Host-session"]
    assert cookie["secure"] and cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (cookie["expires"], cookie["domain"]) == ("", "")


def test_times_are_shown_in_the_readers_zone(as_owner, owner, journey):
    check_in = make_check_in(journey=journey, occurred_at=datetime(2026, 7, 1, 12, tzinfo=UTC))
    address = url("check_in_detail", journey_id=journey.pk, check_in_id=check_in.pk)
    shown = {}
    for zone in ("Asia/Tokyo", "America/New_York"):
        owner.time_zone = zone
        owner.save()
        shown[zone] = as_owner.get(address).content.decode().partition("<h1>")[2][:80]
    assert "21:00" in shown["Asia/Tokyo"]
    assert "08:00" in shown["America/New_York"]
