"""One canary in every field of every part of two journeys; whoever comes, crawls all they reach.

A canary outside of what somebody may see is a leak, wherever it sits: page, fragment, file, header,
cookie, mail, address.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from journeys import audit, records
from journeys.models import Area, Journey, User
from journeys.models.base import JourneyRecord
from tests import factories
from tests.factories import make_share, make_stage, make_user
from tests.visitors import client_of
from tests.world import PATTERNS, child_argument, needs_journey, url

pytestmark = pytest.mark.verify

# Every text that a person can write, by the part of the journey it belongs to.
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "make_appointment": (
        Area.APPOINTMENTS,
        ("title", "place", "person", "phone", "notes", "how_it_went"),
    ),
    "make_care_member": (
        Area.APPOINTMENTS,
        ("name", "own_role", "day_hours", "call_for", "note"),
    ),
    "make_procedure": (Area.MEDICINES, ("name", "result", "note")),
    "make_medicine": (Area.MEDICINES, ("name", "purpose", "note", "dose")),
    "make_dose": (Area.MEDICINES, ("note",)),
    "make_lab_report": (Area.LABS, ("note",)),
    "make_lab_result": (Area.LABS, ("method",)),
    "make_note": (Area.NOTES, ("text",)),
    "make_question": (Area.QUESTIONS, ("text", "answer", "answered_by")),
    "make_check_in": (Area.SYMPTOMS, ("note",)),
    "make_emergency_card": (
        Area.MEDICINES,
        ("allergies", "line_note", "conditions", "contact_name", "contact_relation"),
    ),
    "make_follow_up_plan": (Area.MEDICINES, ("treatment", "plan", "watch", "contact")),
}
ONE_PER_JOURNEY = {"make_emergency_card", "make_follow_up_plan"}
ROWS_OF_EACH = 3
CANARY = re.compile(rb"zq\d+qz")
LINK = re.compile(r"""(?:href|action|hx-get|hx-post)=["']([^"'#]+)""")
NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)
# The guide is the same for everybody: its front is enough.
CRAWLED = ("/journeys/", "/home/", "/profile/", "/calendar/", "/accounts/sessions/")
MOST = 900


@dataclass
class Planted:
    """Canaries by (whose, part, how private)."""

    where: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    numbers: count = field(default_factory=lambda: count(1))

    def of(self, *, whose: str, areas: set[str], ways: set[str]) -> set[str]:
        return {
            canary
            for canary, (owner, area, way) in self.where.items()
            if owner == whose and area in areas and way in ways
        }


def plant(planted: Planted, journey: Journey, whose: str) -> None:
    """Fill a journey with shared, own and deleted records, a canary in each of their fields."""
    for maker, (area, names) in FIELDS.items():
        ways = ["shared"] if maker in ONE_PER_JOURNEY else ["shared", "only me", "deleted"]
        for way in ways * (1 if maker in ONE_PER_JOURNEY else ROWS_OF_EACH):
            words = {name: f"zq{next(planted.numbers)}qz" for name in names}
            planted.where |= dict.fromkeys(words.values(), (whose, area, way))
            said = words | ({"only_me": True} if way == "only me" else {})
            if maker == "make_lab_result":
                # A value goes with its report, which is what is hidden or deleted.
                private = {"only_me": way == "only me", "results": {}}
                said["report"] = factories.make_lab_report(journey=journey, **private)
            row = getattr(factories, maker)(journey=journey, **said)
            if maker == "make_question" and words.get("answer"):
                row.answered_on = timezone.localdate()
                row.save()
            if way == "deleted":
                records.delete(getattr(row, "report", row))


def links_of(answer: HttpResponse) -> set[str]:
    if "html" not in answer.headers.get("Content-Type", ""):
        return set()
    found = {unescape(link) for link in LINK.findall(answer.content.decode())}
    places = (answer.headers.get(name, "") for name in ("Location", "HX-Redirect"))
    return {path for path in (*found, *places) if urlsplit(path).path.startswith(CRAWLED)}


def canaries_in(answer: HttpResponse) -> set[str]:
    raw = b"".join([*answer] if answer.streaming else [answer.content])
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    found = CANARY.findall(raw + headers.encode() + cookies.encode())
    return {canary.decode() for canary in found}


def crawl(client: Client, starts: list[str]) -> tuple[set[str], int]:
    """Follow every link there is; return the canaries seen, and how many addresses were asked."""
    found, seen, waiting = set(), set(starts), deque(starts)
    while waiting:
        path = waiting.popleft()
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(path, headers=headers)
            found |= canaries_in(answer)
            for link in sorted(links_of(answer) - seen):
                seen.add(link)
                waiting.append(link)
        assert len(seen) < MOST, "the crawl does not end"
    return found, len(seen)


def starts_for(*journeys: Journey) -> list[str]:
    """Every address of records, with each record there is, the hidden and deleted ones too."""
    starts = ["/", "/home/", "/search/?q=fever", "/guide/"]
    for journey in journeys:
        for name in PATTERNS:
            if not needs_journey(name):
                continue
            arguments = {"journey_id": journey.pk}
            converters = PATTERNS[name].pattern.converters
            if "lab" in converters:
                arguments["lab"] = "neutrophils"
            if "symptom" in converters:
                arguments["symptom"] = "tired"
            child = child_argument(name)
            starts += [url(name, **arguments | more) for more in children(journey, child)]
    return starts


