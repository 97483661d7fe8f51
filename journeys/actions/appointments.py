"""Appointments: one, or all of a series as single ones; and not asking about one again."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from journeys.models import Appointment, Journey, User


@transaction.atomic
def make_appointments(
    *,
    journey: Journey,
    by: User,
    client_id: uuid.UUID | None,
    visits: Sequence[tuple[date, int]],
    **said: Any,
) -> list[Appointment]:
    """Create one appointment for each (day, fold); a second submit of the form makes no others."""
    made = []
    for number, (day, fold) in enumerate(visits):
        key = uuid.uuid5(client_id, str(number)) if client_id and number else client_id
        appointment, _created = Appointment.objects.create_once(
            journey=journey, client_id=key, author=by, **(said | {"day": day, "fold": fold})
        )
        made.append(appointment)
    return made


def look_back(appointment: Appointment) -> None:
    """Note that nobody needs to be asked any more how this visit went."""
    Appointment.objects.filter(pk=appointment.pk).update(looked_back=True)
