"""What must hold for one text: its links and pictures lead somewhere, and no figure of survival."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from content.html import text_of
from content.markdown import INTERNAL, marks_of, to_html
from content.models import Phase, Section, Source
from content.pictures import address_of
from content.rendering import PAGES, Renderer

SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]?")
SURVIVAL = re.compile(r"\b(surviv\w*|event[- ]free|still alive|(were|are) alive|mortality)\b", re.I)
DEATH = re.compile(r"\b(die|dies|died|deaths?)\b", re.I)
SHARE = re.compile(r"\d\s*(%|percent|per cent|(in|out of) (10|100|1,?000)\b)", re.I)
COUNT = re.compile(r"\d[\d,]{2,}|\d\s*%|\d (in|out of|percent|per cent) ?\d*", re.I)
# Pages that are there only while their row is published.
PAGES_OF_ROWS = {f"content:{name}" for name in ("section", "topic", "term", *PAGES)}


@dataclass(frozen=True)
class Targets:
    """All that a row may name or link to, read once for any number of rows."""

    paths: Mapping[tuple[str, str], str]
    topics: frozenset[str]
    phases: frozenset[str]
    sources: frozenset[str]

    @classmethod
    def load(cls) -> Self:
        """Read what is published, and the sources."""
        paths = dict(Renderer.load().paths)
        for section in Section.objects.published().in_language():
            paths["section", section.slug] = section.get_absolute_url()
        return cls(
            paths=paths,
            topics=frozenset(slug for kind, slug in paths if kind == "topic"),
            phases=frozenset(Phase.objects.published().values_list("slug", flat=True)),
            sources=frozenset(Source.objects.values_list("key", flat=True)),
        )

    def leads_somewhere(self, href: str) -> bool:
        """Whether the address of a link opens a page: of the guide, of this site, or elsewhere."""
        if internal := INTERNAL.match(href):
            return internal.groups() in self.paths
        parts = urlsplit(href)
        if parts.scheme in ("http", "https"):
            return bool(parts.hostname)
        if parts.scheme or parts.netloc:
            return parts.scheme == "mailto"
        return self._opens(parts.path)

    def _opens(self, path: str) -> bool:
        try:
            page = resolve(path).view_name
        except Resolver404:
            return False
        return page not in PAGES_OF_ROWS or path in self.paths.values()


def text_faults(text: str, targets: Targets, is_numbers: bool) -> Iterator[str]:
    """Yield in words what is wrong with a text; `is_numbers`: figures of survival belong there."""
    marks = marks_of(text)
    for href in marks.links:
        if not targets.leads_somewhere(href):
            yield _("link to %(href)s leads nowhere: no such page is published") % {"href": href}
    for name, words in marks.images:
        if address_of(name) is None:
            yield _("there is no picture %(name)s among our own files") % {"name": name}
        elif not words:
            yield _("picture %(name)s needs words for people who cannot see it") % {"name": name}
    for piece in marks.unread:
        yield _("this link or picture cannot be read: %(piece)s") % {"piece": piece}
    if not is_numbers:
        for sentence in survival_figures(text_of(to_html(text))):
            yield _("a survival figure outside its numbers: “%(it)s”") % {"it": sentence}


def survival_figures(text: str) -> list[str]:
    """Return the sentences of a plain text that seem to give a survival or death figure."""
    return [
        sentence.strip()
        for sentence in SENTENCE.findall(text)
        if (SURVIVAL.search(sentence) and SHARE.search(sentence))
        or (DEATH.search(sentence) and COUNT.search(sentence))
    ]
