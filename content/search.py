"""Search the guide: what has every word of a query, near spellings where a word is nowhere.

The index holds what `content.text` has normalised, in memory until the content changes, so both
databases find the same, and a search costs one query.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.guide_map import guide_map
from content.html import text_of
from content.kept import Kept
from content.models import (
    LabKind,
    Medicine,
    Phase,
    SuggestedQuestion,
    Symptom,
    Term,
    Topic,
    VisitKind,
)
from content.text import normalise, search_text

QUERY_LENGTH = 100
MAX_WORDS = 8
MAX_RESULTS = 30
PER_KIND = 10
SNIPPET_LENGTH = 180
WORD = re.compile(r"\w+")
# A shorter word with one letter changed is another word.
SHORTEST_MISSPELT = 5
LONG = 8


@dataclass(frozen=True)
class Entry:
    """One thing that can be found. `names` are its title and other words for it, normalised."""

    kind: str | Promise
    title: str
    url: str
    lead: str
    text: str
    searched: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """One hit. Title and snippet are safe HTML with the found words marked."""

    kind: str | Promise
    title: SafeString
    url: str
    snippet: SafeString


@dataclass(frozen=True)
class Found:
    """What was found; `instead` are words of the query that are nowhere, with the nearest ones."""

    results: tuple[Result, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Index:
    entries: tuple[Entry, ...]
    words: Counter[str]


# --- What can be found: one function for each kind ------------------------------------------------
def _entry(
    kind: str | Promise, title: str, url: str, lead: str, text: str, searched: str, *names: str
) -> Entry:
    known = tuple(dict.fromkeys(f" {normalise(name)} " for name in (title, *names)))
    return Entry(kind, title, url, lead, text, searched, known)


def _topics() -> Iterator[Entry]:
    links = guide_map().topics
    rows = Topic.objects.published().in_language().in_reading_order()
    for slug, title, summary, html, searched in rows.values_list(
        "slug", "title", "summary", "body_html", "search_text"
    ):
        if slug in links:
            url = links[slug].get_absolute_url()
            yield _entry(_("Guide"), title, url, summary, text_of(html), searched)


def _pages() -> Iterator[Entry]:
    for symptom in Symptom.objects.published().in_language().defer("shipped"):
        text = f"{symptom.do_now} {symptom.do_not}".strip()
        url = symptom.get_absolute_url()
        yield _entry(_("Symptom"), symptom.name, url, text, "", symptom.search_text)
    for medicine in Medicine.objects.published().in_language().defer("shipped"):
        yield _entry(
            *(_("Medicine"), medicine.name, medicine.get_absolute_url(), medicine.purpose),
            *(text_of(medicine.about_html), medicine.search_text),
            *(*medicine.brands, *medicine.aliases),
        )
    for lab in LabKind.objects.published().in_language().defer("shipped"):
        yield _entry(
            *(_("Blood value"), lab.name, lab.get_absolute_url(), lab.meaning),
            *(text_of(lab.about_html), lab.search_text, *lab.aliases),
        )


def _terms() -> Iterator[Entry]:
    for term in Term.objects.published().in_language().defer("shipped"):
        yield _entry(
            *(_("Glossary"), term.term, term.get_absolute_url(), term.definition, ""),
            *(term.search_text, *term.aliases),
        )


def _told() -> Iterator[Entry]:
    """Phases and kinds of visits, which tell what happens in short texts."""
    for kind, model in ((_("Phase of treatment"), Phase), (_("Kind of visit"), VisitKind)):
        for row in model.objects.published().in_language().defer("shipped"):
            text = text_of(" ".join(row.html.get(name, "") for name in model.TEXTS))
            other = [getattr(row, "also_called", "")]
            searched = search_text(row.name, *other, text)
            yield _entry(kind, row.name, row.get_absolute_url(), "", text, searched, *other)


def _questions() -> Iterator[Entry]:
    links = guide_map().topics
    rows = SuggestedQuestion.objects.published().in_language()
    for text, topic, searched in rows.values_list("text", "topic", "search_text"):
        url = links[topic].get_absolute_url() if topic in links else ""
        yield _entry(_("Question to ask"), text, url, "", "", searched)


KINDS: tuple[Callable[[], Iterator[Entry]], ...] = (_topics, _pages, _terms, _told, _questions)


def _read() -> Index:
    entries = tuple(entry for kind in KINDS for entry in kind())
    words = Counter(
        word
        for entry in entries
        for text in (entry.searched, *entry.names)
        for word in text.split()
        if len(word) >= SHORTEST_MISSPELT and not word.isdigit()
    )
    return Index(entries, words)


search_index = Kept(_read)


# --- Finding --------------------------------------------------------------------------------------
def find(query: str) -> Found:
    """Return what has every word of `query` (or words that begin with it), the best first.

    A word that begins no word of the guide gives way to the one that is spelt most like it.
    """
    asked = normalise(query[:QUERY_LENGTH]).split()[:MAX_WORDS]
    if not asked:
        return Found()
    index = search_index()
    words = [_known(word, index) for word in asked]
    instead = tuple((one, other) for one, other in zip(asked, words, strict=True) if one != other)
    hits = [
        (_rank(entry, words), place, entry)
        for place, entry in enumerate(index.entries)
        if all(f" {word}" in entry.searched or _is_named(entry, word) for word in words)
    ]
    hits.sort(key=lambda hit: hit[:2])
    shown: list[Entry] = []
    for (group, _cover, _at), _place, entry in hits:
        # No kind may fill the page: each symptom mentions fever.
        if group == 0 or sum(str(one.kind) == str(entry.kind) for one in shown) < PER_KIND:
            shown.append(entry)
    return Found(tuple(_result(entry, words) for entry in shown[:MAX_RESULTS]), instead)


def _is_named(entry: Entry, word: str) -> bool:
    return any(f" {word}" in name for name in entry.names)


def _rank(entry: Entry, words: list[str]) -> tuple[int, float, int]:
    """Sort by where the words stand: a name (the more of it they are, the better), lead, text."""
    covers = [
        len(words) / len(name.split())
        for name in entry.names
        if all(f" {word}" in name for word in words)
    ]
    if covers:
        return 0, -max(covers), 0
    lead = f" {normalise(entry.lead)} "
    group = 1 if all(f" {word}" in lead for word in words) else 2
    return group, 0.0, sum(entry.searched.find(f" {word}") for word in words)


def _known(word: str, index: Index) -> str:
    """Return `word` when something begins with it, else the word that is spelt most like it."""
    if any(f" {word}" in entry.searched or _is_named(entry, word) for entry in index.entries):
        return word
    most = 0 if len(word) < SHORTEST_MISSPELT else 1 if len(word) < LONG else 2
    near = process.extract(
        word, list(index.words), scorer=OSA.distance, score_cutoff=most, limit=20
    )
    if not most or not near:
        return word
    return min(near, key=lambda one: (one[1], one[0][0] != word[0], -index.words[one[0]], one[0]))[
        0
    ]


# --- Showing --------------------------------------------------------------------------------------
def _result(entry: Entry, words: list[str]) -> Result:
    text = f"{entry.lead} {entry.text}".strip()
    return Result(
        entry.kind, mark(entry.title, words), entry.url, mark(snippet(text, words), words)
    )


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
