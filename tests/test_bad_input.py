"""Bad input of every kind into every field: never an error page, never a lost word.

The fields are read from the pages themselves, so a new form is tried without a word here.
"""

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote_plus

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone

from journeys import urls
from journeys.models import Journey
from tests.asserts import text_of
from tests.factories import (
    make_appointment,
    make_calendar_feed,
    make_care_member,
    make_check_in,
    make_corrected_note,
    make_dose,
    make_lab_report,
    make_medicine,
    make_note,
    make_procedure,
    make_question,
    make_share,
    make_stage,
    make_user,
)
from tests.undo import undone
from tests.world import key_of, number_of

SCRIPT = "<script>alert(1)</script>"
KINDS: dict[str, list[str | bytes | list[str]]] = {
    "empty": [""],
    "spaces": ["   "],
    "long": ["x" * 10_000],
    "null-byte": ["a\0b"],
    "broken-utf-8": [b"a\xed\xa0\x80\xffb"],
    "emoji-and-right-to-left": ["\U0001f469\U0001f3fd\u200d\u2695\ufe0f \u202eمرحبا"],
    "sql": ["'; DROP TABLE journeys_journey; --"],
    "html": [f'"> {SCRIPT}'],
    "huge-number": ["9" * 40, "9" * 5_000],
    "negative": ["-1"],
    "no-number": ["NaN", "Infinity", "1e999", "sNaN", "-0"],
    "impossible-time": [
        "0000-00-00",
        "0001-01-01",
        "0001-01-01T00:00",
        "9999-12-31",
        "9999-12-31T23:59",
        "10000-01-01",
        "2026-02-30T25:61",
        "25:61",
    ],
    "wrong-choice": ["no-such-choice"],
    "several": [["one", "two"]],
}
SINGLE = [(kind, value) for kind, values in KINDS.items() for value in values]
ONE_OF_EACH = [(kind, values[0]) for kind, values in KINDS.items()]
# Where one answer takes long: empty, broken bytes, a script, no number, several.
A_FEW = [
    row
    for row in ONE_OF_EACH
    if row[0] in ("empty", "broken-utf-8", "html", "no-number", "several")
]
# What a form needs beside what its page fills in already.
GOOD = {
    "neutrophils": "0.5",
    "name": "Ada",
    "email": "carer@example.org",
    "dose": "2 tablets",
    "note": "A note",
    "text": "A question",
    "kind": "clinic-visit",
    "day": "2030-05-06",
    "time": "09:30",
}
TYPED = {"text", "tel", "email", "search", "url", "number", "date", "time", "datetime-local"}
# Pages far from UTC: the ends of time overflow there first.
FAR_ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago"]


# --- Reading the forms of a page ----------------------------------------------------------------
class Fields(HTMLParser):
    """The fields that the forms of a page send to the page itself: {name: (type, values)}."""

    def __init__(self, page: str, path: str = "") -> None:
        super().__init__()
        self._to_itself = ("", path)
        self.found: dict[str, tuple[str, list[str]]] = {}
        self._in_form = False
        self._select = ""
        self._area: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = dict(attributes)
        name = has.get("name") or ""
        if tag == "form":
            to = (has.get("action") or "").partition("?")[0]
            self._in_form = has.get("method") == "post" and to in self._to_itself
        elif not self._in_form:
            return
        elif tag == "input" and name and has.get("type") != "submit":
            kind = has.get("type") or "text"
            ticked = kind not in ("radio", "checkbox") or "checked" in has
            self._add(name, kind, has.get("value") or "", ticked)
        elif tag == "textarea":
            self._area = name
            self.found[name] = ("text", [""])
        elif tag == "select":
            self._select = name
            self.found[name] = ("select", [])
        elif tag == "option" and self._select:
            values = self.found[self._select][1]
            if "selected" in has or not values:
                values[:] = [has.get("value") or ""]

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.found[self._area][1][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            # The first line break belongs to the tag.
            values = self.found[self._area][1]
            values[0] = values[0].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._in_form = False

    def _add(self, name: str, kind: str, value: str, ticked: bool) -> None:
        if name == "csrfmiddlewaretoken":
            return
        _kind, values = self.found.setdefault(name, (kind, []))
        if ticked:
            values.append(value)

    def as_sent(self) -> dict[str, list[str]]:
        """What a browser sends when the person changes nothing but what is needed."""
        sent = {name: list(values) for name, (_kind, values) in self.found.items()}
        for name, value in GOOD.items():
            if name in sent and not any(sent[name]):
                sent[name] = [value]
        return sent


def encoded(data: dict[str, list]) -> str:
    pairs = [(name, value) for name, values in data.items() for value in values]
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)


