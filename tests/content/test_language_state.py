"""How far the guide is there in another language: shown to editors, and kept whole as shipped."""

import pytest

from content.language_state import language_state
from content.models import Symptom, Topic, Translation

pytestmark = pytest.mark.django_db


def missing(state):
    return [text for part in state.parts for text, _row in part.missing]


def test_every_sentence_that_pages_say_is_shipped_in_spanish():
    state = language_state("es")
    assert missing(state) == []
    assert [row.source for row in state.outdated] == []
    assert sum(part.all for part in state.parts) > 1500


def test_a_changed_sentence_is_missing_and_its_translation_is_outdated(as_editor):
    topic = Topic.objects.get(slug="what-is-all")
    before = topic.title
    topic.title = "What is ALL, in short?"
    topic.save()
    state = language_state("es")
    assert missing(state) == ["What is ALL, in short?"]
    assert [row.source for row in state.outdated] == [before]
    page = as_editor.get("/admin/languages/").content.decode()
    assert f'<a href="/admin/content/topic/{topic.pk}/change/">What is ALL, in short?</a>' in page
    assert "Without their English" in page


def test_a_sign_that_is_missing_leads_to_its_symptom(as_editor):
    symptom = Symptom.objects.get(slug="fever")
    sign = symptom.signs.first()
    Translation.objects.get(language="es", source=sign.text).delete()
    page = as_editor.get("/admin/languages/").content.decode()
    assert f'<a href="/admin/content/symptom/{symptom.pk}/change/">{sign.text}</a>' in page


def test_what_a_clinician_has_read_is_counted(as_editor):
    row = Translation.objects.filter(language="es").first()
    row.reviewer, row.reviewed_on = "Dr. Invented", "2026-11-28"
    row.save()
    assert sum(part.reviewed for part in language_state("es").parts) == 1


def test_what_is_not_published_need_not_be_there():
    row = Topic.objects.get(slug="what-is-all")
    row.title, row.status = "A draft", "draft"
    row.save()
    assert "A draft" not in missing(language_state("es"))


def test_a_language_that_nobody_began_is_all_missing(settings, as_editor):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    page = as_editor.get("/admin/languages/").content.decode()
    assert "French" in page and "not offered to readers" in page
