"""Search the guide: topics, questions, glossary and symptoms, in one query each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import StrIndex
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from content.html import text_of
from content.models import SuggestedQuestion, Symptom, Term, Topic
from content.text import normalise

QUERY_LENGTH = 100
MAX_WORDS = 8
MAX_RESULTS = 30
PER_KIND = 10
SNIPPET_LENGTH = 180
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Result:
    """One hit. Title and snippet are safe HTML with the found words marked."""

    kind: str
    title: SafeString
    url: str
    snippet: SafeString
    in_title: bool


def search(query: str) -> list[Result]:
    """Return what has every word of `query` (or words that begin with it), titles first."""
    words = normalise(query[:QUERY_LENGTH]).split()[:MAX_WORDS]
    if not words:
        return []
    kinds = [list(kind(words)) for kind in (_topics, _symptoms, _terms, _questions)]
    titles = [one for results in kinds for one in results if one.in_title]
    # No kind may fill the page: each symptom mentions fever.
    others = [
        one
        for results in kinds
        for one in [result for result in results if not result.in_title][:PER_KIND]
    ]
    return [*titles, *others][:MAX_RESULTS]


def _matching(rows: QuerySet, words: Iterable[str]) -> QuerySet:
    """Rows in whose text each word begins some word, those with the earliest hits first."""
    rows = rows.in_language()
    place = Value(0)
    for word in words:
        rows = rows.filter(search_text__contains=f" {word}")
        place = place + StrIndex(F("search_text"), Value(f" {word}"))
    return rows.annotate(place=place).order_by("place", "order", "slug")[:MAX_RESULTS]


def _topics(words: list[str]) -> Iterable[Result]:
    rows = _matching(Topic.objects.published(), words)
    for slug, section, title, summary, html in rows.values_list(
        "slug", "section__slug", "title", "summary", "body_html"
    ):
        url = reverse("content:topic", args=[section, slug])
        yield _result(_("Guide"), words, title, url, f"{summary} {text_of(html)}".strip())


def _questions(words: list[str]) -> Iterable[Result]:
    section = (
        Topic.objects.published()
        .in_language()
        .filter(slug=OuterRef("topic"))
        .values("section__slug")
    )
    rows = _matching(SuggestedQuestion.objects.published(), words)
    for text, topic, section_slug in rows.annotate(section=Subquery(section[:1])).values_list(
        "text", "topic", "section"
    ):
        url = reverse("content:topic", args=[section_slug, topic]) if section_slug else ""
        yield _result(_("Question to ask"), words, text, url, "")


def _terms(words: list[str]) -> Iterable[Result]:
    rows = _matching(Term.objects.published(), words)
    for slug, term, definition in rows.values_list("slug", "term", "definition"):
        url = reverse("content:term", args=[slug])
        yield _result(_("Glossary"), words, term, url, definition)


def _symptoms(words: list[str]) -> Iterable[Result]:
    rows = _matching(Symptom.objects.published(), words)
    for slug, name, do_now in rows.values_list("slug", "name", "do_now"):
        url = reverse("content:symptom", args=[slug])
        yield _result(_("Symptom"), words, name, url, do_now)


def _result(kind: str, words: list[str], title: str, url: str, text: str) -> Result:
    in_title = all(f" {word}" in f" {normalise(title)}" for word in words)
    return Result(kind, mark(title, words), url, mark(snippet(text, words), words), in_title)


_normalise_word = lru_cache(maxsize=20_000)(normalise)


def _is_hit(word: str, words: Iterable[str]) -> bool:
    plain = _normalise_word(word)
    return any(plain.startswith(wanted) for wanted in words)


def snippet(text: str, words: list[str]) -> str:
    """Return a piece of `text` around the first found word, cut between words."""
    if len(text) <= SNIPPET_LENGTH:
        return text
    first = next((m.start() for m in WORD.finditer(text) if _is_hit(m[0], words)), 0)
    start = max(0, first - SNIPPET_LENGTH // 3)
    if start:
        start = text.find(" ", start) + 1
    end = len(text)
    if start + SNIPPET_LENGTH < end:
        end = text.rfind(" ", start, start + SNIPPET_LENGTH)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def mark(text: str, words: list[str]) -> SafeString:
    """Return `text` as safe HTML with the found words in <mark>."""
    pieces: list[tuple[SafeString]] = []
    position = 0
    for match in WORD.finditer(text):
        if _is_hit(match[0], words):
            before = text[position : match.start()]
            pieces.append((format_html("{}<mark>{}</mark>", before, match[0]),))
            position = match.end()
    pieces.append((format_html("{}", text[position:]),))
    return format_html_join("", "{}", pieces)
