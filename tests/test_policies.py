"""Every page of people's records says who may open it, and looking changes nothing."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from journeys.access import Permission
from tests.tables import contents_of_tables
from tests.visitors import client_of
from tests.world import PATTERNS, TOKEN_ROUTES, needs_journey, olives_world, url

# The pages that everybody may read. Nothing of a person stands on any of them.
OPEN_PAGES = {
    *("landing", "healthz", "robots", "manifest", "choose_language", "gallery"),
    *("content:offline", "content:offline_list", "content:service_worker"),
    *("content:guide_index", "content:section", "content:topic", "content:search"),
    *("content:glossary", "content:term", "content:symptom_index", "content:symptom"),
    *("content:sources", "content:changes", "content:red_path", "content:lab_index"),
    *("content:lab", "content:medicine_index", "content:medicine", "content:phase_index"),
    *("content:phase", "content:visit_index", "content:visit", "content:report"),
    "content:notice",
}
# allauth's own, for people who are not signed in yet.
OPEN_ACCOUNT_PAGES = {
    *("account_login", "account_logout", "account_signup", "account_inactive"),
    *("account_reauthenticate", "account_confirm_email", "account_email_verification_sent"),
    *("account_reset_password", "account_confirm_password_reset_code"),
    *("account_complete_password_reset", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_authenticate", "mfa_login_webauthn", "mfa_signup_webauthn", "mfa_reauthenticate"),
    *("mfa_trust", "account_confirm_login_code", "account_password_reset_completed"),
}


def patterns(resolver: URLResolver, space: str = "") -> dict[str, URLPattern]:
    """Return every address below the resolver by its full name."""
    found = {}
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found |= patterns(entry, inner)
        else:
            found[f"{space}{entry.name or entry.pattern}"] = entry
    return found


def asks_for_sign_in(pattern: URLPattern) -> bool:
    return getattr(pattern.callback, "login_required", True)


def test_the_pages_without_sign_in_are_exactly_these():
    everything = patterns(get_resolver())
    found = {
        name
        for name, pattern in everything.items()
        if not name.startswith(("account_", "mfa_", "admin:")) and not asks_for_sign_in(pattern)
    }
    assert found == OPEN_PAGES | {f"journeys:{name}" for name in TOKEN_ROUTES}


def test_allauth_opens_only_what_comes_before_a_sign_in():
    everything = patterns(get_resolver())
    account = {
        name
        for name, pattern in everything.items()
        if name.startswith(("account_", "mfa_", "usersessions_")) and not asks_for_sign_in(pattern)
    }
    assert account <= OPEN_ACCOUNT_PAGES


def test_only_the_end_of_mails_is_exempt_from_the_csrf_check():
    """Mail programs press it (RFC 8058). It does one thing, and doing it twice is no different."""
    exempt = {
        name
        for name, pattern in patterns(get_resolver()).items()
        if getattr(pattern.callback, "csrf_exempt", False)
    }
    assert exempt == {"journeys:stop_mail"}


def test_every_save_is_refused_without_the_token_of_its_page(db):
    world = olives_world()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.journey.owner)
    before = contents_of_tables("journeys")
    named = [name for name in PATTERNS if name != "stop_mail"]
    saves = [name for name in named if strict.post(world.url(name)).status_code != 405]
    assert len(saves) > 25
    for name in saves:
        assert strict.post(world.url(name), {"text": "From elsewhere"}).status_code == 403, name
    assert contents_of_tables("journeys") == before


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_address_of_records_carries_a_policy(name):
    policy = getattr(PATTERNS[name].callback, "policy", None)
    assert policy is not None, "put @requires, @signed_in or @public on it"
    if needs_journey(name):
        assert isinstance(policy[0], Permission)
    elif name in TOKEN_ROUTES:
        assert policy[0] == "public" and policy[1].strip()
    else:
        assert policy[0] == "signed-in"
    assert asks_for_sign_in(PATTERNS[name]) == (name not in TOKEN_ROUTES)


@pytest.mark.verify
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_address_of_records_refuses_other_methods(db, name):
    world = olives_world()
    owner = client_of(world.journey.owner)
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"):
        assert owner.generic(method, world.url(name)).status_code == 405, method


@pytest.mark.verify
def test_looking_changes_nothing(db):
    world = olives_world()
    owner = client_of(world.journey.owner)
    before = contents_of_tables()
    # A fetch by a calendar is noted on the feed, as the log notes a look.
    for name in set(PATTERNS) - {"calendar_feed_file"}:
        for address in (world.url(name), f"{world.url(name)}?all&add=fever&welcome&before=x"):
            owner.get(address)
            owner.head(address)
            owner.get(address, headers={"HX-Request": "true"})
    assert contents_of_tables() == before


def test_a_viewer_who_looks_changes_the_access_log_alone(as_viewer, journey):
    before = contents_of_tables("journeys")
    for name in ("today", "check_in_list", "appointment_list", "question_list", "stage_detail"):
        as_viewer.get(url(name, journey_id=journey.pk))
    after = contents_of_tables("journeys")
    assert {model for model in before if before[model] != after[model]} == {"AccessEvent"}


def test_no_address_of_records_takes_a_word():
    """Addresses stand in histories and logs: numbers and random ids only, and a few secrets."""
    words = {
        name
        for name, pattern in PATTERNS.items()
        for converter in pattern.pattern.converters.values()
        if type(converter).__name__ not in ("UUIDConverter", "IntConverter")
    }
    assert words == TOKEN_ROUTES
