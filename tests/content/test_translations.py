"""The guide in another language: found by its English, and never in its place by mistake."""

import re

import pytest
from django.conf import settings as django_settings
from django.utils import translation

from content.catalogue import rules
from content.models import Symptom, Translation
from content.translations import said, speaking, translations
from tests.factories import make_check_in
from tests.journeys.views.check_in_tools import answers, temperature
from tests.visitors import client_of
from tests.world import url

ENGLISH, SPANISH = "Fever or low temperature", "Fiebre o temperatura baja"


@pytest.fixture
def both(settings, db):
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    Translation.objects.all().delete()
    Translation(language="es", source=ENGLISH, text=SPANISH).save()


@pytest.fixture
def in_spanish(client, both):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "es"
    return client


def text_of(answer):
    return answer.content.decode()


def test_a_sentence_comes_in_the_language_of_the_reader(in_spanish):
    page = text_of(in_spanish.get("/symptoms/fever/"))
    assert f"<h1>{SPANISH}</h1>" in page


def test_what_is_not_there_yet_comes_in_english_and_is_marked(in_spanish):
    page = text_of(in_spanish.get("/symptoms/nausea/"))
    english = Symptom.objects.get(slug="nausea").name
    assert f'<h1><span lang="en">{english}</span></h1>' in page


def test_long_texts_say_that_they_are_in_english(in_spanish):
    assert '<div lang="en"><p>' in text_of(in_spanish.get("/guide/overview/what-is-all/"))


def test_an_english_page_is_as_it_was(client, both):
    page = text_of(client.get("/symptoms/fever/"))
    assert f"<h1>{ENGLISH}</h1>" in page
    assert SPANISH not in page and 'lang="en">' not in page.replace('<html lang="en">', "")


def test_an_english_sentence_that_changed_is_no_longer_translated(in_spanish):
    Symptom.objects.filter(slug="fever").update(name="Fever, or a low temperature")
    Symptom.objects.get(slug="fever").save()
    page = text_of(in_spanish.get("/symptoms/fever/"))
    assert SPANISH not in page
    assert "Fever, or a low temperature" in page


def test_english_stands_beside_what_means_call_until_a_clinician_read_it(in_spanish):
    sign = rules().settings.red_list[0].text
    row = Translation(language="es", source=sign, text="Una señal")
    row.save()
    assert f'Una señal <span class="beside" lang="en">{sign}' in text_of(in_spanish.get("/call/"))
    row.reviewer, row.reviewed_on = "Dr. Invented", "2026-11-28"
    row.save()
    page = text_of(in_spanish.get("/call/"))
    assert "<li>Una señal</li>" in page


def test_two_people_see_one_check_in_each_in_their_language(both, owner, viewer, journey):
    check_in = make_check_in(journey=journey, temperature="38.4")
    path = url("check_in_detail", journey_id=journey.pk, check_in_id=check_in.pk)
    owner.language = "es"
    owner.save()
    assert SPANISH in text_of(client_of(owner).get(path))
    page = text_of(client_of(viewer).get(path))
    assert ENGLISH in page and SPANISH not in page


def test_no_language_changes_what_a_check_in_asks_for(both, owner, journey):
    owner.language = "es"
    owner.save()
    client = client_of(owner)
    path = url("check_in_add", journey_id=journey.pk)
    page = client.get(path)
    assert SPANISH in text_of(page)
    client.post(path, answers() | temperature("38,4"))
    assert [row.level for row in journey.check_ins.all()] == ["now"]


def test_a_page_in_another_language_asks_once_for_all_its_sentences(
    in_spanish, django_assert_max_num_queries
):
    in_spanish.get("/call/")
    with translation.override("es"), speaking(), django_assert_max_num_queries(0):
        assert [said(ENGLISH) for _time in range(50)] == [SPANISH] * 50


def test_a_mail_in_another_language_than_the_page_says_it_in_its_own(both):
    with speaking(), translation.override("es"):
        assert said(ENGLISH) == SPANISH
    with translation.override("es"), speaking(), translation.override("en"):
        assert said(ENGLISH) == ENGLISH


def test_what_was_read_in_one_language_is_not_shown_in_another(both):
    with translation.override("es"):
        first = translations()
    assert translations() == first


def test_editors_read_them_and_no_single_one_words_what_means_call(as_user, both):
    from tests.content.admin_tools import change_url, make_editor  # noqa: PLC0415

    client = as_user(make_editor())
    row = Translation.objects.get()
    assert client.get(change_url(row)).status_code == 200
    client.post(change_url(row), {"text": "Otra cosa"})
    row.refresh_from_db()
    assert row.text == SPANISH


# --- What is shipped ----------------------------------------------------------------------------


def sentences():
    """Every sentence that tells somebody what to look for, and what to do."""
    table = rules()
    yield from (item.text for item in table.settings.red_list)
    yield from table.settings.texts.values()
    for level in table.levels.values():
        yield from (level.name, level.act)
    for symptom in table.symptoms.values():
        yield from (symptom.name, symptom.do_now, symptom.do_not)
        yield from (anchor.text for anchor in symptom.anchors.values())
        yield from (sign.text for sign in symptom.signs.values())


def test_all_that_tells_when_to_call_is_there_in_spanish(db):
    spanish = translations()["es"]
    assert [text for text in sentences() if text and text not in spanish] == []


def test_no_figure_is_lost_or_changed_in_another_language(db):
    numbers = re.compile(r"\d+(?:\.\d+)?")
    for row in Translation.objects.all():
        assert sorted(numbers.findall(row.source)) == sorted(numbers.findall(row.text)), row


def test_nothing_is_called_reviewed_that_nobody_signed(db):
    assert not Translation.objects.exclude(reviewer="", reviewed_on=None).exists()
