"""What no form asks for, no form takes: a column cannot be reached by naming it in a post."""

import ast
import re

import pytest
import time_machine
from django import forms
from django.apps import apps
from django.core.cache import cache
from django.db import models
from django.test import Client

from tests.factories import make_journey
from tests.matrix import ROWS
from tests.sources import tree_of, under
from tests.test_bad_input import Fields, encoded
from tests.tiers import some_every_day
from tests.undo import undone
from tests.visitors import client_of
from tests.world import PATTERNS, PEOPLE, Records, fill, olives_world

POSTS = [name for name in PATTERNS if ROWS[name, "POST"]["owner"] not in ("method", "none")]
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HASHES = re.compile(r"\b[0-9a-f]{64}\b")
NOTED = {"Session", "UserSession"}
# What a page's own form leaves empty and the view demands.
STEP = 10
NEEDED = {"name": ["Ada"], "email": ["carer@example.org"]}


def forbidden(other: Records) -> dict[str, list[str]]:
    """Return names of columns with values that belong to another patient, or to nobody."""
    person, journey = str(other.journey.owner.pk), str(other.journey.pk)
    record = str(other.present["question_id"].pk)
    values = {
        person: "owner owner_id author author_id user user_id actor changed_by",
        journey: "journey journey_id nav_journey",
        record: "id pk check_in check_in_id question_id appointment_id share_id superseded_by",
        "1": "is_staff is_superuser is_active hands_over kept_for_another fever_limit_confirmed",
        "99": "version_ version late order",
        "2001-01-01 00:00": "accepted_at revoked_at ends_at invited_at created_at edited_at",
        "2001-01-01": "deleted_at occurred_on status_changed_at starts_at date_joined",
        "mood": "areas area level reasons rules_version unchecked",
        "owner": "role",
        "evil@example.org": "invited_email password suggested",
        "f" * 64: "token_hash token",
    }
    return {name: [value] for value, names in values.items() for name in names.split()}


def is_counted(model: type[models.Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.AutoField | models.BigAutoField)


def rows() -> dict[str, list[str]]:
    """Return every row of every table of people as text."""
    return {
        model.__name__: [
            # A counted key moves on after a rollback on PostgreSQL; it says nothing of the form.
            repr({name: value for name, value in row.items() if not is_counted(model, name)})
            for row in model.objects.order_by("pk").values()
        ]
        for model in apps.get_models()
        if model._meta.app_label != "content" and model.__name__ not in NOTED
    }


def outcome_of(client: Client, path: str, sent: dict[str, list[str]]) -> dict[str, list[str]]:
    """Post, and return the rows there are then. Ids and secrets made anew are left out."""
    cache.clear()  # some doors count tries
    known = set(UUIDS.findall(repr(rows())))
    with undone():
        answer = client.post(path, encoded(sent), content_type="application/x-www-form-urlencoded")
        found = {"answer": [str(answer.status_code)]} | rows()
    return {
        name: sorted(
            HASHES.sub(
                lambda at: at[0] if set(at[0]) == {"f"} else "new",
                UUIDS.sub(lambda at: at[0] if at[0] in known else "new", row),
            )
            for row in table
        )
        for name, table in found.items()
    }


def form_of(client: Client, path: str) -> dict[str, list[str]]:
    """Return what the page of this address sends when its form is filled in."""
    page = client.get(path)
    sent = Fields(page.content.decode(), path).as_sent() if page.status_code == 200 else {}
    return {name: values or NEEDED.get(name, []) for name, values in sent.items()}


def compare(person: str, name: str, few_at_a_time: bool = False) -> None:
    world, other = olives_world(), fill(make_journey(name="Paul"))
    client = client_of(PEOPLE[person](world.journey))
    path = world.url(name)
    sent = form_of(client, path)
    extra = {field: value for field, value in forbidden(other).items() if field not in sent}
    assert len(extra) > 20
    plain = outcome_of(client, path, sent)
    assert outcome_of(client, path, sent | extra) == plain
    # A few at a time, so that no refusal of one hides another for long.
    names = sorted(extra)
    for few in [names[begin::STEP] for begin in range(STEP)] if few_at_a_time else ():
        assert outcome_of(client, path, sent | {name: extra[name] for name in few}) == plain, few


@pytest.fixture(autouse=True)
def one_moment():
    with time_machine.travel("2026-11-30T10:00:00+00:00", tick=False):
        yield


EVERY_DAY = {"question_add", "question_edit", "journey_name", "share_edit", "check_in_add"}


@pytest.mark.parametrize("name", some_every_day(POSTS, EVERY_DAY.__contains__))
def test_the_owner_changes_nothing_by_naming_columns(db, name):
    compare("owner", name)


@pytest.mark.verify
@pytest.mark.parametrize("name", POSTS)
def test_nor_does_somebody_who_helps(db, name):
    compare("manager", name)


@pytest.mark.verify
@pytest.mark.parametrize("person", ["owner", "contributor"])
@pytest.mark.parametrize("name", POSTS)
def test_nor_by_naming_a_few_at_a_time(db, name, person):
    compare(person, name, few_at_a_time=True)


@pytest.mark.verify
def test_most_of_these_posts_save_something(db):
    # So that the tests above compare something.
    world = olives_world()
    client, before = client_of(world.journey.owner), rows()
    saved = []
    for name in POSTS:
        answer = outcome_of(client, world.url(name), form_of(client, world.url(name)))
        saved += [name] if answer["answer"] == ["302"] else []
    assert len(saved) >= 25, saved
    assert rows() == before


def all_forms(kind: type = forms.BaseForm) -> set[type]:
    found = {kind} if kind.__module__.startswith("journeys.") else set()
    return found.union(*(all_forms(child) for child in kind.__subclasses__()))


def test_no_form_of_records_offers_rows_to_choose_from():
    # A key in a form would need a check of whose it is; there is none to forget.
    for form in all_forms():
        for name, field in form.base_fields.items():
            assert not isinstance(field, forms.ModelChoiceField), (form.__name__, name)


def test_no_form_of_records_takes_every_column():
    for form in all_forms():
        if issubclass(form, forms.ModelForm) and getattr(form, "_meta", None) and form._meta.model:
            assert form._meta.fields not in (None, forms.ALL_FIELDS), form.__name__
            assert not form._meta.exclude, form.__name__


def test_no_view_hands_a_whole_post_to_a_model():
    for path in under("journeys/views", "journeys/actions"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.keyword) and node.arg is None:
                assert "POST" not in ast.unparse(node.value), path
