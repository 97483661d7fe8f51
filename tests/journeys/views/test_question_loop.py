"""Questions on their way: to a visit, in order, held up there, answered, or taken to the next."""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone

from journeys.models import Area
from tests.asserts import assert_kind_error
from tests.factories import (
    make_appointment,
    make_care_member,
    make_journey,
    make_question,
    make_share,
    make_user,
)
from tests.world import url

NOW = "2026-11-30T10:00:00+00:00"


@pytest.fixture(autouse=True)
def monday(time_machine):
    """A morning on which one visit has begun and another is a week away; the clock goes on."""
    time_machine.move_to(NOW)
    return time_machine


def visit_in(days, journey, **fields):
    return make_appointment(
        journey=journey, day=timezone.localdate() + timedelta(days=days), **fields
    )


def at(name, question):
    return url(name, journey_id=question.journey_id, question_id=question.pk)


def list_of(client, journey):
    return client.get(url("question_list", journey_id=journey.pk)).content.decode()


def groups_of(client, journey):
    """Return the headings of the list with the questions that stand under each, in order."""
    asked = client.get(url("question_list", journey_id=journey.pk)).context["asked"]
    return [
        (
            group.visit.name if group.visit else "over" if group.is_over else "",
            [row.question.text for row in group.rows],
        )
        for group in asked.groups
    ]


def attach(client, question, visit):
    return client.post(at("question_attach", question), {"visit": visit.pk if visit else ""})


def carry(client, visit):
    address = url("question_carry", journey_id=visit.journey_id)
    return client.post(address, {"visit": visit.pk}, follow=True).content.decode()


def test_a_question_is_put_with_a_visit_and_taken_off_again(as_owner, journey):
    visit = visit_in(7, journey, kind="lumbar-puncture")
    make_question(journey=journey, text="Which day?")
    question = make_question(journey=journey, text="Does it hurt?")
    assert str(visit.pk) in list_of(as_owner, journey)
    assert attach(as_owner, question, visit).status_code == 302
    expected = [("Lumbar puncture (spinal tap)", ["Does it hurt?"]), ("", ["Which day?"])]
    assert groups_of(as_owner, journey) == expected
    attach(as_owner, question, None)
    assert groups_of(as_owner, journey) == [("", ["Which day?", "Does it hurt?"])]


def test_its_visit_names_the_questions_and_offers_what_is_not_among_them(as_owner, journey):
    visit = visit_in(7, journey)
    make_question(journey=journey, text="Does it hurt?", appointment=visit)
    make_question(journey=journey, text="Elsewhere?")
    page = as_owner.get(url("appointment_detail", journey_id=journey.pk, appointment_id=visit.pk))
    assert "Questions for this visit" in page.content.decode()
    assert "Does it hurt?" in page.content.decode()
    assert "Elsewhere?" not in page.content.decode()


@pytest.mark.parametrize("gone", ["over", "deleted", "of somebody else", "nonsense"])
def test_a_visit_that_cannot_be_chosen_is_said_kindly_and_changes_nothing(as_owner, journey, gone):
    question = make_question(journey=journey)
    elsewhere = make_appointment(journey=make_journey(owner=make_user()))
    key = {
        "over": visit_in(-1, journey).pk,
        "deleted": visit_in(3, journey, deleted_at=timezone.now()).pk,
        "of somebody else": elsewhere.pk,
        "nonsense": "next one",
    }[gone]
    answer = as_owner.post(at("question_attach", question), {"visit": key}, follow=True)
    assert "This visit is over or gone." in answer.content.decode()
    question.refresh_from_db()
    assert question.appointment is None


