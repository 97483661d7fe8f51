"""The guide's sentences in the reader's language, as far as they are there.

A page in English asks for nothing. In another language the sentences are read once a request.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from content.kept import Kept
from content.models import Translation

SOURCE_LANGUAGE = "en"


@dataclass(frozen=True)
class Sentence:
    text: str
    is_reviewed: bool


class Said(str):
    """A sentence as it is said to the reader. `beside`: its English, where that belongs beside it.

    `language` is that of the sentence, for the attribute of its element; "" for the page's own.
    """

    beside = ""
    language = ""


def _read() -> dict[str, dict[str, Sentence]]:
    found: dict[str, dict[str, Sentence]] = {}
    for row in Translation.objects.only("language", "source", "text", "reviewer", "reviewed_on"):
        found.setdefault(row.language, {})[row.source] = Sentence(row.text, row.is_reviewed)
    return found


# By language, then by the English.
translations = Kept(_read)
# The language of the request and its sentences, so that each of them costs no query.
_spoken: ContextVar[tuple[str, Mapping[str, Sentence]]] = ContextVar(
    "spoken", default=(SOURCE_LANGUAGE, {})
)


@contextmanager
def speaking() -> Iterator[None]:
    """Read the sentences of the language that is active now, once, until the block ends."""
    language = _language()
    rows = {} if language == SOURCE_LANGUAGE else translations().get(language, {})
    token = _spoken.set((language, rows))
    try:
        yield
    finally:
        _spoken.reset(token)


def said(english: str) -> Said:
    """Return the sentence in the language that is active, or as it is; what is said is said."""
    if isinstance(english, Said):
        return english
    language = _language()
    if language == SOURCE_LANGUAGE:
        return Said(english)
    read, rows = _spoken.get()
    sentence = (rows if read == language else translations().get(language, {})).get(english)
    if sentence is None:
        as_it_is = Said(english)
        as_it_is.language = SOURCE_LANGUAGE
        return as_it_is
    translated = Said(sentence.text)
    translated.beside = "" if sentence.is_reviewed else english
    return translated


def is_another() -> bool:
    """Whether the language that is active is another than that of the guide's long texts."""
    return _language() != SOURCE_LANGUAGE


def _language() -> str:
    return (translation.get_language() or SOURCE_LANGUAGE).partition("-")[0]


class TranslationMiddleware:
    """After the language of the request is known: the guide's sentences come in it, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with speaking():
            return self.get_response(request)
