"""Every word of the interface is there in Spanish, and pages for people show no English of ours."""

import ast
import gettext as files_of_words
import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation
from django.utils.translation.template import templatize

from tests.browser.pages import ACCOUNT, PUBLIC, fill
from tests.factories import make_appointment
from tests.sources import ROOT, TEMPLATES, WRITTEN, name_of, tree_of
from tests.visitors import client_of
from tests.world import url

CATALOGUE = ROOT / "careguide" / "locale" / "es" / "LC_MESSAGES"
# For editors and for those who run it: English is the language of the workshop. The mark of what is
# to be checked is part of a stored text, and speaks its language.
FOR_STAFF = (
    *("content/admin", "content/checks", "templates/admin", "/management/"),
    *("content/zipped.py", "content/markdown.py", "careguide/gallery.py", "templates/gallery.html"),
)
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
IN_TEMPLATES = re.compile(r"""\b(?:gettext|_|ngettext)\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
# The guide is content, in English so far; what it says with the same words is no leak of ours.
FILES = [path for path in (ROOT / "content" / "data").rglob("*") if path.is_file()]
GUIDE = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in FILES)
SPOKEN = [("en", "English"), ("es", "Español")]


@pytest.fixture
def both(settings) -> None:
    settings.LANGUAGES = SPOKEN


def for_people(path: Path) -> bool:
    return not any(part in name_of(path) for part in FOR_STAFF)


def words_in_code() -> Iterator[tuple[str, str]]:
    for path in filter(for_people, WRITTEN):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield name_of(path), first.value


def words_in_templates() -> Iterator[tuple[str, str]]:
    for path in filter(for_people, TEMPLATES):
        source = templatize(path.read_text(encoding="utf-8"), origin=name_of(path))
        for literal in IN_TEMPLATES.findall(source):
            yield name_of(path), ast.literal_eval(literal.removeprefix("u"))


WORDS = sorted({*words_in_code(), *words_in_templates()})


def in_spanish() -> dict:
    with (CATALOGUE / "django.mo").open("rb") as file:
        return files_of_words.GNUTranslations(file)._catalog


def test_there_are_words_enough_to_be_sure_that_they_were_found():
    assert len(WORDS) > 1500
    assert engines["django"]


def test_every_word_of_the_interface_is_there_in_spanish():
    known = {word[0] if isinstance(word, tuple) else word for word in in_spanish()}
    assert [(where, word) for where, word in WORDS if word not in known] == []


def test_the_compiled_words_are_those_that_can_be_read():
    text = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    assert "fuzzy" not in text
    assert text.count("\nmsgid ") - 1 == len(
        {word[0] if isinstance(word, tuple) else word for word in in_spanish() if word}
    )


def test_no_placeholder_is_lost():
    holes = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    for english, spanish in in_spanish().items():
        if isinstance(english, str) and english:
            source = english.partition("\x04")[2] or english
            assert set(holes.findall(source)) == set(holes.findall(spanish)), english


def test_nobody_is_spoken_to_as_a_friend_by_accident():
    familiar = re.compile(
        r"\b(tú|tus?|contigo|puedes|tienes|quieres|vos|vosotros)\b", re.IGNORECASE
    )
    for english, spanish in in_spanish().items():
        assert not familiar.search(str(spanish)), (english, spanish)


# --- The pages ----------------------------------------------------------------------------------


def english_left(page: str) -> set[str]:
    """Return the English of ours, three words or more, that stands on the page as it is."""
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", "\n", page)).split())
    known = in_spanish()
    return {
        word
        for _where, word in WORDS
        if len(word.split()) >= 3 and "%(" not in word and known.get(word) != word and word in text
        if word not in GUIDE
    }


def test_pages_of_people_show_no_english_of_ours(both, owner, journey):
    client = client_of(owner)
    owner.language = "es"
    owner.save()
    left = {}
    for name, path in (fill(journey) | ACCOUNT).items():
        answer = client.get(path)
        page = answer.content.decode()
        if answer.status_code == 200:
            assert '<html lang="es"' in page, name
            left[name] = english_left(page)
    assert {name: words for name, words in left.items() if words} == {}


def test_public_pages_say_that_the_guide_is_in_english(both, client, db):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    for name, path in PUBLIC.items():
        page = client.get(path).content.decode()
        assert '<html lang="es"' in page, name
        assert english_left(page) == set(), name
    assert "La guía aún no está traducida del todo." in client.get("/guide/").content.decode()


# --- Choosing -----------------------------------------------------------------------------------


def test_a_visitor_chooses_and_comes_back_to_the_same_page(both, client, db):
    answer = client.post("/language/", {"language": "es", "next": "/glossary/"})
    assert answer.headers["Location"] == "/glossary/"
    assert '<html lang="es"' in client.get("/glossary/").content.decode()


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "javascript:alert(1)", ""]
)
def test_choosing_leads_nowhere_else(both, client, db, to):
    answer = client.post("/language/", {"language": "es", "next": to})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "", "es\0", "../es"])
def test_a_language_that_is_not_spoken_changes_nothing(both, as_owner, owner, language):
    as_owner.post("/language/", {"language": language, "next": "/profile/"})
    owner.refresh_from_db()
    assert owner.language == ""


def test_two_people_read_one_journey_in_two_languages(both, as_owner, as_viewer, owner, journey):
    as_owner.post("/language/", {"language": "es"})
    path = f"/journeys/{journey.pk}/"
    assert '<html lang="es"' in as_owner.get(path).content.decode()
    assert '<html lang="en"' in as_viewer.get(path).content.decode()


def test_mails_come_in_the_language_of_their_reader(both, owner, journey, mailoutbox):
    from journeys.emails import send_going  # noqa: PLC0415

    owner.language, owner.delete_after = "es", owner.date_joined
    send_going(owner)
    assert "cuenta" in mailoutbox[-1].body
    assert translation.get_language() == "en"


def test_with_one_language_there_is_nothing_to_choose(client, db):
    assert "/language/" not in client.get("/").content.decode()


def test_days_are_written_as_they_are_said(both, as_owner, journey):
    as_owner.post("/language/", {"language": "es"})
    visit = make_appointment(journey=journey, day=date(2026, 12, 1))
    path = url("appointment_detail", journey_id=journey.pk, appointment_id=visit.pk)
    assert "martes, 1 de diciembre de 2026" in as_owner.get(path).content.decode()
