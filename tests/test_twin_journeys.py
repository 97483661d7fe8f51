"""What is hidden leaves no trace: a page reads as if there truly were nothing.

Two journeys are alike but for one part, which only the first of them holds. For somebody from whom
that part is hidden, every page of the first is, byte for byte, the page of the second.
"""

import re
import uuid
from collections.abc import Callable
from datetime import time, timedelta
from difflib import unified_diff

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from content.models import SuggestedQuestion
from journeys import records
from journeys.models import Area, Journey, User
from tests.asserts import text_of
from tests.factories import (
    make_appointment,
    make_care_member,
    make_check_in,
    make_dose,
    make_emergency_card,
    make_follow_up_plan,
    make_journey,
    make_lab_report,
    make_medicine,
    make_note,
    make_procedure,
    make_question,
    make_share,
    make_stage,
    make_treatment,
    make_user,
)
from tests.tiers import some_every_day
from tests.visitors import client_of
from tests.world import PATTERNS, child_argument, needs_journey, url

MADE_AT, READ_AT = "2026-11-30T10:00:00+00:00", "2026-11-30T10:05:00+00:00"
ROLES = ("viewer", "contributor", "manager")
# Everything a page may be asked for besides.
EXTRAS = ("?all&welcome&same=1", "?empty=1&before=2026-12-01T00:00:00%2B00:00")
WAYS = [("", {})]
ALL_WAYS = [(extra, headers) for extra in ("", *EXTRAS) for headers in ({}, {"HX-Request": "true"})]
Part = Callable[[Journey, User], None]


@pytest.fixture(autouse=True)
def one_moment():
    """Both twins are made in the same minute and read in the same moment."""
    with time_machine.travel(READ_AT, tick=False):
        yield


# --- The parts. Each is made by the owner, and once more by the caregiver who reads. -------------
def stage(journey, reader):
    for days, phase in ((40, "induction"), (10, "comfort")):
        make_stage(
            journey=journey,
            started_on=timezone.localdate() - timedelta(days=days),
            classification="refractory",
            phase=phase,
            cell_type="t-cell",
            philadelphia="ph-positive",
            cns_prophylaxis=True,
        )


def symptoms(journey, reader):
    for hours, author in ((1, journey.owner), (2, reader)):
        at = timezone.now() - timedelta(hours=hours)
        make_check_in(
            journey=journey, author=author, occurred_at=at, mouth_sores=3, nausea=2, note="Sore"
        )
    records.delete(make_check_in(journey=journey, author=reader, nausea=1))


def check_in_without_mood(journey, reader):
    """What the twin has instead where mood is hidden: the same check-in, without its mood."""
    check_in_of(journey, reader, tired=1)


def mood(journey, reader):
    check_in_of(journey, reader, tired=1, low_mood_or_worry=4)
    for hours, author in ((1, journey.owner), (2, reader)):
        at = timezone.now() - timedelta(hours=hours)
        make_check_in(journey=journey, author=author, occurred_at=at, low_mood_or_worry=4)
    records.delete(make_check_in(journey=journey, author=reader, mood_swings=2))


def check_in_of(journey, reader, **scores):
    for hours, author in ((30, journey.owner), (31, reader)):
        at = timezone.now() - timedelta(hours=hours)
        make_check_in(journey=journey, author=author, occurred_at=at, **scores)


def medicines(journey, reader):
    make_treatment(journey=journey, window="steroid", last_on=timezone.localdate())
    make_treatment(journey=journey, window="spinal", answer="no")
    kept = make_medicine(journey=journey, name="Jylamvo", begins_on=timezone.localdate())
    make_dose(journey=journey, medicine=kept, outcome="missed")
    make_medicine(journey=journey, author=reader, name="Dexamethasone", dose="4 mg")
    records.delete(make_medicine(journey=journey, author=reader, name="Posaconazole"))
    make_procedure(journey=journey, kind="line-placed")
    make_procedure(journey=journey, author=reader, kind="marrow-test", result="In remission")
    records.delete(make_procedure(journey=journey, author=reader, kind="car-t"))
    make_emergency_card(journey=journey, allergies="Penicillin", line="port")
    make_follow_up_plan(journey=journey, watch="The heart")


def appointments(journey, reader):
    said = {"kind": "bone-marrow-biopsy", "time": time(8), "place": "Ward 7", "notes": "Nothing"}
    for days, author in ((1, journey.owner), (2, reader), (-3, journey.owner)):
        day = timezone.localdate() + timedelta(days=days)
        make_appointment(journey=journey, author=author, day=day, **said)
    records.delete(make_appointment(journey=journey, author=reader, kind="lumbar-puncture"))
    # Where questions were there first, they are to be asked at a visit.
    journey.questions.update(appointment=journey.appointments.present().last())
    make_care_member(journey=journey, role="comfort-care", coordinates=True)
    make_care_member(journey=journey, author=reader, name="Day ward")
    records.delete(make_care_member(journey=journey, author=reader, name="Dr. Brown"))