def as_list(value: str | bytes | list[str]) -> list:
    return value if isinstance(value, list) else [value]


def as_read(value: str | bytes) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


class Page:
    """One page with its forms, and the ways to send it something bad."""

    def __init__(self, client: Client, path: str, after: tuple[str, ...] = ()) -> None:
        self.client, self.path, self.after = client, path, after
        first = client.get(path)
        assert first.status_code in (200, 302, 404, 405), (path, first.status_code)
        self.fields = Fields(text_of(first) if first.status_code == 200 else "", path)
        self.sent = self.fields.as_sent()

    def post(self, data: dict[str, list]) -> HttpResponse:
        return self.client.post(
            self.path, encoded(data), content_type="application/x-www-form-urlencoded"
        )

    def sends(self, bad: dict[str, str | bytes | list[str]]) -> None:
        """Send the page with these values changed, look at the answer, take it back."""
        with undone():
            answer = self.post(self.sent | {name: as_list(value) for name, value in bad.items()})
            self.judge(answer, bad)

    def judge(self, answer: HttpResponse, bad: dict) -> None:
        where = (self.path, answer.status_code, {name: str(bad[name])[:80] for name in bad})
        assert answer.status_code in (201, 302, 409, 422), where
        if answer.status_code == 201:
            assert SCRIPT not in answer.content.decode(), where
            return
        if answer.status_code == 302:
            for path in (answer.headers["Location"], *self.after):
                then = self.client.get(path, follow=True)
                assert then.status_code == 200, (where, path)
                assert SCRIPT not in then.content.decode(), (where, path)
            return
        body = answer.content.decode()
        assert "error-summary" in body, where
        assert SCRIPT not in body, where
        for name, value in bad.items():
            if self.fields.found.get(name, ("", []))[0] in TYPED:
                typed = as_read(as_list(value)[-1])
                assert escape(typed) in body, where


# --- The pages ----------------------------------------------------------------------------------
@pytest.fixture
def client(as_owner: Client) -> Client:
    as_owner.raise_request_exception = False
    return as_owner


@pytest.fixture
def examples(journey: Journey) -> dict[str, object]:
    """A value for every part of an address."""
    make_stage(journey=journey, phase="maintenance")
    check_in = make_check_in(journey=journey, tired=2, nausea=1, temperature="37.2", note="A note")
    return {
        "journey_id": journey.pk,
        "stage_id": journey.stage_entries.get().pk,
        "check_in_id": check_in.pk,
        "appointment_id": make_appointment(journey=journey).pk,
        "question_id": make_question(journey=journey).pk,
        "note_id": make_note(journey=journey).pk,
        "record_id": make_corrected_note(journey=journey).pk,
        "procedure_id": make_procedure(journey=journey, kind="block").pk,
        "member_id": make_care_member(journey=journey).pk,
        "report_id": make_lab_report(journey=journey).pk,
        "medicine_id": make_medicine(journey=journey).pk,
        "dose_id": make_dose(journey=journey).pk,
        "lab": key_of("neutrophils"),
        "symptom": number_of("tired"),
        "feed_id": make_calendar_feed(journey=journey).pk,
        "share_id": make_share(journey=journey, user=make_user()).pk,
        "token": "not-a-token-of-ours",
    }


def address(pattern: URLPattern, examples: dict[str, object]) -> str:
    needed = pattern.pattern.converters
    missing = set(needed) - set(examples)
    assert not missing, f"give `examples` a value for {missing}"
    return reverse(f"journeys:{pattern.name}", kwargs={name: examples[name] for name in needed})


