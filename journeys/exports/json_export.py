"""Everything a journey holds as JSON. The test of completeness walks the models against it."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from journeys.models import Journey, User

FORMAT = "careguide-journey"
VERSION = 1
PEOPLE = {"about", "author", "changed_by", "actor", "user", "owner"}


def export_journey(journey: Journey) -> str:
    """Return the journey with all its records as JSON text, in a fixed order."""
    people = _Names()
    data = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": timezone.now(),
        "journey": _row(journey, people),
        "records": {
            relation.get_accessor_name(): [
                _row(row, people)
                for row in getattr(journey, relation.get_accessor_name()).order_by("pk")
            ]
            for relation in journey_relations()
        },
    }
    return json.dumps(data, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)


def journey_relations() -> list[models.ManyToOneRel]:
    """Return every relation of records to the journey, found from the models themselves."""
    return [
        relation for relation in Journey._meta.related_objects if relation.field.name == "journey"
    ]


class _Names(dict):
    """Names of the people who wrote something, read when first needed."""

    def __missing__(self, user_id: int) -> str:
        user = User.objects.filter(pk=user_id).first()
        self[user_id] = user.shown_name if user else ""
        return self[user_id]


def _row(row: models.Model, people: _Names) -> dict[str, Any]:
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in PEOPLE:
            values[field.name] = people[value] if value is not None else None
        elif field.name != "journey":
            values[field.name] = value
    return values
