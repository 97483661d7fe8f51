"""The database refuses to change or delete a line of the access log while its journey lives."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from journeys.models import AccessEvent
from tests.factories import make_access_event, make_journey, make_user


@contextmanager
def refused():
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        yield


@pytest.fixture
def event(journey):
    return make_access_event(journey=journey)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "write"},
        {"area": "labs"},
        {"at": timezone.now()},
        {"actor": "somebody else"},
        {"journey": "another one"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_line_is_not_changed(event, change):
    if "actor" in change:
        change = {"actor": make_user()}
    if "journey" in change:
        change = {"journey": make_journey()}
    with refused():
        AccessEvent.objects.filter(pk=event.pk).update(**change)


def test_a_line_is_not_deleted(event):
    with refused():
        event.delete()
    with refused():
        AccessEvent.objects.all().delete()


def test_a_line_is_not_replaced(event):
    if connection.vendor != "sqlite":
        return
    with refused(), connection.cursor() as cursor:
        cursor.execute(
            "REPLACE INTO journeys_accessevent (id, journey_id, kind, area, at)"
            " SELECT id, journey_id, 'write', area, at FROM journeys_accessevent"
        )


def test_a_name_goes_with_its_account_and_the_line_stays(journey, viewer):
    event = make_access_event(journey=journey, actor=viewer, about=viewer)
    viewer.delete()
    event.refresh_from_db()
    assert (event.actor, event.about) == (None, None)


@pytest.mark.parametrize("whole_account", [True, False])
def test_it_goes_with_its_journey_and_no_other_line_does(event, journey, whole_account):
    other = make_access_event(journey=make_journey())
    if whole_account:
        journey.owner.delete()
    else:
        journey.delete()
    assert list(AccessEvent.objects.all()) == [other]


def test_a_journey_that_was_about_to_go_and_stayed_is_kept(event, journey):
    with pytest.raises(RuntimeError), transaction.atomic():
        journey.delete()
        raise RuntimeError
    with refused():
        event.delete()