def questions(journey, reader):
    suggested = SuggestedQuestion.objects.published().order_by("order").first()
    fields = {"text": suggested.text, "suggested": suggested.slug, "starred": True}
    visit = journey.appointments.present().first()
    make_question(journey=journey, appointment=visit, **fields)
    make_question(journey=journey, text="May I drive?")
    make_question(journey=journey, author=reader, text="May I swim?", answer="Yes, you may.")
    records.delete(make_question(journey=journey, author=reader, text="May I fly?"))


def labs(journey, reader):
    make_lab_report(journey=journey, results={"neutrophils": "0.2", "glucose": "310"})
    make_lab_report(journey=journey, author=reader, results={"platelets": "12"})
    records.delete(make_lab_report(journey=journey, author=reader, results={"alt": "99"}))


def notes(journey, reader):
    make_note(journey=journey, text="Afraid of the scan")
    make_note(journey=journey, author=reader, text="She ate well")
    records.delete(make_note(journey=journey, author=reader, text="She slept"))


def only_the_owners(journey, reader):
    """One record of each kind that its author, the owner, keeps to themselves."""
    make_check_in(journey=journey, mouth_sores=3, low_mood_or_worry=4, only_me=True)
    make_check_in(journey=journey, temperature="39.5", only_me=True)
    today = timezone.localdate()
    hidden = make_appointment(journey=journey, kind="lumbar-puncture", day=today, only_me=True)
    journey.questions.filter(appointment=None).update(appointment=hidden)
    make_question(journey=journey, text="Will I die?", starred=True, only_me=True)
    make_stage(journey=journey, phase="comfort", classification="refractory", only_me=True)
    make_note(journey=journey, text="Not for others", only_me=True)
    make_medicine(journey=journey, name="Dasatinib", only_me=True)
    make_procedure(journey=journey, kind="car-t", only_me=True)
    make_care_member(journey=journey, name="Counselor", only_me=True)
    make_lab_report(journey=journey, results={"mrd": "0.02"}, only_me=True)
    records.delete(make_question(journey=journey, text="Again?", only_me=True))


HIDDEN = some_every_day([Area.MOOD, "only me", "stage", "symptoms"], Area.MOOD.__eq__)
PARTS: dict[str, Part] = {
    Area.STAGE: stage,
    Area.SYMPTOMS: symptoms,
    Area.MOOD: mood,
    Area.MEDICINES: medicines,
    Area.APPOINTMENTS: appointments,
    Area.QUESTIONS: questions,
    Area.LABS: labs,
    Area.NOTES: notes,
    "only me": only_the_owners,
}
NOTHING: dict[str, Part] = {Area.MOOD: check_in_without_mood}


# --- The twins ----------------------------------------------------------------------------------
class Twin:
    """One of two journeys that are alike for whoever does not see the part."""

    def __init__(
        self, reader: User, role: str, differs: str, part: Part | None, shared: bool = False
    ) -> None:
        # The clock runs on, so that the order of what was made is certain.
        with time_machine.travel(MADE_AT):
            self._make(reader, role, differs, part, shared)

    def _make(self, reader: User, role: str, differs: str, part: Part | None, shared: bool) -> None:
        self.journey = make_journey(
            owner=make_user(name="Olive Owner"), name="Olive", comfort_line="+00 55 55"
        )
        areas = [area for area in Area.values if shared or area != differs]
        make_share(journey=self.journey, user=reader, role=role, areas=areas)
        # What both hold: the other areas. Mood stands in check-ins, so it comes without symptoms.
        for area, make in PARTS.items():
            if area not in (differs, "only me", Area.MOOD):
                make(self.journey, reader)
        if differs == Area.SYMPTOMS:
            make_check_in(journey=self.journey, low_mood_or_worry=2)
        if part is not None:
            part(self.journey, reader)

    def rows(self, argument: str) -> list:
        kind = {
            "stage_id": self.journey.stage_entries,
            "check_in_id": self.journey.check_ins,
            "appointment_id": self.journey.appointments,
            "question_id": self.journey.questions,
            "note_id": self.journey.notes,
            "report_id": self.journey.lab_reports,
            "medicine_id": self.journey.medicines,
            "dose_id": self.journey.doses,
            "record_id": self.journey.notes,
            "procedure_id": self.journey.procedures,
            "member_id": self.journey.care_team_members,
            "feed_id": self.journey.calendar_feeds,
            "share_id": self.journey.shares,
        }[argument]
        return list(kind.order_by("created_at"))


def paths(twin: Twin, name: str, child: object) -> str:
    arguments = {"journey_id": twin.journey.pk}
    if argument := child_argument(name):
        arguments[argument] = child
    if "lab" in PATTERNS[name].pattern.converters:
        arguments["lab"] = "neutrophils"
    if "symptom" in PATTERNS[name].pattern.converters:
        arguments["symptom"] = "tired"
    return url(name, **arguments)


UUIDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKENS = re.compile(r'(csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"')
SECONDS = re.compile(r"((?:DTSTAMP|LAST-MODIFIED):\w{13})\d\d")  # made in one minute, not second


def as_read(response: HttpResponse) -> tuple[int, dict[str, str], str]:
    """Return the answer without the ids and tokens that differ between any two journeys."""
    text = SECONDS.sub(r"\1", TOKENS.sub(r"\1", UUIDS.sub("ID", text_of(response))))
    headers = {name: UUIDS.sub("ID", value) for name, value in response.headers.items()}
    headers.pop("Content-Length", None)
    return response.status_code, headers, text


ADDRESSES = [name for name in PATTERNS if needs_journey(name)]
CHILDLESS = [name for name in ADDRESSES if not child_argument(name)]


def assert_same(first: tuple, second: tuple, where: str) -> None:
    """Compare line by line: pytest's own comparison of two whole pages takes minutes."""
    if first != second:
        lines = unified_diff(first[2].splitlines(), second[2].splitlines(), lineterm="", n=0)
        pytest.fail("\n".join([where, str(first[:2]), str(second[:2]), *lines]), pytrace=False)


def assert_alike(client: Client, one: str, other: str, ways: list) -> int:
    read = 0
    for extra, headers in ways:
        first = as_read(client.get(one + extra, headers=headers))
        second = as_read(client.get(other + extra, headers=headers))
        assert_same(first, second, one + extra)
        read += first[0] == 200
    return read


def compare(hidden: str, role: str, ways: list) -> None:
    reader = make_user(name="Rita Reader")
    client = Client()
    client.force_login(reader)
    full, empty = (Twin(reader, role, hidden, table.get(hidden)) for table in (PARTS, NOTHING))
    read = sum(
        assert_alike(client, paths(full, name, ""), paths(empty, name, ""), ways)
        for name in CHILDLESS
    )
    assert read >= 5 * len(ways), "hardly a page was read"
    texts = [everything_read(client, twin) for twin in (full, empty)]
    for name in ADDRESSES:
        argument = child_argument(name)
        if argument in ("", "share_id"):
            continue
        seen = seen_rows(texts[0], full, argument), seen_rows(texts[1], empty, argument)
        assert len(seen[0]) == len(seen[1])
        for one, other in zip(*seen, strict=True):
            assert_alike(client, paths(full, name, one), paths(empty, name, other), ways)
        # What is hidden is as absent as what never was.
        for row in full.rows(argument):
            if row.pk not in seen[0] and row.deleted_at is None:
                assert_alike(
                    client, paths(full, name, row.pk), paths(empty, name, uuid.uuid4()), ways
                )


def everything_read(client: Client, twin: Twin) -> str:
    return "".join(text_of(client.get(paths(twin, name, ""))) for name in CHILDLESS)


def seen_rows(text: str, twin: Twin, argument: str) -> list:
    """Return the records that the pages of the reader lead to, the oldest first."""
    return [row.pk for row in twin.rows(argument) if str(row.pk) in text]


# Every day the parts of which most can leak; the others, and whoever else asks, in `verify`.
@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_viewer_cannot_tell_what_is_hidden_from_what_is_not_there(db, hidden):
    compare(hidden, "viewer", WAYS)


# Every part before a manager, who sees the most; those of which most can leak before everybody.
MOST = (Area.MOOD, Area.SYMPTOMS, "only me")
HIDDEN_FROM = [(one, role) for one in PARTS for role in (ROLES if one in MOST else ROLES[-1:])]


@pytest.mark.verify
@pytest.mark.parametrize(("hidden", "role"), HIDDEN_FROM)
def test_nobody_can_tell_however_they_ask(db, hidden, role):
    compare(hidden, role, ALL_WAYS if role == "manager" else WAYS)


@pytest.mark.verify
@pytest.mark.parametrize("hidden", PARTS)
def test_what_is_shared_is_seen(db, hidden):
    # So that the comparisons above compare something.
    reader = make_user(name="Rita Reader")
    client = client_of(reader)
    twins = [Twin(reader, "manager", hidden, part, True) for part in (PARTS[hidden], None)]
    owner = Client()
    shown = []
    for twin in twins:
        owner.force_login(twin.journey.owner)
        reading = owner if hidden == "only me" else client
        shown.append([as_read(reading.get(paths(twin, name, ""))) for name in CHILDLESS])
    assert shown[0] != shown[1]


@pytest.mark.parametrize("role", ROLES)
def test_neither_export_nor_log_opens_to_anybody_but_the_owner(db, role):
    reader = make_user()
    twin = Twin(reader, role, Area.MOOD, mood)
    client = client_of(reader)
    for name in ("export", "access_log", "share_list"):
        assert client.get(paths(twin, name, "")).status_code == 403
    assert client.post(paths(twin, "export_json", "")).status_code == 403