def after(examples: dict[str, object]) -> tuple[str, ...]:
    """Pages that show again what was saved."""
    names = ("today", "check_in_list", "question_list")
    return tuple(reverse(f"journeys:{name}", args=[examples["journey_id"]]) for name in names)


ADDRESSES = {pattern.name: pattern for pattern in urls.urlpatterns}
WITH_A_FORM = [
    "profile", "journey_status", "journey_name", "journey_numbers", "journey_limit", "stage_add",
    "stage_correct", "treatment_edit", "check_in_add", "check_in_edit", "appointment_add",
    "appointment_edit", "question_add", "question_edit", "journey_keep", "note_add", "note_edit",
    "lab_add", "lab_edit", "reminder_edit", "medicine_add", "medicine_edit", "dose_change",
    "check_in_list", "question_search", "care_member_add", "care_member_edit", "card_edit",
    "procedure_edit", "after_edit", "calendar_feed", "appointment_look_back",
    "share_add", "share_edit",
]  # fmt: skip
every_form = pytest.mark.parametrize("name", WITH_A_FORM)


@every_form
def test_a_form_is_accepted_as_its_page_sends_it(name, client, examples):
    page = Page(client, address(ADDRESSES[name], examples))
    answer = page.post(page.sent)
    assert answer.status_code in (201, 302), answer.content.decode()


@every_form
@pytest.mark.verify
def test_a_form_bears_the_same_bad_value_in_all_its_fields(name, client, examples):
    page = Page(client, address(ADDRESSES[name], examples), after(examples))
    seen = [name for name, (kind, _values) in page.fields.found.items() if kind != "hidden"]
    for _kind, value in ONE_OF_EACH:
        page.sends(dict.fromkeys(seen, value))


@every_form
def test_a_form_bears_a_bad_value_in_one_field(name, client, examples):
    page = Page(client, address(ADDRESSES[name], examples))
    # Every field with one kind, the next field with the next: together all of them.
    for field, (_kind, value) in zip(page.sent, itertools.cycle(SINGLE), strict=False):
        page.sends({field: value})


