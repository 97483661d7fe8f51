"""Questions: taken from the guide or one's own, starred, answered."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from content.models import SuggestedQuestion
from journeys.models import Question, Revision
from tests.asserts import assert_kind_error, assert_needs_login
from tests.clock import TODAY
from tests.factories import make_question, make_stage
from tests.world import url


def add(client, journey, **fields):
    fields = {"text": "Can I travel?", "client_id": str(uuid.uuid4())} | fields
    return client.post(url("question_add", journey_id=journey.pk), fields)


def at(name, question):
    return url(name, journey_id=question.journey_id, question_id=question.pk)


def edit(client, question, **fields):
    fields = {"text": question.text, "version": question.version} | fields
    return client.post(at("question_edit", question), fields)


def list_of(client, journey):
    return client.get(url("question_list", journey_id=journey.pk)).content.decode()


def test_owner_writes_a_question_and_finds_it_on_the_list(as_owner, journey):
    assert add(as_owner, journey).status_code == 302
    assert journey.questions.get().author == journey.owner
    assert "Can I travel?" in list_of(as_owner, journey)


def test_questions_need_a_sign_in(client, journey):
    assert_needs_login(add(client, journey))


def test_stranger_finds_no_questions(as_stranger, journey):
    assert add(as_stranger, journey).status_code == 404


def test_viewer_reads_questions_but_adds_none(as_viewer, journey):
    make_question(journey=journey, text="Can I travel?")
    page = list_of(as_viewer, journey)
    assert "Can I travel?" in page
    assert "Write a question" not in page
    assert add(as_viewer, journey).status_code == 403


def test_two_taps_make_one_question(as_owner, journey):
    same = str(uuid.uuid4())
    for _ in range(2):
        assert add(as_owner, journey, client_id=same).status_code == 302
    assert journey.questions.count() == 1


def test_an_empty_question_is_refused(as_owner, journey):
    assert_kind_error(add(as_owner, journey, text="  "), typed="Write your question first.")


def test_a_question_that_is_too_long_is_refused_and_kept(as_owner, journey):
    assert_kind_error(add(as_owner, journey, text="x" * 501), typed="x" * 501)


def test_what_is_typed_is_never_read_as_html(as_owner, journey):
    add(as_owner, journey, text="<b>bold</b>")
    page = list_of(as_owner, journey)
    assert "<b>bold" not in page
    assert "&lt;b&gt;bold" in page


def take(client, journey, slug):
    return client.post(url("question_take", journey_id=journey.pk), {"suggested": slug})


def test_a_suggested_question_is_taken_once(as_owner, journey):
    slug = SuggestedQuestion.objects.published().first().slug
    for _ in range(2):
        response = take(as_owner, journey, slug)
        assert response.status_code == 302
    assert journey.questions.get().suggested == slug


def test_a_taken_question_can_be_deleted_and_taken_again(as_owner, journey):
    slug = SuggestedQuestion.objects.published().first().slug
    take(as_owner, journey, slug)
    first = journey.questions.get()
    as_owner.post(at("question_delete", first))
    take(as_owner, journey, slug)
    assert journey.questions.present().count() == 1
    # Taking the first deletion back finds its place taken, and says so.
    assert as_owner.post(at("question_restore", first)).status_code == 302
    assert "on the list again already" in list_of(as_owner, journey)
    assert journey.questions.present().count() == 1


def test_a_question_that_nobody_suggests_cannot_be_taken(as_owner, journey):
    take(as_owner, journey, "no-such-question")
    assert "not suggested any more" in list_of(as_owner, journey)
    assert not journey.questions.exists()


def test_what_is_on_the_list_is_not_suggested_again(as_owner, journey):
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    offered = 'name="suggested" value="'
    first = list_of(as_owner, journey).partition(offered)[2].partition('"')[0]
    take(as_owner, journey, first)
    assert f'{offered}{first}"' not in list_of(as_owner, journey)


def test_suggestions_say_why_they_are_there(as_owner, journey):
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    assert "because " in list_of(as_owner, journey)


def test_three_stars_at_most(as_owner, journey):
    questions = [make_question(journey=journey, text=f"Question {number}") for number in range(4)]
    for question in questions:
        assert as_owner.post(at("question_star", question)).status_code == 302
    assert journey.questions.filter(starred=True).count() == 3
    assert "Three questions are starred already" in list_of(as_owner, journey)


def test_a_star_can_be_taken_away_for_another(as_owner, journey):
    first, *rest = [make_question(journey=journey, text=f"Question {n}") for n in range(4)]
    for question in (first, *rest[:2], first, rest[2]):
        as_owner.post(at("question_star", question))
    first.refresh_from_db()
    assert not first.starred
    assert journey.questions.filter(starred=True).count() == 3


def test_starred_questions_come_first(as_owner, journey):
    make_question(journey=journey, text="An early one")
    late = make_question(journey=journey, text="A late one")
    as_owner.post(at("question_star", late))
    page = list_of(as_owner, journey)
    assert page.index("A late one") < page.index("An early one")


def test_the_starred_ones_are_shown_large_and_the_others_counted(as_owner, journey):
    make_question(journey=journey, text="First?", starred=True)
    make_question(journey=journey, text="Second?")
    make_question(journey=journey, text="Answered?", starred=True, answer="Yes.")
    address = url("question_show", journey_id=journey.pk)
    page = as_owner.get(address).content.decode()
    assert "First?" in page
    assert "Second?" not in page
    assert "Answered?" not in page
    assert "1 more is on the list" in page
    journey.questions.update(starred=False)
    assert "Second?" in as_owner.get(address).content.decode()


def test_hidden_stars_do_not_count_for_who_cannot_see_them(as_contributor, as_owner, journey):
    for _row in range(3):
        make_question(journey=journey, starred=True, only_me=True)
    shared = make_question(journey=journey)
    as_owner.post(at("question_star", shared))
    assert "Three questions are starred already" in list_of(as_owner, journey)
    as_contributor.post(at("question_star", shared))
    assert "starred already" not in list_of(as_contributor, journey)
    shared.refresh_from_db()
    assert shared.starred


def test_a_hidden_question_is_in_nobodys_way(as_contributor, as_owner, contributor, journey):
    suggestion = SuggestedQuestion.objects.in_language().first()
    said = {"suggested": suggestion.slug}
    make_question(journey=journey, text="In my words", only_me=True, **said)
    for _tap in range(2):
        as_contributor.post(url("question_take", journey_id=journey.pk), said)
    theirs = journey.questions.get(author=contributor)
    assert theirs.text in list_of(as_contributor, journey)
    # It is not suggested any more: neither to the one nor to the other.
    for client in (as_contributor, as_owner):
        page = client.get(url("question_list", journey_id=journey.pk), {"all": ""})
        assert f'value="{suggestion.slug}"' not in page.content.decode()
    assert "In my words" in list_of(as_owner, journey)


def test_a_hidden_question_keeps_no_deleted_one_away(as_contributor, contributor, journey):
    said = {"suggested": "ask-fever"}
    theirs = make_question(journey=journey, author=contributor, **said)
    as_contributor.post(at("question_delete", theirs))
    make_question(journey=journey, only_me=True, **said)
    as_contributor.post(at("question_restore", theirs))
    assert theirs in journey.questions.present()


def test_a_star_of_an_answered_question_does_not_count(as_owner, journey):
    for number in range(3):
        make_question(journey=journey, text=f"Old {number}", starred=True, answer="Yes.")
    fresh = make_question(journey=journey, text="New")
    as_owner.post(at("question_star", fresh))
    fresh.refresh_from_db()
    assert fresh.starred


def test_an_answer_is_written_beside_its_question(as_owner, journey):
    question = make_question(journey=journey)
    response = edit(
        as_owner,
        question,
        answer="In the second week.",
        answered_on=timezone.localdate().isoformat(),
        answered_by="Dr. Example",
    )
    assert response.status_code == 302
    answered = list_of(as_owner, journey).partition("Answered")[2]
    assert "In the second week." in answered
    assert "Dr. Example" in answered


def test_the_day_of_an_answer_starts_with_today(as_owner, journey):
    page = as_owner.get(at("question_edit", make_question(journey=journey)))
    assert page.context["form"]["answered_on"].value() == timezone.localdate()


@pytest.mark.parametrize("days", [-400, -1, 0])
def test_the_day_of_an_answer_may_lie_back(as_owner, journey, days):
    question = make_question(journey=journey)
    day = timezone.localdate() + timedelta(days=days)
    edit(as_owner, question, answer="Yes.", answered_on=day.isoformat())
    question.refresh_from_db()
    assert question.answered_on == day


def test_a_question_that_is_only_reworded_gets_no_day_of_an_answer(as_owner, journey):
    question = make_question(journey=journey)
    edit(as_owner, question, text="Reworded?", answered_on=TODAY.isoformat())
    question.refresh_from_db()
    assert question.answered_on is None
    # Else the answer of next week would bear the day of today.
    question.answered_on = TODAY - timedelta(days=7)
    question.save()
    page = as_owner.get(at("question_edit", question))
    assert page.context["form"]["answered_on"].value() == TODAY


def test_an_answer_of_a_day_to_come_is_asked_about(as_owner, journey):
    question = make_question(journey=journey)
    day = TODAY + timedelta(days=1)
    response = edit(as_owner, question, answer="In the second week.", answered_on=day.isoformat())
    assert_kind_error(response, typed="In the second week.")
    assert "This day is still to come. Please check it." in response.content.decode()


def test_a_day_that_cannot_be_keeps_the_answer(as_owner, journey):
    question = make_question(journey=journey)
    response = edit(as_owner, question, answer="In the second week.", answered_on="31/31/31")
    assert_kind_error(response, typed="In the second week.")


def test_an_edit_keeps_the_earlier_words(as_owner, journey):
    question = make_question(journey=journey, text="Before")
    edit(as_owner, question, text="After")
    question.refresh_from_db()
    assert (question.text, question.version) == ("After", 2)
    revision = Revision.objects.get(record_id=question.pk)
    assert revision.before["text"] == "Before"
    assert revision.changed_by == journey.owner


def test_two_people_who_edit_at_once_both_see_their_words(as_owner, journey):
    question = make_question(journey=journey, text="Shared")
    edit(as_owner, question, text="Theirs was first")
    response = edit(as_owner, question, text="Mine came later")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Theirs was first" in page
    assert "Mine came later" in page
    question.refresh_from_db()
    assert question.text == "Theirs was first"


def test_after_a_conflict_saving_once_more_saves(as_owner, journey):
    question = make_question(journey=journey, text="Shared")
    edit(as_owner, question, text="Theirs was first")
    form = edit(as_owner, question, text="Mine came later").context["form"]
    again = {"text": "Mine came later", "version": form["version"].value()}
    assert as_owner.post(at("question_edit", question), again).status_code == 302
    question.refresh_from_db()
    assert question.text == "Mine came later"


def test_an_edit_without_a_version_is_a_conflict(as_owner, journey):
    question = make_question(journey=journey, text="Shared")
    response = as_owner.post(at("question_edit", question), {"text": "Blind"})
    assert response.status_code == 409


def test_a_deleted_question_can_be_taken_back_for_a_day(as_owner, journey):
    question = make_question(journey=journey)
    as_owner.post(at("question_delete", question))
    page = list_of(as_owner, journey)
    assert "A question was deleted." in page
    assert question.text not in page
    as_owner.post(at("question_restore", question))
    assert question.text in list_of(as_owner, journey)


def test_after_a_day_a_deletion_stays(as_owner, journey):
    question = make_question(journey=journey)
    long_ago = timezone.now() - timedelta(days=1, minutes=1)
    Question.objects.filter(pk=question.pk).update(deleted_at=long_ago)
    assert "A question was deleted." not in list_of(as_owner, journey)
    assert as_owner.post(at("question_restore", question)).status_code == 404


def test_contributor_corrects_own_questions_only(as_contributor, contributor, journey):
    mine = make_question(journey=journey, author=contributor, text="From me")
    theirs = make_question(journey=journey, text="From Olive")
    assert edit(as_contributor, mine, text="From me, again").status_code == 302
    assert edit(as_contributor, theirs, text="Overwritten").status_code == 403
    assert as_contributor.post(at("question_delete", theirs)).status_code == 403
    page = list_of(as_contributor, journey)
    assert at("question_edit", mine) in page
    assert at("question_edit", theirs) not in page


def test_a_viewer_is_offered_no_undo(as_viewer, as_owner, journey):
    as_owner.post(at("question_delete", make_question(journey=journey)))
    assert "A question was deleted." not in list_of(as_viewer, journey)


def test_a_question_for_its_author_only_is_hidden_from_others(as_viewer, as_owner, journey):
    make_question(journey=journey, text="Only for me", only_me=True)
    assert "Only for me" not in list_of(as_viewer, journey)
    assert "Only for me" in list_of(as_owner, journey)


def test_a_contributor_who_asks_stands_in_the_log(as_contributor, contributor, journey):
    add(as_contributor, journey)
    event = journey.access_events.get()
    assert (event.actor, event.area, event.kind) == (contributor, "questions", "write")
