"""What several modules of these tests start from."""

import pytest
import time_machine

from tests.factories import make_reminder_choice
from tests.journeys.views.reminder_tools import NOON, Failing


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def choice(journey, noon):
    journey.owner.time_zone = "Europe/Vienna"
    journey.owner.save()
    return make_reminder_choice(journey=journey)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{Failing.__module__}.Failing"
    monkeypatch.setattr(Failing, "outcomes", [])
    monkeypatch.setattr(Failing, "down", False)
    return Failing
