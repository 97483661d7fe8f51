"""Fill in the emergency card, and read both papers as plain words."""

import re
import uuid

from tests.world import url

FULL = {
    "name": "Olive Owner",
    "birth_year": "1984",
    "allergies": "Penicillin: rash\nLatex",
    "blood_group": "A-",
    "irradiated": "yes",
    "line": "port",
    "line_note": "left side",
    "transplant_on": "2026-05-05",
    "asparaginase_on": "2026-11-12",
    "spinal_chemo_on": "2026-11-20",
    "steroids_on": "2026-11-21",
    "conditions": "Diabetes",
    "contact_name": "Kim Sample",
    "contact_relation": "partner",
    "contact_phone": "+00 2222",
}


def save(client, journey, **fields):
    given = {} if "version" in fields else {"client_id": str(uuid.uuid4())}
    return client.post(url("card_edit", journey_id=journey.pk), given | fields)


def page_of(client, journey):
    return client.get(url("card_detail", journey_id=journey.pk)).content.decode()


def papers(client, journey):
    """Return (wallet card, sheet for home) as plain words."""
    text = page_of(client, journey)
    wallet, _mark, sheet = text.partition('<div class="wallet">')[2].partition('class="home-sheet"')
    sheet = sheet.partition("</section>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in (wallet, sheet)]