def test_questions_change_places_within_their_visit_and_star(as_owner, journey):
    visit = visit_in(7, journey)
    rows = [make_question(journey=journey, text=text, appointment=visit) for text in "ABC"]
    make_question(journey=journey, text="Starred", starred=True, appointment=visit)
    make_question(journey=journey, text="Elsewhere")
    as_owner.post(at("question_move", rows[2]), {"up": ""})
    assert groups_of(as_owner, journey)[0][1] == ["Starred", "A", "C", "B"]
    as_owner.post(at("question_move", rows[0]), {"down": ""})
    assert groups_of(as_owner, journey)[0][1] == ["Starred", "C", "A", "B"]
    answer = as_owner.post(at("question_move", rows[2]), {"up": ""})
    assert answer.url.endswith(f"#question-{rows[2].pk}")
    assert groups_of(as_owner, journey)[0][1] == ["Starred", "C", "A", "B"]  # never above a star
    as_owner.post(at("question_move", rows[1]), {"down": ""})
    assert groups_of(as_owner, journey)[0][1] == ["Starred", "C", "A", "B"]  # the last one
    make_question(journey=journey, text="New", appointment=visit)
    assert groups_of(as_owner, journey)[0][1][-1] == "New"


def test_buttons_to_move_stand_only_where_there_is_a_place_to_go(as_owner, journey):
    only = make_question(journey=journey)
    assert at("question_move", only) not in list_of(as_owner, journey)
    make_question(journey=journey)
    page = list_of(as_owner, journey)
    assert page.count("Move up") == page.count("Move down") == 1


def test_what_was_not_asked_goes_on_to_the_next_visit_with_one_press(as_owner, journey):
    over, begun = visit_in(-7, journey), visit_in(0, journey)
    coming = visit_in(7, journey, title="Week two")
    visit_in(14, journey)
    for number, visit in enumerate((over, begun)):
        make_question(journey=journey, text=f"Open {number}", appointment=visit)
        make_question(journey=journey, text=f"Said {number}", appointment=visit, answer="Yes.")
    make_question(journey=journey, text="At large")
    page = list_of(as_owner, journey)
    assert "2 questions have no answer yet" in page
    assert "Week two, 7 December 2026" in page
    assert "Taken along" in carry(as_owner, coming)
    assert groups_of(as_owner, journey) == [
        ("Week two", ["Open 0", "Open 1"]),
        ("", ["At large"]),
    ]
    assert over.questions.count() == begun.questions.count() == 1


def test_a_visit_that_began_meanwhile_takes_nothing_along(as_owner, journey, monday):
    question = make_question(journey=journey, appointment=visit_in(-7, journey))
    coming = visit_in(0, journey, time=time(11, 5))
    monday.move_to("2026-11-30T10:06:00+00:00")
    assert "This visit is over or gone." in carry(as_owner, coming)
    question.refresh_from_db()
    assert question.appointment != coming


def test_without_a_next_visit_the_list_says_how_to_go_on(as_owner, journey):
    make_question(journey=journey, appointment=visit_in(-7, journey))
    page = list_of(as_owner, journey)
    assert "1 question has no answer yet" in page
    assert "Once the next visit is among the appointments" in page
    assert url("question_carry", journey_id=journey.pk) not in page


def test_held_up_are_the_questions_of_the_visit_that_goes_on_today(as_owner, journey):
    make_question(journey=journey, text="Starred", starred=True)
    make_question(journey=journey, text="Next week", appointment=visit_in(7, journey))
    make_question(journey=journey, text="Last week", appointment=visit_in(-7, journey))
    make_question(journey=journey, text="Today", appointment=visit_in(0, journey, title="Ward"))
    page = as_owner.get(url("question_show", journey_id=journey.pk))
    assert [row.text for row in page.context["questions"]] == ["Today"]
    assert "Ward, 30 November 2026" in page.content.decode()
    assert "3 more are on the list" in page.content.decode()


def test_the_summary_has_the_questions_of_its_visit_first(as_owner, journey):
    make_question(journey=journey, text="Starred", starred=True)
    make_question(journey=journey, text="For it", appointment=visit_in(7, journey))
    page = as_owner.get(url("summary", journey_id=journey.pk)).content.decode()
    assert page.index("For it") < page.index("Starred")


