"""Filling in a check-in as its page would send it."""

import uuid
from datetime import timedelta

from django.utils import timezone

from tests.factories import make_check_in
from tests.world import url

LINE = "+43 1 000 001"


def moment(**ago):
    return timezone.localtime(timezone.now() - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M")


def answers(**scores):
    """`scores` are fields by name, with _ for -: `mouth_sores="2"`."""
    given = {"client_id": str(uuid.uuid4()), "occurred_at": moment(minutes=1)}
    given |= {name.replace("_", "-"): value for name, value in scores.items()}
    given["symptom"] = [name.replace("_", "-") for name in scores if name != "fever"]
    return given


def temperature(value, unit="C"):
    return {"fever-temperature": value, "fever-temperature-unit": unit}


def note(client, journey, given):
    return client.post(url("check_in_add", journey_id=journey.pk), given)


def at(name, check_in):
    return url(name, journey_id=check_in.journey_id, check_in_id=check_in.pk)


def page_after(client, response):
    assert response.status_code == 302, response.content.decode()[:2000]
    return client.get(response.headers["Location"]).content.decode()


def list_of(client, journey):
    """The page of the list, without the choice of what it shows: that names every symptom."""
    page = client.get(url("check_in_list", journey_id=journey.pk)).content.decode()
    before, _form, rest = page.partition('<details class="card no-print"')
    return before + rest.partition("</details>")[2]


def noted(journey, days, **said):
    """A check-in of that many days ago, written down then."""
    moment = timezone.now() - timedelta(days=days)
    return make_check_in(journey=journey, occurred_at=moment, now=moment, **said)
