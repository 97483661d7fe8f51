"""Every case of call levels through the real forms, and what a check-in promises at all times."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from content.catalogue import rules
from content.models import Centre, Symptom, SymptomAnchor, touch_content
from journeys import call_check
from journeys.models import CheckIn, Journey, RecentTreatment, Revision, SymptomEntry
from tests.call_level_cases import (
    LIMIT,
    NO,
    NOW,
    YES,
    Row,
    all_rows,
    answers_in,
    extra_rows,
    guide_rows,
    in_other_units,
    told_in,
)
from tests.tiers import some_every_day
from tests.undo import undone

STAGE_BEGAN = "2026-10-01"
UNCHECKED_WORDS = "could not check this"


@pytest.fixture(autouse=True)
def frozen() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


# --- A person at the forms ----------------------------------------------------------------------
class Person:
    """The owner of a journey, who only ever uses the pages."""

    def __init__(self, client: Client, journey: Journey) -> None:
        self.client, self.journey = client, journey

    def get(self, path: str) -> HttpResponse:
        return self.client.get(f"/journeys/{self.journey.pk}/{path}")

    def post(self, path: str, data: dict) -> HttpResponse:
        return self.client.post(f"/journeys/{self.journey.pk}/{path}", data)

    def is_in(self, phase: str) -> None:
        data = {"started_on": STAGE_BEGAN}
        data |= {"cns_prophylaxis": "on"} if phase == "cns" else {"phase": phase}
        assert self.post("stage/add/", data).status_code == 302

    def answers_windows(self, *present: str, others: str = NO) -> None:
        self.answers(
            dict.fromkeys(rules().windows, (others, None)) | dict.fromkeys(present, (YES, None))
        )

    def answers(self, windows: dict[str, tuple[str, date | None]]) -> None:
        """Answer the question of each window, with the last time where it is known."""
        assert set(windows) == set(rules().windows)
        answers = {slug: answer for slug, (answer, _last_on) in windows.items()}
        days = {f"{slug}-on": f"{last_on}" for slug, (_, last_on) in windows.items() if last_on}
        assert self.post("recent/", answers | days).status_code == 302
        saved = [row.answer for row in self.journey.recent_treatments.all()]
        for answer in (YES, NO):
            assert saved.count(answer) == list(answers.values()).count(answer)

    def sets_limit(self, cell: str) -> None:
        limit = LIMIT.fullmatch(cell)
        data = {
            "fever_limit": limit["number"],
            "fever_limit_unit": limit["unit"],
            "temperature_unit": limit["unit"],
        }
        data |= {"confirm": "on"} if limit["confirmed"] else {}
        response = self.post("settings/limit/", data)
        # A limit that is out of its range, or looser and not confirmed, is refused: none is set.
        self.journey.refresh_from_db()
        assert (response.status_code == 422) == (self.journey.fever_limit is None)

    def checks_in(self, *, path: str = "check-ins/add/", ago: float = 0, **answers) -> HttpResponse:
        moment = datetime.now(UTC) - timedelta(hours=ago)
        data = {"occurred_at": f"{moment:%Y-%m-%dT%H:%M}"}
        data |= {name.replace("_", "-"): value for name, value in answers.pop("scores", {}).items()}
        data["symptom"] = [*(slug for slug in data if slug in rules().symptoms)]
        data |= answers
        return self.post(path, data)

    def saved(self, response: HttpResponse) -> tuple[CheckIn, str]:
        """Return what was stored, and the page that shows it."""
        assert response.status_code == 302, body_of(response)
        page = self.client.get(response.headers["Location"])
        assert page.status_code == 200
        check_in = CheckIn.objects.get(pk=response.headers["Location"].rstrip("/").split("/")[-1])
        return check_in, body_of(page)


def body_of(response: HttpResponse) -> str:
    return response.content.decode()


def shown_level(body: str) -> str:
    return re.search(r'data-level="([a-z_]+)"', body)[1]


def result_of(body: str) -> str:
    """The part of a page that says what to do."""
    return html.unescape(re.search(r"<section[^>]*data-level=.*?</section>", body, re.S)[0])


def assert_shows_red_list(body: str) -> None:
    result = result_of(body)
    for item in rules().settings.red_list:
        assert item.text in result


@pytest.fixture
def person(as_owner: Client, journey: Journey) -> Person:
    return Person(as_owner, journey)


# --- The cases ----------------------------------------------------------------------------------
def answers_of(row: Row) -> dict[str, str | list[str]]:
    """What the form of the check-in sends for a case."""
    moment = NOW - timedelta(hours=float(row["entry_age_h"]))
    data: dict[str, str | list[str]] = {
        "occurred_at": f"{moment:%Y-%m-%dT%H:%M}",
        "symptom": [],
    }
    for told in told_in(row):
        if told.own_name:
            data |= {"own_name": told.own_name, "own_score": told.score}
            continue
        data["symptom"].append(told.slug)
        if told.score:
            data[told.slug] = told.score
        for measure in told.measures:
            name = f"{told.slug}-{measure['name']}"
            data |= {name: measure["value"], f"{name}-unit": measure["unit"]}
        if told.signs:
            data[f"{told.slug}-signs"] = list(told.signs)
    return data


SITUATION = ("phase", "windows", "centre_limit", "own_limit")
AT_ONCE = 60


def cases_by_situation(cases: Iterable[Row]) -> list[tuple[tuple[str, ...], list[Row]]]:
    """Return the cases that share a stage, windows and limits, so that these are set once.

    Many of them come in several parts: workers share these.
    """
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in cases:
        found.setdefault(tuple(row[name] for name in SITUATION), []).append(row)
    return [
        (situation, rows[begin : begin + AT_ONCE])
        for situation, rows in found.items()
        for begin in range(0, len(rows), AT_ONCE)
    ]


def check_case(person: Person, row: Row) -> None:
    response = person.post("check-ins/add/", answers_of(row))
    if response.status_code == 422:
        body = body_of(response)
        assert row["expected_level"] == "unchecked", (row, body)
        assert shown_level(body) == "unchecked"
        assert_shows_red_list(body)
        for told in told_in(row):
            for measure in told.measures:
                assert f'value="{measure["value"]}"' in body
        assert not CheckIn.objects.exists()
        return
    check_in, body = person.saved(response)
    assert check_in.level == row["expected_level"], (row, check_in.reasons)
    assert shown_level(body) == row["expected_level"]
    assert check_in.unchecked == (row["expected_level"] == "unchecked")
    assert check_in.rules_version == rules().version


def named(part: object) -> str:
    return "-".join(filter(None, part))[:60] if isinstance(part, tuple) else ""


GUIDES = cases_by_situation([*guide_rows(), *in_other_units(guide_rows())])
OURS = cases_by_situation(extra_rows())


# The engine judges every case every day, in tests/content; through the forms, those of two phases.
EVERY_DAY = some_every_day(GUIDES, lambda case: {"induction", "after"} & set(case[0]))


@pytest.mark.parametrize(("situation", "rows"), EVERY_DAY, ids=named)
def test_cases_through_the_forms_get_their_levels(person, situation, rows):
    check_cases(person, situation, rows)


@pytest.mark.verify
@pytest.mark.parametrize(("situation", "rows"), OURS, ids=named)
def test_our_own_cases_do_so_too(person, situation, rows):
    check_cases(person, situation, rows)


def check_cases(person: Person, situation: tuple[str, ...], rows: list[Row]) -> None:
    phase, windows, centre_limit, own_limit = situation
    person.is_in(phase)
    if windows != "unknown":
        person.answers(answers_in(windows, list(rules().windows)))
    if centre_limit:
        limit = LIMIT.fullmatch(centre_limit)
        Centre(fever_limit=Decimal(limit["number"]), fever_limit_unit=limit["unit"]).save()
    if own_limit:
        person.sets_limit(own_limit)
    for row in rows:
        with undone():
            check_case(person, row)


def test_cases_are_all_there():
    assert len(guide_rows()) == 427
    assert len(extra_rows()) == 955
    assert len(list(in_other_units(guide_rows()))) == 44
    assert len({row["case"] for row in all_rows()}) == len(all_rows())
    assert all(row["reason"] for row in extra_rows())


def test_every_window_can_be_answered(person):
    page = body_of(person.get("recent/"))
    for slug, window in rules().windows.items():
        assert window.question, slug
        for answer in RecentTreatment.Answer.values:
            assert f'name="{slug}" value="{answer}"' in page


def test_not_sure_counts_like_a_question_that_was_never_answered(person):
    person.is_in("maintenance")
    person.answers_windows(others="not-sure")
    check_in, _body = person.saved(person.checks_in(scores={"short-of-breath": "2"}))
    assert check_in.level == "now"


def test_a_no_holds_for_a_week(person, frozen):
    person.is_in("maintenance")
    person.answers_windows()
    check_in, _body = person.saved(person.checks_in(scores={"short-of-breath": "2"}))
    assert check_in.level == "same_day"
    frozen.move_to(NOW + timedelta(days=8))
    person.client.force_login(person.journey.owner)
    check_in, _body = person.saved(person.checks_in(scores={"short-of-breath": "2"}))
    assert check_in.level == "now"


def test_a_looser_own_limit_is_refused_until_it_is_confirmed(person):
    data = {"fever_limit": "38.5", "fever_limit_unit": "C", "temperature_unit": "C"}
    response = person.post("settings/limit/", data)
    assert response.status_code == 422
    assert 'value="38.5"' in body_of(response)
    person.journey.refresh_from_db()
    assert person.journey.fever_limit is None


def test_a_looser_own_limit_that_was_never_confirmed_does_not_count(person):
    person.is_in("consolidation")
    person.answers_windows()
    Journey.objects.filter(pk=person.journey.pk).update(fever_limit=Decimal("38.5"))
    response = person.checks_in(symptom=["fever"], **temperature("38.1"))
    assert person.saved(response)[0].level == "now"


def temperature(value: str, unit: str = "C") -> dict[str, str]:
    return {"fever-temperature": value, "fever-temperature-unit": unit}


# --- What is stored stays -----------------------------------------------------------------------
def test_a_saved_level_never_changes_when_the_rules_change(person):
    check_in, _body = person.saved(person.checks_in(scores={"nausea": "4"}))
    before = (check_in.level, check_in.reasons, check_in.rules_version)
    anchor = SymptomAnchor.objects.get(symptom__slug="nausea", score=4)
    anchor.level, anchor.text = "self_care", "A new wording"
    anchor.save()
    assert rules().version != check_in.rules_version
    page = body_of(person.get(f"check-ins/{check_in.pk}/"))
    check_in.refresh_from_db()
    assert (check_in.level, check_in.reasons, check_in.rules_version) == before
    assert shown_level(page) == "now"
    assert check_in.reasons[0]["text"] in result_of(page)


def test_a_saved_level_never_changes_when_the_person_moves_on(person):
    person.is_in("consolidation")
    check_in, _body = person.saved(person.checks_in(symptom=["fever"], **temperature("38.0")))
    person.post("stage/add/", {"phase": "after", "started_on": STAGE_BEGAN})
    person.answers_windows()
    page = body_of(person.get(f"check-ins/{check_in.pk}/"))
    assert shown_level(page) == "now"


# --- It fails toward calling --------------------------------------------------------------------
def test_a_check_that_fails_saves_the_entry_and_shows_the_red_list(person, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(call_check, "assess", fail)
    check_in, body = person.saved(person.checks_in(scores={"nausea": "1"}, note="after lunch"))
    assert (check_in.level, check_in.unchecked) == ("unchecked", True)
    assert check_in.entries.get().score == 1
    assert shown_level(body) == "unchecked"
    assert UNCHECKED_WORDS in result_of(body)
    assert_shows_red_list(body)
    assert "after lunch" in body


@pytest.mark.parametrize("lost", [Symptom, SymptomAnchor])
def test_a_rule_that_is_missing_saves_the_entry_and_shows_the_red_list(person, lost):
    name = "slug" if lost is Symptom else "symptom__slug"
    lost.objects.filter(**{name: "nausea"}).delete()
    touch_content()
    response = person.post(
        "check-ins/add/",
        {"occurred_at": "2026-11-25T12:00", "symptom": ["nausea"], "nausea": "3"},
    )
    check_in, body = person.saved(response)
    assert (check_in.level, check_in.unchecked) == ("unchecked", True)
    assert check_in.entries.get().score == 3
    assert UNCHECKED_WORDS in result_of(body)
    assert_shows_red_list(body)


def test_a_now_beside_a_missing_rule_still_shows(person):
    Symptom.objects.filter(slug="nausea").delete()
    touch_content()
    data = {"nausea": "1", "bleeding": "4", "symptom": ["nausea", "bleeding"]}
    check_in, body = person.saved(person.checks_in(**data))
    assert (check_in.level, check_in.unchecked) == ("ambulance", True)
    assert shown_level(body) == "ambulance"
    assert_shows_red_list(body)


def test_a_refused_form_shows_the_now_of_its_other_answers(person):
    response = person.checks_in(scores={"bleeding": "3"}, **temperature("hot"))
    body = body_of(response)
    assert response.status_code == 422
    assert shown_level(body) == "unchecked"
    assert "call your 24-hour cancer line now" in result_of(body)
    assert_shows_red_list(body)
    assert 'value="hot"' in body
    assert re.search(r'name="bleeding" value="3"[^>]*checked', body)


def test_a_refused_form_shows_the_ambulance_of_its_other_answers(person):
    response = person.checks_in(scores={"bleeding": "4"}, occurred_at="yesterday")
    assert response.status_code == 422
    told = result_of(body_of(response))
    assert "call your emergency number first" in told
    assert told.index("Call your local emergency number.") < told.index("your team gave you")


def test_a_refused_form_without_a_call_never_calms(person):
    response = person.checks_in(scores={"nausea": "0"}, **temperature("380"))
    assert response.status_code == 422
    assert "Is one of these so, or are you in doubt? Then call." in result_of(body_of(response))


def test_a_field_named_like_another_never_takes_its_place(person):
    data = {"nausea": "1", "symptom": ["nausea-signs", "note", "version", "nausea", "nausea\n"]}
    check_in, _body = person.saved(person.checks_in(**data, note="still here"))
    assert check_in.note == "still here"
    assert [entry.symptom for entry in check_in.entries.all()] == ["nausea"]


def test_a_very_long_check_in_loses_no_answer(person):
    scored = [slug for slug, rule in rules().symptoms.items() if rule.kind == "scored"]
    data = {slug: "1" for slug in scored} | {"symptom": scored}
    check_in, _body = person.saved(person.checks_in(**data))
    assert {entry.symptom for entry in check_in.entries.all()} == set(scored)


def test_none_of_the_rest_never_says_that_there_is_no_fever(person):
    shown = ["fever", "nausea", "tired"]
    answer = person.checks_in(scores={"nausea": "1"}, rest_is_none="on", symptom=shown)
    check_in, _body = person.saved(answer)
    assert check_in.entries.count() > 1
    assert not check_in.entries.filter(symptom="fever").exists()


# --- The words ----------------------------------------------------------------------------------
@pytest.mark.parametrize("phase", ["", "induction", "maintenance", "after", "comfort"])
def test_the_check_in_page_always_shows_the_red_line(person, phase):
    if phase:
        person.is_in(phase)
    page = html.unescape(body_of(person.get("check-ins/add/")))
    red_line = re.search(r'<div class="level level-now red-line">.*?</div>', page, re.S)[0]
    ambulance, now = red_line.index("Emergency number first:"), red_line.index("cancer line now:")
    assert ambulance < red_line.index(rules().settings.texts["red_line_ambulance"]) < now
    assert now < red_line.index(rules().settings.texts["red_line_now"])

    for item in rules().settings.red_list:
        assert item.text in red_line
    assert f"/journeys/{person.journey.pk}/call/" in red_line


def test_a_late_entry_says_if_this_is_still_so(person):
    late, late_body = person.saved(person.checks_in(ago=5, scores={"bleeding": "3"}))
    fresh, fresh_body = person.saved(person.checks_in(scores={"bleeding": "3"}))
    assert (late.level, late.late) == ("now", True)
    assert "if this is still so" in result_of(late_body)
    assert (fresh.level, fresh.late) == ("now", False)
    assert "if this is still so" not in result_of(fresh_body)


def test_an_entry_of_more_than_a_day_ago_is_history(person):
    old, body = person.saved(person.checks_in(ago=24 + 1 / 60, scores={"bleeding": "4"}))
    assert (old.level, old.reasons, old.unchecked) == ("history", [], False)
    assert shown_level(body) == "history"
    assert "if this is still so" not in result_of(body)
    assert "emergency number" not in result_of(body)
    assert [entry.level for entry in old.entries.all()] == ["history"]


def test_an_entry_of_a_day_ago_still_gets_its_level(person):
    check_in, body = person.saved(person.checks_in(ago=24, scores={"bleeding": "4"}))
    assert check_in.level == "ambulance"
    assert "if this is still so" in result_of(body)


CALM = re.compile(
    r"\b(you are (fine|well|ok|safe)|all (is )?(well|clear)|everything is|no need to|normal)\b",
    re.IGNORECASE,
)


def test_none_never_says_that_all_is_well(person):
    person.is_in("consolidation")
    person.answers_windows()
    check_in, body = person.saved(person.checks_in(scores={"nausea": "0"}))
    assert check_in.level == "none"
    result = result_of(body)
    assert "If you are worried all the same, call." in result
    assert not CALM.search(result)


# --- Numbers to ring ----------------------------------------------------------------------------
@pytest.mark.parametrize("score", ["3", "4"])
def test_without_a_number_there_is_no_dead_button(person, score):
    _check_in, body = person.saved(person.checks_in(scores={"bleeding": score}))
    assert "tel:" not in body
    result = result_of(body).lower()
    assert "call the number your team gave you for day and night." in result
    assert "call your local emergency number." in result


def test_a_refused_form_without_a_number_has_no_dead_button(person):
    body = body_of(person.checks_in(scores={"bleeding": "4"}, **temperature("hot")))
    assert "tel:" not in body
    assert "call your local emergency number." in result_of(body).lower()


def gives_numbers(person: Person) -> None:
    data = {"cancer_line": "555 0101", "emergency_number": "555 0112", "comfort_line": "555 0199"}
    assert person.post("settings/numbers/", data).status_code == 302


def rung_in_order(body: str) -> list[str]:
    return re.findall(r'href="tel:([^"]+)"', result_of(body))


def test_own_numbers_stand_beside_a_call(person):
    gives_numbers(person)
    _check_in, body = person.saved(person.checks_in(scores={"bleeding": "3"}))
    assert [number.replace(" ", "")[-4:] for number in rung_in_order(body)] == ["0101", "0112"]
    _check_in, body = person.saved(person.checks_in(scores={"bleeding": "4"}))
    assert [number.replace(" ", "")[-4:] for number in rung_in_order(body)] == ["0112", "0101"]


def test_the_number_of_the_centre_stands_in_for_a_missing_one(person):
    Centre(cancer_line="555 0177").save()
    _check_in, body = person.saved(person.checks_in(scores={"bleeding": "3"}))
    assert [number.replace(" ", "")[-4:] for number in rung_in_order(body)] == ["0177"]


def test_comfort_care_shows_its_own_line_first(person):
    gives_numbers(person)
    person.is_in("comfort")
    _check_in, body = person.saved(person.checks_in(scores={"bleeding": "3"}))
    assert rung_in_order(body)[0].replace(" ", "").endswith("0199")
    refused = body_of(person.checks_in(scores={"bleeding": "3"}, **temperature("hot")))
    assert rung_in_order(refused)[0].replace(" ", "").endswith("0199")


# --- Together with earlier entries, and corrected -----------------------------------------------
def test_a_check_in_counts_together_with_that_of_an_hour_ago(person, frozen):
    person.is_in("maintenance")
    person.answers_windows()
    first, _body = person.saved(person.checks_in(scores={"headache": "1"}))
    assert first.level == "self_care"
    frozen.shift(timedelta(hours=1))
    person.client.force_login(person.journey.owner)
    second, body = person.saved(person.checks_in(scores={"vomiting": "1"}))
    assert second.level == "now"
    assert second.reasons[0]["text"] in result_of(body)


@pytest.mark.parametrize(("hours", "level"), [(24, "now"), (25, "self_care"), (48, "self_care")])
def test_a_check_in_counts_together_with_those_of_one_day(person, frozen, hours, level):
    person.is_in("maintenance")
    person.answers_windows()
    person.saved(person.checks_in(scores={"headache": "1"}))
    frozen.shift(timedelta(hours=hours))
    person.client.force_login(person.journey.owner)
    second, _body = person.saved(person.checks_in(scores={"vomiting": "1"}))
    assert second.level == level


def test_a_deleted_check_in_no_longer_counts_together(person):
    person.is_in("maintenance")
    person.answers_windows()
    first, _body = person.saved(person.checks_in(scores={"headache": "1"}))
    person.post(f"check-ins/{first.pk}/delete/", {})
    second, _body = person.saved(person.checks_in(scores={"vomiting": "1"}))
    assert second.level == "self_care"


def test_correcting_keeps_a_revision_and_finds_the_level_anew(person):
    first, _body = person.saved(person.checks_in(scores={"bleeding": "1"}, note="gums"))
    edit = f"check-ins/{first.pk}/edit/"
    answers = {"scores": {"bleeding": "4"}, "note": "gums, and it goes on", "version": "1"}
    corrected, body = person.saved(person.checks_in(path=edit, **answers))
    assert (corrected.pk, corrected.level, corrected.version) == (first.pk, "ambulance", 2)
    assert shown_level(body) == "ambulance"
    assert corrected.entries.get().score == 4
    kept = {row.model: row.before for row in Revision.objects.filter(journey=person.journey)}
    assert (kept["checkin"]["level"], kept["checkin"]["note"]) == (first.level, "gums")
    assert kept["symptomentry"]["score"] == 1


def test_what_was_corrected_away_no_longer_counts(person):
    person.is_in("maintenance")
    person.answers_windows()
    first, _body = person.saved(person.checks_in(scores={"headache": "1", "vomiting": "1"}))
    assert first.level == "now"
    edit = f"check-ins/{first.pk}/edit/"
    corrected, _body = person.saved(
        person.checks_in(path=edit, scores={"vomiting": "1"}, version="1")
    )
    assert corrected.level == "self_care"


def test_a_conflict_keeps_what_was_typed_and_the_next_save_holds(person):
    first, _body = person.saved(person.checks_in(scores={"tired": "1"}))
    edit = f"check-ins/{first.pk}/edit/"
    person.saved(person.checks_in(path=edit, scores={"tired": "2"}, version="1"))
    refused = person.checks_in(path=edit, scores={"tired": "3"}, version="1", note="mine")
    body = body_of(refused)
    assert refused.status_code == 409
    assert "Somebody else changed this" in body
    assert "mine" in body
    version = re.search(r'name="version" value="(\d+)"', body)[1]
    saved, _body = person.saved(
        person.checks_in(path=edit, scores={"tired": "3"}, version=version, note="mine")
    )
    assert (saved.note, saved.version) == ("mine", 3)


def test_a_second_submit_of_one_form_makes_one_check_in(person):
    once = "0b6f3a86-7f0e-4c52-9d57-0a9fd2f1f2aa"
    first, _body = person.saved(person.checks_in(scores={"tired": "1"}, client_id=once))
    second, _body = person.saved(person.checks_in(scores={"tired": "1"}, client_id=once))
    assert first.pk == second.pk
    assert SymptomEntry.objects.count() == 1


def test_the_level_of_an_unsaved_entry_is_that_of_the_saved_one(person):
    # The same engine, asked without a form: nothing on the way in changes an answer.
    entry = SymptomEntry(symptom="bleeding", score=3)
    asked = call_check.check(person.journey, [entry], NOW, NOW).verdict
    stored, _body = person.saved(person.checks_in(scores={"bleeding": "3"}))
    assert replace(asked, by_entry=()).outcome == stored.level