def children(journey: Journey, argument: str) -> list[dict]:
    if not argument:
        return [{}]
    rows = {
        "stage_id": journey.stage_entries,
        "check_in_id": journey.check_ins,
        "appointment_id": journey.appointments,
        "question_id": journey.questions,
        "note_id": journey.notes,
        "report_id": journey.lab_reports,
        "medicine_id": journey.medicines,
        "dose_id": journey.doses,
        "record_id": journey.notes,
        "procedure_id": journey.procedures,
        "member_id": journey.care_team_members,
        "share_id": journey.shares,
        "feed_id": journey.calendar_feeds,
    }[argument]
    return [{argument: key} for key in list(rows.values_list("pk", flat=True))[:9]]


@pytest.fixture
def planted(journey, stranger):
    planted = Planted()
    make_stage(journey=journey, phase="induction")
    plant(planted, journey, "Olive")
    plant(planted, stranger.own_journeys.get(), "Sam")
    assert len(planted.where) >= 400
    return planted


def member(journey: Journey, role: str, areas: set[str]) -> User:
    user = make_user(name="Kim")
    make_share(journey=journey, user=user, role=role, areas=sorted(areas))
    return user


ALL = set(Area.values)


def test_the_crawl_of_the_owner_finds_what_is_theirs(planted, as_owner, journey):
    found, asked = crawl(as_owner, starts_for(journey))
    mine = planted.of(whose="Olive", areas=ALL, ways={"shared", "only me"})
    assert found <= mine
    # So a leak would be found: the crawl sees nearly all that there is.
    assert len(found) / len(mine) > 0.95, sorted(mine - found)
    assert asked > 150


@pytest.mark.parametrize(
    ("role", "hidden"),
    [
        *(("viewer", None), ("contributor", None), ("manager", None)),
        *(("manager", area) for area in sorted({area for area, _names in FIELDS.values()})),
    ],
)
def test_a_member_finds_what_is_shared_with_them_alone(planted, journey, stranger, role, hidden):
    areas = ALL - {hidden}
    client = client_of(member(journey, role, areas))
    found, _asked = crawl(client, starts_for(journey, stranger.own_journeys.get()))
    theirs = planted.of(whose="Olive", areas=areas, ways={"shared"})
    assert found <= theirs, {canary: planted.where[canary] for canary in found - theirs}
    assert found


def test_the_log_names_every_part_of_which_a_page_tells(planted, journey, monkeypatch):
    monkeypatch.setattr(audit, "READS_COUNT_ONCE_FOR", timedelta(0))
    client, told = client_of(member(journey, "manager", ALL)), set()
    for path in starts_for(journey):
        before = journey.access_events.count()
        shown = {planted.where[canary][1] for canary in canaries_in(client.get(path))}
        logged = journey.access_events.order_by("pk").values_list("area", flat=True)[before:]
        assert shown <= set(logged), path
        told |= shown
    assert told == {area for area, _names in FIELDS.values()}


@pytest.mark.parametrize("who", ["nobody", "stranger", "revoked", "expired", "waiting", "staff"])
def test_everybody_else_finds_nothing(planted, journey, stranger, who):
    now = timezone.now()
    ends = {
        "revoked": {"revoked_at": now},
        "expired": {"ends_at": now - timedelta(seconds=1)},
        "waiting": {"accepted_at": None},
    }
    user = {"nobody": None, "stranger": make_user(), "staff": make_user(is_staff=True)}.get(who)
    if who in ends:
        user = make_user()
        make_share(journey=journey, user=user, role="manager", **ends[who])
    found, _asked = crawl(client_of(user), starts_for(journey, stranger.own_journeys.get()))
    assert found == set()


def test_neither_mails_nor_logs_hold_one(planted, journey, capfd, caplog):
    factories.make_reminder_choice(journey=journey)
    tomorrow = NOON + timedelta(days=1)
    for row in journey.appointments.present():
        row.day, row.time, row.zone = tomorrow.date(), tomorrow.time(), "UTC"
        row.save()
    with time_machine.travel(NOON, tick=False):
        call_command("run_due", verbosity=0)
    assert mail.outbox
    said = "".join(str(message.message()) for message in mail.outbox)
    printed = capfd.readouterr()
    assert not CANARY.search((said + printed.out + printed.err + caplog.text).encode())


def test_every_kind_of_text_is_planted():
    """A new field of a record that people write into must be planted, too."""
    from django.apps import apps  # noqa: PLC0415
    from django.db import models  # noqa: PLC0415

    known = {name for _area, names in FIELDS.values() for name in names}
    # Names of the guide, numbers to dial and words of the app itself.
    not_words = {
        *("kind", "zone", "suggested", "guide", "lab", "unit", "slot", "classification", "phase"),
        *("cell_type", "philadelphia", "level", "rules_version", "symptom", "area", "window"),
        *("day_number", "night_number", "contact_phone", "own_name"),
    }
    written = {
        column.name
        for model in apps.get_app_config("journeys").get_models()
        if issubclass(model, JourneyRecord)
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField) and not column.choices
    }
    assert written - known - not_words == set()
