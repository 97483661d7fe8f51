"""An upgrade meets what staff edited: nothing is lost, and somebody decides, once."""

import pytest
from django.urls import reverse

from content.models import (
    KeptField,
    RelevanceRule,
    Source,
    SuggestedQuestion,
    Topic,
)
from content.upgrades import choices
from tests.content.admin_tools import client_of, make_editor
from tests.content.releases import Release, choose, seen_of

pytestmark = pytest.mark.usefixtures("no_content")

WAITING = "admin:upgrade"


@pytest.fixture
def title(release: Release) -> KeptField:
    """A title that was edited here and came anew: it waits."""
    Topic.objects.update(title="Ours")
    release.topic = release.topic.replace("What is it?", "Theirs")
    release.load()
    return KeptField.objects.open().get()


# --- What an upgrade does -----------------------------------------------------------------------


def test_an_upgrade_loses_no_edit_and_updates_the_rest(release):
    Topic.objects.update(title="Ours")
    Source.objects.update(title="Our source")
    SuggestedQuestion.objects.filter(slug="how").delete()
    release.topic = release.topic.replace("What is it?", "Theirs").replace("In short.", "Brief.")
    release.row("sources.yaml").update(title="Two", publisher="Q")
    release.lists["questions.yaml"][1]["text"] = "How come?"
    assert len(release.load()) == 2
    topic, source = Topic.objects.get(), Source.objects.get()
    assert (topic.title, topic.summary) == ("Ours", "Brief.")
    assert (source.title, source.publisher) == ("Our source", "Q")
    assert [one.slug for one in SuggestedQuestion.objects.all()] == ["why"]
    waiting = {(one.kept.field, one.ours, one.kept.theirs) for one in choices()}
    assert waiting == {("title", "Ours", "Theirs"), ("title", "Our source", "Two")}


def test_a_second_load_makes_no_second_row(release, title):
    release.load()
    assert KeptField.objects.count() == 1


def test_a_newer_text_takes_the_place_of_the_one_that_waits(release, title):
    release.topic = release.topic.replace("Theirs", "Newest")
    release.load()
    kept = KeptField.objects.get()
    assert (kept.pk, kept.theirs) == (title.pk, "Newest")


def test_what_has_become_equal_waits_no_longer(release, title, as_editor):
    Topic.objects.update(title="Theirs")
    assert "Nothing waits." in as_editor.get(reverse(WAITING)).content.decode()
    release.load()
    title.refresh_from_db()
    assert title.status == "settled"


def test_what_is_gone_waits_no_longer(release, title, as_editor):
    Topic.objects.all().delete()
    assert as_editor.get(reverse(WAITING)).context["rows"] == []
    release.load()
    assert not KeptField.objects.open().exists()


def test_after_ours_was_kept_only_a_newer_text_asks_again(release, title, as_editor):
    choose(as_editor, title, "keep")
    release.load()
    assert not KeptField.objects.open().exists()
    release.topic = release.topic.replace("Theirs", "Newest")
    release.load()
    assert KeptField.objects.open().get().theirs == "Newest"
    assert KeptField.objects.count() == 2


# --- Choosing -----------------------------------------------------------------------------------


def test_both_texts_stand_side_by_side_with_their_lines(release, title, as_editor):
    assert "1 text to decide" in as_editor.get("/admin/").content.decode()
    page = as_editor.get(reverse(WAITING)).content.decode()
    assert "<pre>Ours</pre>" in page
    assert "<pre>Theirs</pre>" in page
    assert "<del>- Ours</del><ins>+ Theirs</ins>" in page
    assert reverse("admin:content_topic_change", args=[Topic.objects.get().pk]) in page


def test_the_new_text_is_taken_with_its_history(release, title, as_editor):
    answer = choose(as_editor, title, "take")
    assert "The new text is in force now." in answer.content.decode()
    topic = Topic.objects.get()
    assert topic.title == "Theirs"
    assert topic.history.latest().history_user.name == "Edi Editor"
    assert topic.history.latest().history_change_reason == "Taken over from an upgrade"
    title.refresh_from_db()
    assert title.status == "taken"
    assert "Edi Editor" in title.decided_by
    assert release.load() == []