def of_each_sort(fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield name and type of two fields of each sort: a list asks the same of each of its rows."""
    seen: Counter[tuple[str, str]] = Counter()
    for name, (kind, _values) in fields.found.items():
        sort = "" if kind in ("radio", "checkbox") else name.rpartition("-")[2]
        seen[kind, sort] += 1
        if seen[kind, sort] <= 2:
            yield name, kind


@pytest.mark.verify
@every_form
def test_a_form_bears_every_bad_value_in_every_sort_of_field(name, client, examples):
    page = Page(client, address(ADDRESSES[name], examples))
    for field, kind in of_each_sort(page.fields):
        for _kind, value in SINGLE if kind in TYPED else ONE_OF_EACH:
            page.sends({field: value})


@pytest.mark.verify
def test_every_other_address_bears_fields_that_it_does_not_have(client, examples):
    """Delete, restore, star, take, start, export, and pages that only show."""
    junk = ("next", "client_id", "version", "csrfmiddlewaretoken", "journey", "slug")
    for name, pattern in ADDRESSES.items():
        if name in WITH_A_FORM:
            continue
        page = Page(client, address(pattern, examples))
        assert not page.sent, f"add {name} to WITH_A_FORM"
        for kind, value in ONE_OF_EACH:
            with undone():
                answer = page.post(dict.fromkeys(junk, as_list(value)))
            assert answer.status_code in (200, 204, 302, 404, 405, 422), (name, kind)
            if answer.status_code == 405:
                break  # it only shows


# --- Hidden fields ------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["check_in_add", "appointment_add", "question_add", "stage_add"])
def test_a_broken_hidden_id_never_locks_out(name, client, journey):
    page = Page(client, reverse(f"journeys:{name}", args=[journey.pk]))
    for kind, value in ONE_OF_EACH:
        with undone():
            answer = page.post(page.sent | {"client_id": as_list(value)})
        assert answer.status_code == 302, (kind, answer.content.decode())


@pytest.mark.parametrize("name", ["check_in_edit", "appointment_edit", "question_edit"])
def test_a_broken_version_is_asked_once_and_then_saved(name, client, examples):
    kwargs = {"journey_id": examples["journey_id"]}
    record = name.replace("edit", "id")
    page = Page(client, reverse(f"journeys:{name}", kwargs=kwargs | {record: examples[record]}))
    for kind, value in A_FEW:
        with undone():
            answer = page.post(page.sent | {"version": as_list(value)})
            assert answer.status_code == 409, kind
            again = page.post(Fields(answer.content.decode(), page.path).as_sent())
            assert again.status_code == 302, (kind, again.content.decode())


# --- The check-in's own traps -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("check_in_edit", "symptom"),
        ("check_in_edit", "tired-signs"),
        ("check_in_add", "symptom"),
        ("check_in_add", "add"),
        ("check_in_add", "more"),
        ("check_in_add", "fever-signs"),
    ],
)
def test_a_check_in_bears_fields_that_nobody_was_shown(name, field, client, examples):
    kwargs = {"journey_id": examples["journey_id"]}
    kwargs |= {"check_in_id": examples["check_in_id"]} if name == "check_in_edit" else {}
    page = Page(client, reverse(f"journeys:{name}", kwargs=kwargs), after(examples))
    for kind, value in A_FEW:
        with undone():
            answer = page.post(page.sent | {field: as_list(value)})
            assert answer.status_code in (200, 302, 422), (kind, answer.status_code)
            if answer.status_code == 302:
                assert client.get(answer.headers["Location"]).status_code == 200


STRANGE_SYMPTOMS = [
    ["note"], ["version"], ["symptom"], ["nausea-signs", "nausea"], ["nausea", "nausea-signs"],
    ["fever-temperature"], ["fever-temperature-unit", "fever"], ["nausea\n"], ["a" * 81], ["-"],
    [f"made-up-{number}" for number in range(200)],
]  # fmt: skip


@pytest.mark.parametrize("symptoms", STRANGE_SYMPTOMS, ids=lambda symptoms: symptoms[0][:20])
def test_a_check_in_bears_strange_symptoms(symptoms, client, examples):
    journey_id = examples["journey_id"]
    page = Page(client, reverse("journeys:check_in_add", args=[journey_id]))
    scores = {slug: ["3"] for slug in symptoms}
    scores["note"] = ["A note"]
    answer = page.post(page.sent | {"symptom": symptoms} | scores)
    assert answer.status_code in (302, 422), answer.status_code
    for path in (answer.headers.get("Location", page.path), *after(examples)):
        assert client.get(path).status_code == 200
    export = client.post(reverse("journeys:export_json", args=[journey_id]))
    assert export.status_code == 200


@pytest.mark.parametrize("number", [601, 2_000])
def test_too_many_fields_are_refused_without_an_error_page(number, client, examples):
    page = Page(client, reverse("journeys:check_in_add", args=[examples["journey_id"]]))
    data = {f"field-{count}": ["1"] for count in range(number)}
    assert page.post(data).status_code == 400


# Appointments ask the same way; their page with its list of zones takes long.
DATED = ["check_in_add", "treatment_edit", "stage_add", "question_edit"]


@pytest.mark.parametrize("zone", FAR_ZONES)
def test_the_ends_of_time_are_refused_kindly_in_every_zone(zone, client, owner, examples):
    owner.time_zone = zone
    owner.save()
    times = [value for kind, value in SINGLE if kind == "impossible-time"]
    for form in DATED:
        page = Page(client, address(ADDRESSES[form], examples))
        dated = [
            name
            for name, (kind, _values) in page.fields.found.items()
            if kind in ("date", "time", "datetime-local")
        ]
        # Windows ask the same question many times over.
        for name, value in itertools.product(dated[:1], times):
            page.sends({name: value})


def test_a_mistyped_year_never_ends_a_window(client, journey):
    path = reverse("journeys:treatment_edit", args=[journey.pk])
    answer = client.post(path, {"asparaginase": "yes", "asparaginase-on": "0026-11-20"})
    assert answer.status_code == 422
    assert 'value="0026-11-20"' in answer.content.decode()
    assert not journey.recent_treatments.exists()


# --- Addresses ----------------------------------------------------------------------------------
BAD_PARAMETERS = [
    *ONE_OF_EACH,
    ("edges", "0001-01-01T00:00:00+14:00"),
    ("edges", "9999-12-31T23:59:59-14:00"),
    ("edges", "0001-01-01T00:00:00+00:00"),
    ("edges", "2026-11-20T10:00:00+99:99"),
]
PARAMETERS = {
    "/search/": "q",
    "journeys:check_in_list": "before",
    "journeys:check_in_add": "same",
    "journeys:journey_name": "welcome",
    "journeys:journey_numbers": "welcome",
    "journeys:question_list": "all",
    "journeys:note_list": "from",
    "journeys:care_member_list": "from",
    "journeys:lab_list": "from",
    "journeys:dose_list": "day",
    "journeys:timeline": "before",
    "journeys:trend_list": "days",
}


@pytest.mark.parametrize(("page", "parameter"), PARAMETERS.items())
def test_pages_bear_any_parameter(page, parameter, client, examples):
    path = page if page.startswith("/") else reverse(page, args=[examples["journey_id"]])
    for kind, value in BAD_PARAMETERS:
        answer = client.get(f"{path}?{encoded({parameter: as_list(value)})}")
        assert answer.status_code == 200, (kind, answer.status_code)
        assert SCRIPT not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_search_keeps_what_was_typed_and_needs_no_account(kind):
    for value in KINDS[kind]:
        answer = Client().get(f"/search/?{encoded({'q': as_list(value)})}")
        assert answer.status_code == 200
        body = answer.content.decode()
        assert escape(as_read(as_list(value)[-1])) in body
        assert SCRIPT not in body


@pytest.mark.parametrize(
    "path",
    ["guide/{}/", "guide/overview/{}/", "glossary/{}/", "symptoms/{}/", "journeys/{}/", "{}"],
)
def test_addresses_that_cannot_be_are_not_found(path, client):
    for kind, value in SINGLE:
        part = quote_plus(as_list(value)[0]).replace("+", "%20")
        if kind not in ("empty", "spaces"):
            answer = client.get("/" + path.format(part))
            assert answer.status_code == 404, (kind, answer.status_code)


def test_pages_of_other_years_stay_readable(client, journey):
    """A check-in at the edge of what may be entered, listed and paged."""
    oldest = timezone.now() - timedelta(days=3 * 365)
    make_check_in(journey=journey, occurred_at=oldest, tired=1)
    path = reverse("journeys:check_in_list", args=[journey.pk])
    assert client.get(path).status_code == 200
    assert client.get(f"{path}?before=1900-01-01T00:00:00%2B00:00").status_code == 200


# --- Signing up and in --------------------------------------------------------------------------
DOORS = {
    "account_signup": ("email", "password1"),
    "account_login": ("login", "password"),
    "account_reset_password": ("email",),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("door", "field"), [(door, field) for door, fields in DOORS.items() for field in fields]
)
def test_the_doors_bear_any_value(door, field):
    visitor = Client(raise_request_exception=False)
    page = Page(visitor, reverse(door))
    assert field in page.sent
    filled = {"email": ["ada@example.org"], "login": ["ada@example.org"]}
    filled |= dict.fromkeys(("password", "password1"), ["a quiet long password"])
    sent = page.sent | {name: value for name, value in filled.items() if name in page.sent}
    for kind, value in SINGLE:
        tries = [as_list(value)]
        if field in ("email", "login") and isinstance(value, str):
            tries.append([f"{value}@example.org"])
        for values in tries:
            cache.clear()  # the doors count tries
            visitor.cookies.clear()
            with undone():
                answer = page.post(sent | {field: values})
            assert answer.status_code in (200, 302, 400), (kind, answer.status_code)
            assert SCRIPT not in answer.content.decode()


@pytest.mark.django_db
def test_the_door_bears_any_way_back():
    visitor = Client(raise_request_exception=False)
    for kind, value in SINGLE:
        answer = visitor.get(f"{reverse('account_login')}?{encoded({'next': as_list(value)})}")
        assert answer.status_code in (200, 400), (kind, answer.status_code)
        assert SCRIPT not in answer.content.decode()
