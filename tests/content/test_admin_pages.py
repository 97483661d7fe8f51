"""The workshop's pages: who may enter, what they show, what they never show."""

import re
import sys
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from content.models import Symptom, Term, Topic
from content.second_look import may_hide
from tests.content.admin_tools import change_url, make_editor, save
from tests.factories import MAKERS, make_check_in, make_journey, make_stage, make_user
from tests.test_templates import INLINE
from tests.tiers import some_every_day
from tests.workshop import workshop

pytestmark = pytest.mark.django_db


def pages() -> list[str]:
    return [*workshop().values(), reverse("admin:jsi18n")]


# --- Who may enter ------------------------------------------------------------------------------


def test_a_stranger_signs_in_where_everybody_does(client):
    answer = client.get("/admin/content/topic/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_staff_without_a_second_factor_are_kindly_sent_to_set_one_up(as_user, editor):
    Authenticator.objects.filter(user=editor).delete()
    answer = as_user(editor).get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_index")
    assert "Please set up a second step first" in answer.content.decode()


def test_debug_opens_no_other_door(as_user, editor, settings):
    settings.DEBUG = True
    Authenticator.objects.filter(user=editor).delete()
    assert as_user(editor).get("/admin/").status_code == 302


def test_a_patient_does_not_get_in_even_with_a_second_factor(as_user):
    patient = make_editor(is_staff=False)
    assert as_user(patient).get("/admin/", follow=True).status_code == 403


def test_an_editor_gets_in_and_to_the_page_that_was_asked_for(as_editor):
    assert as_editor.get("/admin/").status_code == 200
    assert as_editor.get("/admin/login/").status_code == 302


def test_there_is_no_second_way_to_a_password_or_to_rows_by_their_type(as_editor):
    for address in ("/admin/password_change/", "/admin/r/1/1/", "/admin/journeys/"):
        assert as_editor.get(address).status_code == 404, address


# --- What the pages hold ------------------------------------------------------------------------


@pytest.mark.verify
def test_no_page_holds_anything_that_the_content_policy_forbids(as_editor):
    allowed = re.compile(r"<script[^>]*\bsrc=", re.IGNORECASE)
    for address in pages():
        answer = as_editor.get(address)
        assert answer.status_code == 200, address
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        if "javascript" in answer.headers["Content-Type"]:
            continue
        html = answer.content.decode()
        for what, pattern in INLINE.items():
            if what not in ("the safe filter", "an inline script"):
                assert not pattern.search(html), (address, what)
        scripts = re.findall(r"<script[^>]*>", html)
        assert all(allowed.match(script) for script in scripts), (address, scripts)


def test_no_page_can_be_kept_or_found_by_a_search_engine(as_editor):
    answer = as_editor.get("/admin/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]


CANARY = "c4n4ry"


def plant():
    """Write the canary into every text of every record and account of a patient."""
    owner = make_user(name="Olive", email=f"{CANARY}@example.org")
    journey = make_journey(owner=owner)
    rows = [owner, journey, *(make(journey=journey) for make in MAKERS.values())]
    for row in rows:
        texts = {
            column.name: CANARY[: column.max_length]
            for column in row._meta.concrete_fields
            if isinstance(column, models.CharField | models.TextField)
            and not (column.choices or column.unique or column.max_length == 64)
            and column.name != "password"
        }
        type(row).objects.filter(pk=row.pk).update(**texts)
    return rows


@pytest.mark.verify
def test_no_page_shows_a_word_of_a_patient(as_editor, admin_client_with_factor):
    rows = plant()
    assert len(rows) > 8
    by_hand = [
        f"/admin/{model._meta.app_label}/{model._meta.model_name}/{page}"
        for model in apps.get_app_config("journeys").get_models()
        for page in ("", "add/", "1/change/", "1/delete/", "1/history/")
    ]
    by_hand += [
        f"/admin/autocomplete/?app_label=journeys&model_name={row._meta.model_name}&field_name=x"
        f"&term={CANARY}"
        for row in rows
    ]
    for client in (as_editor, admin_client_with_factor):
        searches = [f"{one}?q={CANARY[:4]}" for one in pages() if one.count("/") == 4]
        for address in [*pages(), *searches]:
            assert CANARY not in client.get(address).content.decode(), address
        for row in (Topic.objects.first(), Symptom.objects.first()):
            assert CANARY not in client.get(change_url(row, "delete")).content.decode()
        for address in by_hand:
            answer = client.get(address)
            assert answer.status_code in (403, 404), address
            assert CANARY not in answer.content.decode()


def test_an_archived_symptom_neither_shows_nor_breaks_what_patients_wrote(
    as_editor, as_owner, journey
):
    scored = Symptom.objects.filter(kind="scored", area="symptoms").order_by("number")
    symptom = next(one for one in scored if may_hide(one))
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    check_in = make_check_in(journey=journey, **{symptom.slug.replace("-", "_"): 2})
    page = save(as_editor, symptom, status="archived")
    assert page.redirect_chain
    assert "Olive" not in page.content.decode()
    for place in ("", "check-ins/", f"check-ins/{check_in.pk}/"):
        answer = as_owner.get(f"/journeys/{journey.pk}/{place}")
        assert answer.status_code == 200
    assert symptom.name in answer.content.decode()


# --- The pages of the guide and the workshop know each other ------------------------------------


def test_editors_find_the_way_from_a_page_to_its_form_and_back(as_editor, as_owner, client):
    for row in (Topic.objects.first(), Symptom.objects.first(), Term.objects.first()):
        public = row.get_absolute_url()
        assert change_url(row) in as_editor.get(public).content.decode()
        for other in (client, as_owner):
            assert "/admin/" not in other.get(public).content.decode()
        assert public in as_editor.get(change_url(row)).content.decode()


# --- Markdown -----------------------------------------------------------------------------------

PREVIEW = "/admin/preview/?field=body"
HOSTILE = {
    "brackets": "[" * 20_000,
    "links": "[a](" * 5_000,
    "stars": "*a_" * 6_600,
    "quotes": ">" * 20_000,
    "lists": "- " * 10_000,
    "backticks": "`a``" * 5_000,
    "table": "|a" * 9_000 + "\n" + "|-" * 900,
    "entities": "&#x1f600;" * 2_200,
    "html": "<img src=x onerror=alert(1)>" * 700,
    "autolinks": "<http:" * 3_300,
    "words": "leukemia chemotherapy " * 900,
}


MOST_CALLS = 10_000_000


def counted(work: Callable[[], HttpResponse]) -> tuple[HttpResponse, int]:
    """Do the work; return its answer and how many functions were called for it."""
    calls = 0

    def note(*_event: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(note)
    try:
        return work(), calls
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("name", some_every_day(HOSTILE, lambda name: name == "brackets"))
def test_hostile_markdown_becomes_harmless_text_with_little_work(as_editor, name):
    as_editor.post(PREVIEW, {"body": "warm"})
    answer, calls = counted(lambda: as_editor.post(PREVIEW, {"body": HOSTILE[name]}))
    # The clock would tell of the machine; what grows with the square of the text makes many more.
    assert calls < MOST_CALLS
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"<(script|img|iframe|style|form)|<[^>]*\son\w+=", html)


def test_too_long_a_text_is_not_even_parsed(as_editor):
    answer = as_editor.post(PREVIEW, {"body": "a" * 20_001})
    assert "longer than" in answer.content.decode()
    refused = save(as_editor, Topic.objects.first(), body="a" * 20_001)
    assert not refused.redirect_chain


def test_the_preview_is_the_real_rendering_with_links_and_words(as_editor):
    answer = as_editor.post(PREVIEW, {"body": "## Why\n\nSee [this](topic:what-is-all). Leukemia."})
    html = answer.content.decode()
    assert '<h2>Why</h2>' in html  # fmt: skip
    assert 'href="/guide/overview/what-is-all/"' in html
    assert 'class="term"' in html


def test_the_preview_is_for_editors_who_send_a_token(client, as_owner, editor):
    for other in (client, as_owner):
        assert other.post(PREVIEW, {"body": "x"}).status_code in (302, 403)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(PREVIEW, {"body": "x"}).status_code == 403
