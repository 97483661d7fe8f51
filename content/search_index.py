"""All that the search looks through, in plain words, kept in memory until the content changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.guide_map import GuideMap, guide_map
from content.html import text_of
from content.kept import Kept
from content.models import (
    ContentItem,
    LabKind,
    Medicine,
    Phase,
    SuggestedQuestion,
    Symptom,
    Term,
    Topic,
    VisitKind,
)
from content.near_words import SHORTEST
from content.text import normalise, search_text
from content.translations import said


def _page_of(topic: str, guide: GuideMap) -> str:
    return guide.topics[topic].get_absolute_url() if topic in guide.topics else ""


def _html_of(row: Phase | VisitKind) -> str:
    return " ".join(row.html.get(name, "") for name in row.TEXTS)


def _words_of(row: Phase | VisitKind) -> str:
    return search_text(row.name, getattr(row, "also_called", ""), _html_of(row))


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of thing that can be found. Its title is its `str()`; the functions take a row."""

    label: Promise
    model: type[ContentItem]
    # Columns with other words for it, each a text or a list of texts.
    names: tuple[str, ...] = ()
    # The plain text that is shown with it, and the HTML of which a piece is shown.
    summary: Callable[[Any], str] = lambda row: ""
    body: Callable[[Any], str] = lambda row: ""
    # All its words, as `content.text.search_text` makes them.
    words: Callable[[Any], str] = attrgetter("search_text")
    # Where a hit leads, or "" when it has no page.
    url: Callable[[Any, GuideMap], str] = lambda row, guide: row.get_absolute_url()
    order: tuple[str, ...] = ("order", "slug")
    # Whether its title tells what it is about; a whole sentence only mentions things.
    has_title: bool = True


# Everything that can be found; of hits as good as each other the first kind stands first.
KINDS = (
    Kind(
        _("Guide"),
        Topic,
        summary=attrgetter("summary"),
        body=attrgetter("body_html"),
        url=lambda row, guide: _page_of(row.slug, guide),
        order=("section__order", "order", "slug"),
    ),
    Kind(_("Glossary"), Term, names=("aliases",), summary=attrgetter("definition")),
    Kind(
        _("Medicine"),
        Medicine,
        names=("brands", "aliases"),
        summary=attrgetter("purpose"),
        body=attrgetter("about_html"),
    ),
    Kind(
        _("Blood value"),
        LabKind,
        names=("aliases",),
        summary=attrgetter("meaning"),
        body=attrgetter("about_html"),
    ),
    Kind(_("Phase of treatment"), Phase, names=("also_called",), body=_html_of, words=_words_of),
    Kind(_("Kind of visit"), VisitKind, body=_html_of, words=_words_of),
    Kind(
        _("Symptom"),
        Symptom,
        summary=lambda row: f"{said(row.do_now)} {said(row.do_not)}".strip(),
    ),
    Kind(
        _("Question to ask"),
        SuggestedQuestion,
        url=lambda row, guide: _page_of(row.topic, guide),
        has_title=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: what is shown of it, and its words in one spelling."""

    kind: Kind
    title: str
    names: tuple[str, ...]
    summary: str
    text: str
    url: str
    # Whether it differs from the guide of 2013/14.
    changed: bool
    # What it is called, each title and name as a whole.
    called: frozenset[str]
    # Its words by where they stand: title, other names, summary, anywhere; spaces around each.
    fields: tuple[str, str, str, str]


@dataclass(frozen=True)
class SearchIndex:
    """All entries, and the longer words of their titles and names, and of all their texts."""

    entries: tuple[Entry, ...]
    name_words: tuple[str, ...]
    text_words: tuple[str, ...]

    def has(self, word: str) -> bool:
        """Whether any word anywhere begins with `word`."""
        beginning = f" {word}"
        return any(beginning in entry.fields[-1] for entry in self.entries)


def _read() -> SearchIndex:
    entries = tuple(_entries())
    return SearchIndex(
        entries=entries,
        name_words=_words(field for entry in entries for field in entry.fields[:2]),
        text_words=_words(entry.fields[-1] for entry in entries),
    )


search_index = Kept(_read)


def _entries() -> Iterator[Entry]:
    guide = guide_map()
    explained = _words_that_topics_explain()
    for kind in KINDS:
        for row in kind.model.objects.published().in_language().order_by(*kind.order):
            names = tuple(name for column in kind.names for name in _listed(getattr(row, column)))
            # A topic also goes by the glossary words that it explains.
            found_by = [*names, *(explained[row.slug] if kind.model is Topic else ())]
            # In another language it is still found by its English.
            english, title, summary = str(row), said(str(row)), said(kind.summary(row))
            found_by += [english] if title != english else []
            translated = normalise(f"{title} {summary}") if title != english else ""
            plain_title = normalise(title) if kind.has_title else ""
            plain_names = [normalise(name) for name in found_by]
            yield Entry(
                kind=kind,
                title=title,
                names=names,
                summary=summary,
                text=f"{summary} {text_of(kind.body(row))}".strip(),
                url=kind.url(row, guide),
                changed=bool(getattr(row, "changed_since_2013", "")),
                called=frozenset([plain_title, *plain_names]),
                fields=(
                    f" {plain_title} ",
                    f" {' '.join(plain_names)} ",
                    f" {normalise(summary)} ",
                    f" {kind.words(row)} {' '.join(plain_names)} {translated} ",
                ),
            )


def _words_that_topics_explain() -> defaultdict[str, list[str]]:
    words: defaultdict[str, list[str]] = defaultdict(list)
    terms = Term.objects.published().in_language().exclude(topic="")
    for topic, term, aliases in terms.values_list("topic", "term", "aliases"):
        words[topic] += [term, *aliases]
    return words


def _listed(value: str | list[str]) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return value


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    words = {word for text in texts for word in text.split() if len(word) >= SHORTEST}
    return tuple(sorted(words))
