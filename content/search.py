"""Search the guide and its catalogues: what is called so first, then what only mentions it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.near_words import near_words
from content.search_index import KINDS, Entry, Kind, search_index
from content.text import normalise, synonyms_of

QUERY_LENGTH = 100
MAX_WORDS = 8
MAX_RESULTS = 30
PER_KIND = 10
SNIPPET_LENGTH = 180
MOST_NAMES = 3
WORD = re.compile(r"\w+")
# Each word of a search with the words that may stand for it.
Wanted = list[tuple[str, ...]]
# How good a hit is: its title or a name is the query; else the worst place of its words (see
# Entry.fields).
IS_TITLE, IS_NAME, TITLE, NAMES = -2, -1, 0, 1


@dataclass(frozen=True)
class Result:
    """One hit. Title, other names and snippet are safe HTML with the found words marked."""

    kind: Promise
    title: SafeString
    url: str
    # Those of its other names that were found, when its title was not.
    names: SafeString
    snippet: SafeString
    # Carries the same mark as in lists of topics.
    changed: bool


@dataclass(frozen=True)
class Found:
    """What a search gives: the results, and which words as typed gave way to which near ones."""

    results: list[Result]
    instead: list[tuple[str, tuple[str, ...]]]


def find(query: str) -> Found:
    """Return what has every word of `query`, or words that begin with it, the best first.

    A word that nothing begins with gives way to the words most like it.
    """
    typed = [
        (word, one) for one in query[:QUERY_LENGTH].split() for word in normalise(one).split()
    ][:MAX_WORDS]
    if not typed:
        return Found([], [])
    index = search_index()
    wanted, instead = [], []
    for word, as_typed in typed:
        if index.has(word):
            wanted.append((word, *synonyms_of(word)))
        elif near := near_words(word, index.name_words, index.text_words):
            wanted.append(near)
            instead.append((as_typed, near))
        else:
            return Found([], [])
    words = [word for alternatives in wanted for word in alternatives]
    return Found([_result(entry, words) for entry in _best(index.entries, wanted)], instead)


def _best(entries: Iterable[Entry], wanted: Wanted) -> list[Entry]:
    """Return the entries in which one alternative of each word stands, the best first."""
    hits = [(rank, entry) for entry in entries if (rank := _rank(entry, wanted))]
    hits.sort(key=itemgetter(0))
    mentions: Counter[Kind] = Counter()
    best = []
    for (level, *_rest), entry in hits:
        # What only mentions the words may not fill the page: each symptom mentions fever.
        mentions[entry.kind] += level > NAMES
        if level <= NAMES or mentions[entry.kind] <= PER_KIND:
            best.append(entry)
    return best[:MAX_RESULTS]


def _rank(entry: Entry, wanted: Wanted) -> tuple[int, ...] | None:
    """Return how good a hit is, the smallest the best, or None when a word is missing."""
    places = [_place(entry, alternatives) for alternatives in wanted]
    if None in places:
        return None
    levels, beginnings, positions = zip(*places, strict=True)
    level = max(levels)
    whole = " ".join(alternatives[0] for alternatives in wanted)
    if whole in entry.called:
        level = IS_TITLE if whole == entry.fields[TITLE].strip() else IS_NAME
    return (
        level,
        sum(beginnings),
        KINDS.index(entry.kind),
        sum(levels),
        len(entry.title.split()) if level == TITLE else 0,
        sum(positions),
    )


def _place(entry: Entry, alternatives: tuple[str, ...]) -> tuple[int, bool, int] | None:
    """Return the best field with one of the words, whether it only begins so, and how far on."""
    for level, field in enumerate(entry.fields):
        for word in alternatives:
            if (position := field.find(f" {word}")) >= 0:
                is_whole = f" {word} " in field or f" {word}s " in field
                return level, not is_whole, position
    return None


def _result(entry: Entry, words: list[str]) -> Result:
    names = [name for name in entry.names if any(_hits(name, words))][:MOST_NAMES]
    shown_by_title = any(_hits(entry.title, words))
    text = entry.summary if shown_by_title and entry.summary else entry.text
    return Result(
        kind=entry.kind.label,
        title=mark(entry.title, words),
        url=entry.url,
        names=mark("" if shown_by_title else ", ".join(names), words),
        snippet=mark(snippet(text, words), words),
        changed=entry.changed,
    )


_normalise_word = lru_cache(maxsize=20_000)(normalise)


def _hits(text: str, words: Iterable[str]) -> Iterator[re.Match[str]]:
    """Return where in a text for people the words of a search stand."""
    for match in WORD.finditer(text):
        plain = _normalise_word(match[0])
        if any(plain.startswith(wanted) for wanted in words):
            yield match


def snippet(text: str, words: list[str]) -> str:
    """Return a piece of `text` around the first found word, cut between words."""
    if len(text) <= SNIPPET_LENGTH:
        return text
    first = next((match.start() for match in _hits(text, words)), 0)
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
    for match in _hits(text, words):
        before = text[position : match.start()]
        pieces.append((format_html("{}<mark>{}</mark>", before, match[0]),))
        position = match.end()
    pieces.append((format_html("{}", text[position:]),))
    return format_html_join("", "{}", pieces)
