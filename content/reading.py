"""How hard a text is to read: the Flesch-Kincaid grade, and the one door to its library."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

import textstat

from content.glossary import TermIndex, TermLink

# The bar: each topic at most `MOST`, all topics together at most `AVERAGE` (US school grades).
MOST = 9.0
AVERAGE = 8.0
# Of the words of a topic at most this share may be set aside as words that the guide explains.
ALLOWED_SHARE = 0.15

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Each of these is read as sentences of its own; the cells of a row are read in one breath.
SENTENCES = {"p", "li", "tr"}
WORD = re.compile(r"\w+(?:['’-]\w+)*")
# A word of one syllable, put where an allowed word stood.
PLAIN = "word"


@dataclass(frozen=True)
class Reading:
    """`raw` is the grade of the text as it stands, `grade` that without the allowed words."""

    raw: float
    grade: float
    words: int
    allowed: int

    @property
    def share(self) -> float:
        """The share of allowed words, from 0 to 1."""
        return self.allowed / self.words if self.words else 0.0

    @property
    def is_plain(self) -> bool:
        return self.grade <= MOST and self.share <= ALLOWED_SHARE


class AllowedWords:
    """Words that are hard but explained: those of the glossary and the names of medicines."""

    def __init__(self, words: Iterable[str]) -> None:
        self._index = TermIndex([TermLink("", tuple(words), "")])

    def set_aside(self, text: str) -> tuple[str, int]:
        """Return `text` with plain words in their place, and how many words that were."""
        pieces, position, count = [], 0, 0
        for start, end, _term in self._index.find(text):
            number = len(WORD.findall(text[start:end]))
            pieces += [text[position:start], " ".join([PLAIN] * number)]
            position, count = end, count + number
        return "".join([*pieces, text[position:]]), count


def measure(html: str, allowed: AllowedWords) -> Reading:
    """Measure rendered HTML; headings do not count, list items and table rows are sentences."""
    text = _sentences(html)
    plain, count = allowed.set_aside(text)
    return Reading(
        raw=_grade(text), grade=_grade(plain), words=len(WORD.findall(text)), allowed=count
    )


def _grade(text: str) -> float:
    return round(textstat.flesch_kincaid_grade(text), 1) if text else 0.0


def _sentences(html: str) -> str:
    parser = _Sentences()
    parser.feed(html)
    parser.close()
    return " ".join(parser.finished())


class _Sentences(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = [""]
        self.heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HEADINGS:
            self.heading = True
        elif tag in SENTENCES:
            self.texts.append("")
        elif tag in ("td", "th") and self.texts[-1].strip():
            self.texts[-1] += ", "

    def handle_endtag(self, tag: str) -> None:
        if tag in HEADINGS:
            self.heading = False
        elif tag in SENTENCES:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self.heading:
            self.texts[-1] += data

    def finished(self) -> list[str]:
        texts = [" ".join(text.split()) for text in self.texts]
        return [text if text[-1] in ".!?" else f"{text.rstrip(':;,')}." for text in texts if text]
