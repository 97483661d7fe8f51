"""How hard a text is to read: the Flesch-Kincaid grade, and the one door to its library."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from content.glossary import TermIndex, TermLink
from content.models import Medicine, Term

# The bar: each topic at most `MOST`, all topics together at most `AVERAGE` (US school grades).
MOST = 9.0
AVERAGE = 8.0
# Of the words of a topic at most this share may be set aside as words that the guide explains.
ALLOWED_SHARE = 0.15
# How many words the body of a topic has.
SHORTEST, LONGEST = 150, 400

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Each of these is read as sentences of its own; the cells of a row are read in one breath.
SENTENCES = {"p", "li", "tr"}
WORD = re.compile(r"\w+(?:['’-]\w+)*")
# A word of one syllable, put where an allowed word stood.
PLAIN = "word"
# The full stop of 38.0 or of an address ends no sentence, but the library takes it for an end.
INNER_STOP = re.compile(r"(?<=\w)\.(?=\w)")


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
    def percent(self) -> str:
        """The share in percent, as pages say it."""
        return f"{self.share * 100:.1f}"

    @property
    def verdict(self) -> str:
        """Say in words how hard the text is, and what to aim for."""
        given = {"grade": self.grade, "aim": AVERAGE, "most": MOST}
        if self.grade > MOST:
            return _("Too hard: grade %(grade)s, aim for %(aim)g, at most %(most)g") % given
        if self.grade > AVERAGE:
            return _("A little hard: grade %(grade)s, aim for %(aim)g") % given
        return _("Easy to read: grade %(grade)s") % given

    @property
    def faults(self) -> list[str]:
        """Return in words what keeps the text from the bar; empty when nothing does."""
        found = [self.verdict] if self.grade > MOST else []
        if self.share > ALLOWED_SHARE:
            words = _("Too many words of the glossary: %(share)s%% of all, at most %(most)g%%")
            found.append(words % {"share": self.percent, "most": ALLOWED_SHARE * 100})
        return found


def length_fault(words: int) -> str:
    """Return in words what is wrong with the length of a topic; "" when nothing is."""
    given = {"words": words, "least": SHORTEST, "most": LONGEST}
    if words < SHORTEST:
        return _("Too short for a topic: %(words)s words, at least %(least)s") % given
    if words > LONGEST:
        return _("Too long for a topic: %(words)s words, at most %(most)s") % given
    return ""


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


def allowed_words() -> AllowedWords:
    """Return what may be set aside: words of the glossary and names of medicines."""
    terms = Term.objects.published().in_language().values_list("term", "aliases")
    words = [word for term, aliases in terms for word in (term, *aliases)]
    names = Medicine.objects.published().in_language().values_list("name", "brands", "aliases")
    words += [word for name, brands, aliases in names for word in (name, *brands, *aliases)]
    return AllowedWords(words)


def measure(html: str, allowed: AllowedWords) -> Reading:
    """Measure rendered HTML; headings do not count, list items and table rows are sentences."""
    text = _sentences(html)
    plain, count = allowed.set_aside(text)
    return Reading(raw=_grade(text), grade=_grade(plain), words=_count(text), allowed=count)


def words_in(html: str) -> int:
    """Return the number of words of rendered HTML, without its headings."""
    return _count(_sentences(html))


def _count(text: str) -> int:
    return len(WORD.findall(text))


def _grade(text: str) -> float:
    """Return the grade of a plain text; below the first grade is 0."""
    # Here and not above: the library and its word list take 80 MB of a process that measures, and
    # the workers that only serve readers never do.
    import textstat

    grade = textstat.flesch_kincaid_grade(INNER_STOP.sub("", text)) if text else 0.0
    return max(0.0, round(grade, 1))


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