def test_an_answer_starts_with_the_day_of_its_visit_and_names_who_may_have_said_it(
    as_owner, journey
):
    make_care_member(journey=journey, name="Dr. Gray")
    visit = visit_in(-3, journey, person="Nurse Invented")
    page = as_owner.get(
        at("question_edit", make_question(journey=journey, appointment=visit))
    ).content.decode()
    assert 'value="2026-11-27"' in page
    assert re.findall(r'<option value="([^"]+)">', page) == ["Nurse Invented", "Dr. Gray"]
    later = make_question(journey=journey, appointment=visit_in(7, journey))
    assert 'value="2026-11-30"' in as_owner.get(at("question_edit", later)).content.decode()


def test_who_does_not_see_appointments_learns_of_no_visit(client, journey):
    reader = make_user()
    areas = [area for area in Area.values if area != Area.APPOINTMENTS]
    make_share(journey=journey, user=reader, role="manager", areas=areas)
    client.force_login(reader)
    visits = [visit_in(days, journey, title="Secret", person="Dr. Hidden") for days in (-7, 7)]
    rows = [make_question(journey=journey, text=f"At {visit.day}") for visit in visits]
    before = groups_of(client, journey)
    for row, visit in zip(rows, visits, strict=True):
        row.appointment = visit
        row.save()
    assert groups_of(client, journey) == before == [("", [row.text for row in rows])]
    read = [
        list_of(client, journey),
        client.get(url("question_show", journey_id=journey.pk)).content.decode(),
        client.get(at("question_edit", rows[0])).content.decode(),
        carry(client, visits[1]),
        client.post(
            at("question_attach", rows[0]), {"visit": visits[1].pk}, follow=True
        ).content.decode(),
    ]
    for page in read:
        assert "Secret" not in page
        assert "Hidden" not in page
        assert "no answer yet" not in page
    attach(client, rows[0], None)
    rows[0].refresh_from_db()
    assert rows[0].appointment == visits[0]


def test_a_question_with_a_visit_of_its_author_only_stands_without_it_for_others(
    as_contributor, journey
):
    hidden = visit_in(7, journey, only_me=True, title="Secret")
    make_question(journey=journey, text="Mine?", appointment=hidden)
    assert groups_of(as_contributor, journey) == [("", ["Mine?"])]
    assert "Secret" not in list_of(as_contributor, journey)


def search(client, journey, words):
    address = url("question_search", journey_id=journey.pk)
    return client.post(address, {"words": words}, follow=True)


def test_answers_are_found_by_any_of_their_words_in_either_spelling(as_owner, journey):
    make_question(
        journey=journey, text="And my leukaemia?", answer="In remission.", answered_by="Dr. Gray"
    )
    make_question(journey=journey, text="Можно ли ехать?")
    make_question(journey=journey, text="Can I travel?", deleted_at=timezone.now())
    for words in ("leukemia", "REMISSION", "gray leuk"):
        page = search(as_owner, journey, words).content.decode()
        assert "1 question fits." in page, words
        assert "In remission." in page
    assert "No answer yet." in search(as_owner, journey, "МОЖНО").content.decode()
    for words in ("travel", "leukemia travel"):
        assert "Nothing fits." in search(as_owner, journey, words).content.decode()
    assert "fit" not in search(as_owner, journey, "  ").content.decode().partition("<main")[2]
    assert_kind_error(search(as_owner, journey, "very " * 21), "very very")


def test_looking_for_words_is_noted_as_looking(as_viewer, journey):
    make_question(journey=journey, text="Theirs", only_me=True)
    assert "Nothing fits." in search(as_viewer, journey, "theirs").content.decode()
    assert set(journey.access_events.values_list("kind", "area")) == {("read", Area.QUESTIONS)}