def test_ours_is_kept(release, title, as_editor):
    answer = choose(as_editor, title, "keep")
    assert "Ours is kept." in answer.content.decode()
    assert Topic.objects.get().title == "Ours"
    title.refresh_from_db()
    assert title.status == "refused"


def test_a_taken_text_is_rendered(release, as_editor):
    Topic.objects.update(body="Ours.")
    release.topic = release.topic.replace("A blast is a cell.", "It is **new**.")
    release.load()
    choose(as_editor, KeptField.objects.get(), "take")
    assert "<strong>new</strong>" in Topic.objects.get().body_html


def test_relevance_is_taken_as_a_whole_in_its_order(release, as_editor):
    RelevanceRule.objects.filter(weight=30).update(weight=35)
    new = "- phases: [induction]\n  weight: 20\n- roles: [caregiver]\n  weight: 80"
    release.topic = release.topic.replace("- phases: [induction]\n  weight: 90\n- weight: 30", new)
    release.load()
    page = as_editor.get(reverse(WAITING)).content.decode()
    assert "phases: induction; weight: 20\nroles: caregiver; weight: 80" in page
    choose(as_editor, KeptField.objects.get(), "take")
    rules = RelevanceRule.objects.order_by("pk")
    assert [(one.phases, one.roles, one.weight) for one in rules] == [
        (["induction"], [], 20),
        ([], ["caregiver"], 80),
    ]
    assert choices() == []


def test_a_topic_moves_with_its_section(release, as_editor):
    topic = Topic.objects.get()
    topic.section = topic.section.__class__.objects.get(slug="other")
    topic.save()
    kept = KeptField.objects.create(
        file="guide", key="what", field="section", theirs="overview", seen_at=topic.updated_at
    )
    choose(as_editor, kept, "take")
    assert Topic.objects.get().section.slug == "overview"


# --- Two people ---------------------------------------------------------------------------------


def test_a_second_decision_changes_nothing(release, title, as_editor, as_other):
    seen = seen_of(title)
    choose(as_editor, title, "keep")
    answer = choose(as_other, title, "take", seen)
    assert answer.status_code == 409
    assert "Somebody has decided this already." in answer.content.decode()
    assert Topic.objects.get().title == "Ours"


@pytest.mark.parametrize("word", ["take", "keep"])
def test_a_text_that_nobody_saw_is_never_decided(release, title, as_editor, word):
    seen = seen_of(title)
    Topic.objects.update(title="Ours, and better")
    answer = choose(as_editor, title, word, seen)
    assert answer.status_code == 409
    assert "has changed since you saw them" in answer.content.decode()
    assert "<pre>Ours, and better</pre>" in answer.content.decode()
    assert Topic.objects.get().title == "Ours, and better"
    title.refresh_from_db()
    assert title.status == "open"


def test_a_newer_upgrade_voids_what_was_seen(release, title, as_editor):
    seen = seen_of(title)
    release.topic = release.topic.replace("Theirs", "Newest")
    release.load()
    assert choose(as_editor, title, "take", seen).status_code == 409
    assert Topic.objects.get().title == "Ours"


def test_a_text_that_may_not_stand_there_is_refused(release, title, as_editor):
    KeptField.objects.update(theirs="x" * 201)
    answer = choose(as_editor, title, "take")
    assert answer.status_code == 422
    assert "at most 200 characters" in answer.content.decode()
    assert Topic.objects.get().title == "Ours"
    assert KeptField.objects.open().exists()


def test_only_editors_of_the_row_decide(release, title, client):
    helper = make_editor()
    helper.groups.clear()
    address = reverse("admin:upgrade_choose", args=[title.pk])
    outsider = client_of(helper)
    assert outsider.post(address, {"take": "", "seen": seen_of(title)}).status_code == 403
    assert outsider.get(reverse(WAITING)).context["rows"] == []
    assert "to decide" not in outsider.get("/admin/").content.decode()
    assert client.post(address, {"take": ""}).status_code == 302
    assert outsider.get(address).status_code == 405
    assert Topic.objects.get().title == "Ours"
