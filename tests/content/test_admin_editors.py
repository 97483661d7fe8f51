"""Two editors on one row, the history of a row, and what the front page and the trial give them."""

import io
import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.core.management import call_command
from django.urls import reverse

from content.models import Symptom, Topic
from journeys.models import User
from tests.content.admin_tools import Form, change_url, client_of, form_of, save

pytestmark = pytest.mark.django_db


@pytest.mark.verify
def test_two_editors_on_one_topic_the_second_is_told_and_nothing_is_lost(as_editor, as_other):
    topic = Topic.objects.get(slug="what-is-all")
    mine = form_of(as_other, change_url(topic))
    save(as_editor, topic, body="Text of the first.")
    mine["body"] = "Text of the second."
    answer = as_other.post(change_url(topic), mine)
    html = answer.content.decode()
    assert "Somebody else has changed this row meanwhile" in html
    assert "Text of the first." in html
    assert html.count("Text of the second.") >= 2
    topic.refresh_from_db()
    assert topic.body == "Text of the first."
    # Sent once more, knowing it, the second text stands; the first stays in the history.
    assert as_other.post(change_url(topic), Form(answer).data).status_code == 302
    topic.refresh_from_db()
    assert topic.body == "Text of the second."
    bodies = list(topic.history.values_list("body", flat=True)[:2])
    assert bodies == ["Text of the second.", "Text of the first."]


def test_two_editors_on_one_symptom_see_the_rows_that_differ(as_editor, as_other):
    symptom = Symptom.objects.get(slug="nausea")
    mine = form_of(as_other, change_url(symptom))
    save(as_editor, symptom, **{"relevance_rules-0-weight": "11"})
    mine["relevance_rules-0-weight"] = "22"
    answer = as_other.post(change_url(symptom), mine)
    assert {"11", "22"} <= {
        str(one[key]) for one in answer.context["conflicts"] for key in ("theirs", "mine")
    }


def test_the_history_shows_line_by_line_what_changed_and_restores_it(as_editor, client):
    topic = Topic.objects.get(slug="what-is-all")
    before = topic.body
    save(as_editor, topic, body=before + "\nOne more line.")
    page = as_editor.get(change_url(topic, "history")).content.decode()
    assert "<ins>+ One more line.</ins>" in page
    assert "Edi Editor" in page
    oldest = topic.history.last()
    address = reverse("admin:content_topic_simple_history", args=[topic.pk, oldest.history_id])
    answer = as_editor.post(address, form_of(as_editor, address))
    assert answer.status_code == 302
    topic.refresh_from_db()
    assert topic.body == before
    assert "One more line." not in client.get(topic.get_absolute_url()).content.decode()


def test_the_front_page_lists_what_is_due(as_editor):
    topic = Topic.objects.get(slug="what-is-all")
    assert "overdue" not in as_editor.get("/admin/").content.decode()
    save(as_editor, topic, review_due=date(2025, 1, 1).isoformat())
    page = as_editor.get("/admin/").content.decode()
    assert "Review due" in page
    assert "overdue" in page


def test_the_editor_of_the_trial_gets_in_with_the_key_that_is_printed(settings):
    settings.DEBUG = True
    out = io.StringIO()
    call_command("make_demo", stdout=out)
    editor = User.objects.get(email="editor@demo.invalid")
    key = re.search(r"authenticator app: +([A-Z2-7]{32})", out.getvalue())[1]
    assert key == decrypt(Authenticator.objects.get(user=editor).data["secret"])
    assert client_of(editor).get("/admin/").status_code == 200
    assert [group.name for group in editor.groups.all()] == ["Editors"]
    assert not editor.user_permissions.exists()


@pytest.mark.verify
def test_nobody_else_of_the_trial_has_a_key_or_a_way_in(settings):
    settings.DEBUG = True
    call_command("make_demo", stdout=io.StringIO())
    for person in User.objects.filter(is_staff=False):
        assert client_of(person).get("/admin/", follow=True).status_code == 403
    assert Authenticator.objects.count() == User.objects.filter(is_staff=True).count()
