"""Every kind of record is known everywhere: exported in full, deleted with its journey."""

import json

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from journeys.exports.json_export import PEOPLE, export_journey
from journeys.models import Journey, JourneyRecord
from tests.factories import MAKERS, make_journey

JOURNEY_MODELS = [
    model
    for model in apps.get_app_config("journeys").get_models()
    if any(field.name == "journey" for field in model._meta.concrete_fields)
]
# Written by people: text, lists and numbers of their own, not keys, choices or times.
TEXT_FIELDS = (models.CharField, models.TextField)
by_name = pytest.mark.parametrize("model", JOURNEY_MODELS, ids=lambda model: model.__name__)


def exported_rows(journey, model):
    relation = next(
        relation
        for relation in Journey._meta.related_objects
        if relation.related_model is model and relation.field.name == "journey"
    )
    return json.loads(export_journey(journey))["records"][relation.get_accessor_name()]


def plain(value):
    """Return the value as it reads in JSON."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def test_every_model_of_a_journey_has_a_builder():
    assert set(JOURNEY_MODELS) == set(MAKERS)


@by_name
def test_the_export_holds_every_field_of_every_row(db, model):
    journey = make_journey(name="Olive")
    for _ in range(2):
        if model.__name__ != "StageEntry" or not journey.stage_entries.exists():
            MAKERS[model](journey=journey)
    stored = list(model.objects.filter(journey=journey).order_by("pk"))
    exported = exported_rows(journey, model)
    assert len(exported) == len(stored) > 0
    for row, values in zip(stored, exported, strict=True):
        names = {field.name for field in model._meta.concrete_fields} - {"journey"}
        assert set(values) == names
        for field in model._meta.concrete_fields:
            if field.name in PEOPLE:
                person = getattr(row, field.name)
                assert values[field.name] == (person.shown_name if person else None)
            elif field.name != "journey":
                assert values[field.name] == plain(getattr(row, field.attname)), field.name


@by_name
def test_the_export_holds_what_was_put_into_every_text_field(db, model):
    journey = make_journey()
    row = MAKERS[model](journey=journey)
    planted = {}
    for number, field in enumerate(model._meta.concrete_fields):
        if isinstance(field, TEXT_FIELDS) and not field.choices:
            planted[field.name] = f"can-{number}-ary"[: field.max_length]
    model.objects.filter(pk=row.pk).update(**planted)
    text = json.dumps(exported_rows(journey, model))
    assert [name for name, canary in planted.items() if canary not in text] == []


def test_the_export_holds_every_field_of_the_journey_itself(db):
    journey = make_journey(name="Olive", cancer_line="+00 1", comfort_line="+00 2")
    exported = json.loads(export_journey(journey))["journey"]
    assert set(exported) == {field.name for field in Journey._meta.concrete_fields}
    assert exported["comfort_line"] == "+00 2"


def test_the_export_holds_deleted_and_private_records_too(db):
    # It is the owner's own: what was put away within the last day is still theirs.
    journey = make_journey()
    MAKERS[apps.get_model("journeys", "Question")](journey=journey, only_me=True, text="For me")
    assert "For me" in export_journey(journey)


def test_the_export_holds_nothing_of_another_journey(db):
    mine, other = make_journey(name="Olive"), make_journey(name="Sam")
    rows = [make(journey=other) for make in MAKERS.values()]
    text = export_journey(mine)
    assert "Sam" not in text
    assert not [row for row in rows if str(row.pk) in text and len(str(row.pk)) > 8]
    assert not any(json.loads(text)["records"].values())


@by_name
def test_every_record_goes_with_its_journey(db, model):
    journey, other = make_journey(), make_journey()
    MAKERS[model](journey=journey)
    MAKERS[model](journey=other)
    journey.delete()
    assert not model.objects.exclude(journey=other).exists()
    assert model.objects.filter(journey=other).exists()


def test_a_journey_goes_with_its_owner_and_leaves_nothing(db):
    journey = make_journey()
    for make in MAKERS.values():
        make(journey=journey)
    journey.owner.delete()
    left = {model.__name__: model.objects.count() for model in (Journey, *JOURNEY_MODELS)}
    assert not any(left.values()), left


def test_a_record_outlives_the_account_of_its_author(db, viewer, journey):
    # What a caregiver wrote is the patient's; only the name goes.
    row = MAKERS[apps.get_model("journeys", "Question")](journey=journey, author=viewer)
    viewer.delete()
    row.refresh_from_db()
    assert row.author is None


# Notes about records rather than records: they are never edited, hidden or taken back.
NO_RECORDS = {
    *("AccessEvent", "CalendarFeed", "DoctorCode", "Revision", "Reminder", "ReminderChoice"),
    "Share",
}
BASE = {
    *("id", "journey", "author", "created_at", "edited_at", "version"),
    *("only_me", "deleted_at", "client_id"),
}


@by_name
def test_every_record_has_what_records_have(model):
    if model.__name__ in NO_RECORDS:
        assert not issubclass(model, JourneyRecord)
        return
    assert issubclass(model, JourneyRecord)
    fields = {field.name: field for field in model._meta.concrete_fields}
    assert set(fields) >= BASE
    assert isinstance(fields["id"], models.UUIDField) and fields["id"].primary_key
    unique = [
        constraint.fields
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
    ]
    assert ("journey", "client_id") in unique


@by_name
def test_no_record_holds_a_key_to_content(model):
    keys = [field for field in model._meta.concrete_fields if field.is_relation]
    assert {field.related_model._meta.app_label for field in keys} <= {"journeys"}


@by_name
def test_a_record_says_nothing_personal_in_its_name(db, model):
    row = MAKERS[model](journey=make_journey(name="Olive"))
    said = str(row)
    texts = [
        str(getattr(row, field.name))
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT_FIELDS) and not field.choices and field.name not in NEUTRAL
    ]
    assert not [text for text in texts if len(text) > 3 and text in said]


# Kinds of things, not what somebody said.
NEUTRAL = {"area", "model", "role", "kind"}


def test_every_text_that_a_person_writes_has_a_limit_in_the_database():
    unlimited = {
        f"{model.__name__}.{field.name}"
        for model in (Journey, *JOURNEY_MODELS)
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField) and not field.max_length
    }
    assert unlimited == set()
