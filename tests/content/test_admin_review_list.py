"""The clinician's review list: ticked off with a name, and what the texts themselves leave open."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.utils import timezone

from content.loader import export, load
from content.models import ReviewPoint, Symptom, SymptomSign, Topic
from content.review_list import marked, reviewed
from tests.content.admin_tools import change_url, client_of, make_editor, save

pytestmark = [pytest.mark.django_db, pytest.mark.verify]

PAGE = "/admin/review-list/"


@pytest.fixture
def point() -> ReviewPoint:
    return ReviewPoint.objects.get(slug="fever-limits-differ")


def text_of(client):
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def settle(client, point, **values):
    given = {f"{point.pk}-{name}": value for name, value in values.items()}
    return client.post(f"{PAGE}{point.pk}/", given, follow=True)


# --- The points ---------------------------------------------------------------------------------


def test_the_list_ships_and_every_point_is_open(as_editor):
    total = ReviewPoint.objects.count()
    assert total > 25
    assert ReviewPoint.objects.open().count() == total
    page = text_of(as_editor)
    assert f"{total} of {total} points are open." in page
    for point in ReviewPoint.objects.all():
        assert f'id="point-{point.pk}"' in page
    assert "<strong>Fever.</strong>" in page


def test_a_point_is_ticked_off_with_a_name_and_what_was_decided(as_editor, point):
    page = settle(as_editor, point, settled_by="Dr. X", note="38.0 once").content.decode()
    point.refresh_from_db()
    assert (point.settled_by, point.note) == ("Dr. X", "38.0 once")
    assert point.settled_on == timezone.localdate()
    assert "Decided by Dr. X" in page
    assert "38.0 once" in page
    assert point.history.first().history_user.name == "Edi Editor"


def test_without_a_name_nothing_is_ticked_off_and_nothing_is_lost(as_editor, point):
    answer = settle(as_editor, point, settled_by=" ", note="38.0 <once>")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "38.0 &lt;once&gt;</textarea>" in page
    assert page.count("errornote") == 1
    assert not ReviewPoint.objects.settled().exists()


def test_a_point_can_be_opened_again(as_editor, point):
    settle(as_editor, point, settled_by="Dr. X", note="38.0 once")
    as_editor.post(f"{PAGE}{point.pk}/", {"reopen": ""})
    point.refresh_from_db()
    assert not point.is_settled
    assert point.note == "38.0 once"


def test_a_decision_has_a_name_and_a_day_or_neither(point):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewPoint.objects.filter(pk=point.pk).update(settled_by="Dr. X")


def test_staff_word_a_point_anew_and_add_their_own(as_editor, point):
    save(as_editor, point, text="**Fever.** Our own words.")
    assert "Our own words." in text_of(as_editor)
    given = {"theme": "Ours", "slug": "ours", "text": "Look at *this*.", "order": "900"}
    as_editor.post("/admin/content/reviewpoint/add/", given)
    assert "<em>this</em>" in text_of(as_editor)


def test_what_was_decided_is_exported_and_survives_an_upgrade(as_editor, point, tmp_path):
    settle(as_editor, point, settled_by="Dr. X", note="38.0 once")
    load()
    point.refresh_from_db()
    assert point.settled_by == "Dr. X"
    export(tmp_path)
    written = (tmp_path / "review_list.yaml").read_text(encoding="utf-8")
    assert f"settled_on: {timezone.localdate()}" in written
    assert written.count("settled_by") == 1


# --- What the texts leave open ------------------------------------------------------------------


def test_every_row_that_carries_the_mark_is_listed_with_its_form(as_editor):
    topic = Topic.objects.exclude(body__icontains="to be checked").first()
    words = "Plasma of cats is blue (to be checked)."
    assert words not in text_of(as_editor)
    save(as_editor, topic, body=f"One sentence. {words} Another.")
    found = next(one for one in marked() if one.row == topic)
    assert words in found.sentences
    page = text_of(as_editor)
    assert change_url(topic) in page
    assert "Plasma of cats is blue" in page


def test_marks_in_rows_of_a_symptom_are_found_too():
    sign = SymptomSign.objects.filter(symptom__slug="fever").first()
    sign.text = "A sign (To be\nchecked)"
    sign.save()
    rows = {one.row: one.sentences for one in marked()}
    assert any("A sign" in text for text in rows[Symptom.objects.get(slug="fever")])


def test_no_mark_is_overlooked():
    by_hand = Topic.objects.exclude(status="archived").filter(body__icontains="(to be checked)")
    listed = {one.row.pk for one in marked() if isinstance(one.row, Topic)}
    assert {topic.pk for topic in by_hand} <= listed


def test_an_archived_row_is_not_listed(as_editor):
    topic = next(one.row for one in marked() if isinstance(one.row, Topic))
    save(as_editor, topic, status="archived")
    assert topic not in [one.row for one in marked()]


def test_it_counts_what_nobody_reviewed_and_what_is_overdue(as_editor):
    def count():
        today = timezone.localdate()
        return next(one for one in reviewed(today) if one.model is Topic)

    assert count().reviewed == 0
    assert count().not_reviewed == count().rows > 20
    first, second = Topic.objects.all()[:2]
    save(as_editor, first, reviewer="Dr. X", reviewed_on="2026-01-01")
    save(as_editor, second, reviewer="Dr. X", review_due="2026-01-01")
    assert (count().reviewed, count().overdue) == (1, 1)
    row = re.search(r"<th scope=\"row\">Topics</th>.*?</tr>", text_of(as_editor))[0]
    assert re.findall(r">(\d+)<", row) == [
        str(number) for number in (count().rows, count().not_reviewed, 1)
    ]


# --- Who may ------------------------------------------------------------------------------------


def test_only_staff_with_the_right_may_look_and_only_some_may_tick_off(client, as_owner, point):
    reader = make_editor(name="Rita Reader")
    reader.groups.clear()
    assert client.get(PAGE).status_code == as_owner.get(PAGE).status_code == 302
    assert client_of(reader).get(PAGE).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_reviewpoint"))
    as_reader = client_of(type(reader).objects.get(pk=reader.pk))
    assert "Decided today" not in text_of(as_reader)
    assert settle(as_reader, point, settled_by="Dr. X").status_code == 403
    assert as_reader.get(f"{PAGE}{point.pk}/").status_code == 405
    assert not ReviewPoint.objects.settled().exists()
