"""Every word of ours goes through gettext: with each of them marked, nothing unmarked is left."""

import html
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import trans_real

from careguide.forms import ZONES
from tests.browser.pages import ACCOUNT, fill
from tests.test_languages import GUIDE, SPOKEN
from tests.visitors import client_of

MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
# Words on the page as they are, in every language.
SHOWN = re.compile(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"|>([^<]+)<')
LEFT_OUT = re.compile(r"<(script|style|svg)\b.*?</\1>|<(?:meta|link)\b[^>]*>|<!--.*?-->", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Between records, figures and what is translated; "de" joins the parts of a Spanish date.
BETWEEN = re.compile(r"[\d,:;()·–/.%°<>+−-]+(?:\s|$)|\s+–\s+|\bde\b|^\W+|\W+$")
# The name of the site, languages in their own words, and names of time zones.
NO_WORDS = {"Careguide", "English", "Español", "UTC", *(zone.replace("_", " ") for zone in ZONES)}


@pytest.fixture
def marked(settings, monkeypatch) -> None:
    """Speak a Spanish in which every string of the interface stands between two marks."""
    settings.LANGUAGES = SPOKEN
    words = trans_real.DjangoTranslation
    gettext, ngettext = words.gettext, words.ngettext
    monkeypatch.setattr(words, "gettext", lambda self, text: f"⟦{gettext(self, text)}⟧")
    monkeypatch.setattr(
        words, "ngettext", lambda self, one, many, n: f"⟦{ngettext(self, one, many, n)}⟧"
    )


def texts_of_records() -> set[str]:
    """Return every text that somebody typed, and every short one of the guide, line by line."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_label not in ("content", "journeys"):
            continue
        columns = [
            column.name
            for column in model._meta.concrete_fields
            if isinstance(column, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model.objects.values_list(*columns):
            found |= {" ".join(part.split()) for value in row for part in plain(value)}
    return found


def plain(value) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value, *value.splitlines())
        yield from (html.unescape(part) for part in re.split(r"<[^>]+>", value))
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from plain(one)


def is_known(words: str, known: set[str]) -> bool:
    """Whether these are no words, or those of a record or of the guide."""
    return (
        not LETTERS.search(words) or words in known or (len(words.split()) >= 3 and words in GUIDE)
    )


def without_records(words: str, known: set[str]) -> str:
    found = [one for one in known if len(one) > 3 and one in words]
    for record in sorted(found, key=lambda one: (-len(one), one)):
        words = words.replace(record, " ")
    return words


def unmarked(page: str) -> Iterator[str]:
    text = LEFT_OUT.sub("", page)
    while MARKED.search(text):
        text = MARKED.sub("", text)
    assert not {"⟦", "⟧"} & set(text)
    for shown in SHOWN.finditer(text):
        yield " ".join(html.unescape(shown[1] or shown[2] or "").split())


def leaks(page: str, known: set[str]) -> set[str]:
    """Return what stands on the page and neither gettext nor a record or the guide has said."""
    return {
        part.strip()
        for words in unmarked(page)
        if not is_known(words, known)
        for part in BETWEEN.split(without_records(words, known))
        if not is_known(part.strip(), known)
    }


def test_pages_of_people_hold_no_word_that_gettext_did_not_see(marked, owner, journey):
    owner.language = "es"
    owner.save()
    client = client_of(owner)
    pages = fill(journey) | ACCOUNT
    known = texts_of_records() | NO_WORDS
    answers = {name: client.get(path) for name, path in pages.items()}
    left = {
        name: leaks(answer.content.decode(), known)
        for name, answer in answers.items()
        if answer.status_code == 200
    }
    assert len(left) > 60
    assert {name: words for name, words in left.items() if words} == {}


def test_a_word_that_was_forgotten_is_seen(db):
    page = (
        '<p>⟦Guardado⟧ Forgotten here</p><a title="And here">⟦Aquí ⟦dentro⟧⟧</a><p>A record, 12</p>'
    )
    assert leaks(page, {"A record"}) == {"Forgotten here", "And here"}
