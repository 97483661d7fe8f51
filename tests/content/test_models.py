"""What the models hold, and what they make when they are saved."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from content.models import Section, StageFit, Status, Topic, VisitKind, content_revision
from tests.content.builders import make_section, make_term, make_topic

pytestmark = pytest.mark.usefixtures("no_content")


def test_a_topic_is_rendered_when_it_is_saved() -> None:
    topic = make_topic("blood", body="**Blood** has cells.", numbers="70% (to be checked)")
    assert topic.body_html == "<p><strong>Blood</strong> has cells.</p>\n"
    assert "to-check" in topic.numbers_html
    assert "70" not in topic.search_text


def test_a_link_follows_when_its_topic_moves_or_goes() -> None:
    target = make_topic("target")
    topic = make_topic("reader", body="See [this](topic:target).")
    assert '<a href="/guide/overview/target/">this</a>' in topic.body_html
    target.section = make_section("diagnosis", number=5)
    target.save()
    topic.refresh_from_db()
    assert '<a href="/guide/diagnosis/target/">this</a>' in topic.body_html
    target.status = Status.ARCHIVED
    target.save()
    topic.refresh_from_db()
    assert topic.body_html == "<p>See this.</p>\n"


def test_terms_are_linked_and_unlinked_as_they_come_and_go() -> None:
    topic = make_topic("reader", body="A blast is a cell.")
    term = make_term("blast")
    topic.refresh_from_db()
    assert '<a class="term" href="/glossary/blast/">blast</a>' in topic.body_html
    term.status = Status.DRAFT
    term.save()
    topic.refresh_from_db()
    assert "<a" not in topic.body_html


def test_each_save_changes_the_revision() -> None:
    topic = make_topic("one")
    before = content_revision()
    topic.save()
    assert content_revision() != before


def test_an_edit_can_be_undone_from_the_history() -> None:
    topic = make_topic("one", body="First.")
    topic.body = "Second."
    topic.save()
    topic.history.earliest().instance.save()
    topic.refresh_from_db()
    assert topic.body_html == "<p>First.</p>\n"


def test_a_visit_kind_is_rendered_when_it_is_saved() -> None:
    kind = VisitKind.objects.create(slug="infusion", name="Infusion", bring="- a book")
    assert "<li>a book</li>" in kind.html["bring"]
    assert kind.html["after"] == ""


def test_the_slug_is_unique_in_a_language() -> None:
    make_topic("one")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_topic("one")
    make_topic("one", language="de")


def test_a_section_with_topics_cannot_be_deleted() -> None:
    section = make_topic("one").section
    with pytest.raises(models.ProtectedError):
        section.delete()


def test_a_stage_combination_stands_once() -> None:
    StageFit.objects.create(classification="recurrent", phase="after", fit="unusual")
    with pytest.raises(IntegrityError), transaction.atomic():
        StageFit.objects.create(classification="recurrent", phase="after", fit="fits")


def test_the_length_of_a_text_is_capped_in_forms_and_in_the_database() -> None:
    topic = make_topic("one")
    topic.summary, topic.changed_since_2013 = "", "x" * 2001
    with pytest.raises(ValidationError, match="at most 2000"):
        topic.clean_fields()
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.update(changed_since_2013="x" * 2001)


def test_a_topic_of_an_unpublished_section_is_not_published() -> None:
    make_topic("one", make_section("hidden", status=Status.DRAFT))
    assert not Topic.objects.published().exists()
    assert Section.objects.count() == 1
