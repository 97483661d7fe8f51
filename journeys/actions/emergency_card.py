"""Write a journey's one emergency card for the first time."""

import uuid
from typing import Any

from django.db import IntegrityError

from journeys.models import EmergencyCard, Journey, User
from journeys.records import Conflict


def write_card(
    *, journey: Journey, by: User, client_id: uuid.UUID | None, **fields: Any
) -> EmergencyCard:
    """Create the card, once for two taps. Raises Conflict if somebody else has made it since."""
    try:
        card, _created = EmergencyCard.objects.create_once(
            journey=journey, client_id=client_id, author=by, **fields
        )
    except IntegrityError:
        raise Conflict from None
    return card
