"""Link the first use of every glossary word in a rendered text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from content.html import Rewriter

WORD = re.compile(r"\w+")
# Never inside these: a link in a link, a heading that changes colour, a piece of code.
CLOSED = {"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True)
class TermLink:
    """A glossary word as the linker needs it."""

    slug: str
    words: tuple[str, ...]
    href: str


class TermIndex:
    """The words of all terms by their first word, the longest first."""

    def __init__(self, terms: Iterable[TermLink]) -> None:
        self.by_first_word: dict[str, list[tuple[str, TermLink]]] = {}
        for term in terms:
            for word in dict.fromkeys(variant for one in term.words for variant in variants(one)):
                if first := WORD.search(word):
                    self.by_first_word.setdefault(first[0].casefold(), []).append((word, term))
        for candidates in self.by_first_word.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def find(self, text: str) -> Iterator[tuple[int, int, TermLink]]:
        """Yield (start, end, term) for each use of a term in `text`, without overlaps."""
        position = 0
        for match in WORD.finditer(text):
            if match.start() < position:
                continue
            for word, term in self.by_first_word.get(match[0].casefold(), []):
                end = match.start() + len(word)
                if is_same(text[match.start() : end], word) and not is_inside_word(text, end):
                    yield match.start(), end, term
                    position = end
                    break


class _Linker(Rewriter):
    def __init__(self, index: TermIndex) -> None:
        super().__init__()
        self.index = index
        self.done: set[str] = set()

    def handle_data(self, data: str) -> None:
        if CLOSED.intersection(self.open):
            super().handle_data(data)
            return
        position = 0
        for start, end, term in self.index.find(data):
            if term.slug in self.done:
                continue
            self.done.add(term.slug)
            super().handle_data(data[position:start])
            words = escape(data[start:end], quote=False)
            self.out.append(f'<a class="term" href="{escape(term.href)}">{words}</a>')
            position = end
        super().handle_data(data[position:])


def link_terms(html: str, terms: TermIndex | Iterable[TermLink]) -> str:
    """Return sanitised `html` in which the first use of each term is a link to its page.

    Words are whole words; upper and lower case are the same, but not for acronyms ("ALL" is not
    "all"). Links, code and headings are left as they are.
    """
    index = terms if isinstance(terms, TermIndex) else TermIndex(terms)
    return _Linker(index).rewrite(html)


def is_acronym(word: str) -> bool:
    return sum(char.isupper() for char in word) > 1


def variants(word: str) -> list[str]:
    """Return the word and its plain plural."""
    return [word] if word.endswith("s") or not word else [word, f"{word}s"]


def is_same(found: str, word: str) -> bool:
    return found == word if is_acronym(word) else found.casefold() == word.casefold()


def is_inside_word(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalnum() or text[end] == "_")
