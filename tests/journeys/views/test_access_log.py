"""The log that the owner reads: every event once, in any order, to take along, and to act upon."""

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from journeys.actions.shares import accept
from journeys.exports.csv_file import csv_file
from journeys.models import AccessEvent
from tests.factories import (
    make_access_event,
    make_calendar_feed,
    make_doctor_code,
    make_share,
    make_user,
)
from tests.visitors import client_of, sign_in
from tests.world import url


def kinds(journey):
    return list(journey.access_events.order_by("pk").values_list("kind", flat=True))


def page(client, name, journey, **asked):
    return client.get(url(name, journey_id=journey.pk), asked).content.decode()


def test_every_step_of_a_share_is_one_line(as_owner, owner, journey):
    now = timezone.now()
    invited = {"user": None, "accepted_at": None, "invited_at": now, "invited_email": "k@x.org"}
    share = make_share(journey=journey, **invited)
    kim = make_user(name="Kim")
    accept(share=share, by=kim)
    for name in ("share_agree", "share_renew", "share_narrow", "share_revoke"):
        as_owner.post(url(name, journey_id=journey.pk, share_id=share.pk))
    assert kinds(journey) == ["joined", "let-in", "share", "share", "ended"]
    assert {event.about for event in journey.access_events.exclude(kind="joined")} == {kim}
    said = page(as_owner, "access_log", journey)
    assert "ended sharing with: Kim" in said
    assert "k@x.org" not in said


def test_leaving_taking_along_and_signing_in_are_lines(as_owner, as_viewer, owner, journey):
    as_viewer.post(url("share_leave", journey_id=journey.pk))
    as_owner.post(url("export_json", journey_id=journey.pk))
    sign_in(owner)
    assert [kind for kind in kinds(journey) if kind != "write"] == ["left", "export", "sign-in"]


def test_who_only_keeps_company_does_not_show_where_they_sign_in(journey, viewer):
    sign_in(viewer)
    assert kinds(journey) == []


def test_it_can_be_sorted_and_leafed_through(as_owner, journey):
    now = timezone.now()
    for number, name in enumerate(["Zoe", "Ada", "Mia"]):
        person = make_user(name=name)
        make_access_event(journey=journey, actor=person, at=now - timedelta(hours=number))

    def names(sort):
        said = page(as_owner, "access_log", journey, sort=sort)
        return re.findall(r'<th scope="row">(\w+)</th>', said)

    assert names("when") == names("nonsense") == ["Zoe", "Ada", "Mia"]
    assert names("first") == ["Mia", "Ada", "Zoe"]
    assert names("who") == ["Ada", "Mia", "Zoe"]


def test_a_hundred_lines_are_a_page(as_owner, journey):
    for _number in range(101):
        make_access_event(journey=journey)
    assert page(as_owner, "access_log", journey).count('<th scope="row">') == 100
    assert page(as_owner, "access_log", journey, **{"from": "100"}).count('<th scope="row">') == 1


def test_it_is_taken_along_as_a_table(as_owner, journey):
    with time_machine.travel("2026-11-28T12:00:00Z", tick=False):
        make_access_event(journey=journey, actor=make_user(name="Kim"))
        answer = as_owner.get(url("access_log_file", journey_id=journey.pk))
    assert 'filename="log-2026-11-28.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1:] == [["2026-11-28 12:00", "Kim", "looked at", "Symptoms"]]


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "\uff1d1", "|calc", "=cmd|' /C'!A0"]
)
def test_no_name_becomes_a_formula(name):
    (row,) = list(csv.reader(io.StringIO(csv_file(["Who"], [[name]]).lstrip("\ufeff"))))[1:]
    assert row[0].startswith("'")
    assert row[0][1:] == name


def test_one_press_shuts_everybody_out(owner, journey, viewer):
    feed, code = (
        make_calendar_feed(journey=journey, token="of-mine"),
        make_doctor_code(journey=journey),
    )
    here, elsewhere = sign_in(owner), sign_in(owner)
    assert elsewhere.get(url("today", journey_id=journey.pk)).status_code == 200
    answer = here.post(url("access_log_not_me", journey_id=journey.pk), follow=True)
    assert answer.status_code == 200
    assert client_of(viewer).get(url("today", journey_id=journey.pk)).status_code == 404
    assert Client().get("/calendar/of-mine.ics").status_code == 404
    code.refresh_from_db()
    assert code.ended_at is not None
    feed.refresh_from_db()
    assert feed.ended_at is not None
    # This device stays, every other one has to sign in again.
    assert here.get(url("today", journey_id=journey.pk)).status_code == 200
    assert elsewhere.get(url("today", journey_id=journey.pk)).status_code == 302
    assert AccessEvent.objects.filter(journey=journey, kind="ended", about=viewer).count() == 1
