"""Markdown in, safe HTML out: the only door to the Markdown parser and the sanitiser."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

import nh3
from django.utils import translation
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.pictures import address_of

MARKDOWN_LENGTH = 20_000

TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "code", "pre"),
    *("blockquote", "hr", "br", "a", "span", "div"),
    *("table", "thead", "tbody", "tr", "th", "td", "img"),
}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"tabindex", "role", "aria-label"},
    "img": {"src", "alt"},
}
CLASSES = {"div": {"table-scroll"}, "span": {"to-check", "visually-hidden", "meta"}}
URL_SCHEMES = {"http", "https", "mailto"}
INTERNAL = re.compile(r"(topic|term|symptom|lab|medicine|phase|visit):([a-z0-9-]+)\Z")
# Anywhere a line of the source may break, the mark may break, too.
TO_CHECK = re.compile(r"\(to\s+be\s+checked\)", re.IGNORECASE)

# Takes a kind of link and a slug; gives a path, or None when there is no such page.
Resolver = Callable[[str, str], str | None]

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def to_html(text: str, heading_shift: int = 0, resolve: Resolver = lambda kind, slug: None) -> str:
    """Return `text` as safe HTML; headings begin at the second level.

    Links such as `topic:what-is-all` go through `resolve`; what it does not know stays as plain
    text. Pictures are shown when they are our own and have words for people who cannot see them.
    Raises ValueError when the text is longer than 20 KB.
    """
    if len(text) > MARKDOWN_LENGTH:
        raise ValueError("Markdown text is too long.")
    tokens = _parser.parse(TO_CHECK.sub("(to be checked)", text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(2, int(token.tag[1]) + heading_shift))}"
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "inline":
            token.children = list(_inline(token.children or [], resolve))
    html = _parser.renderer.render(list(_with_table_regions(tokens)), _parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )


@dataclass(frozen=True)
class Marks:
    """What a text points at: addresses of links, (name, words) of pictures.

    `unread` are the pieces that look like a mark but are none, so readers would see the brackets.
    """

    links: list[str]
    images: list[tuple[str, str]]
    unread: list[str]


def marks_of(text: str) -> Marks:
    """Return what `text` points at, whether that exists or not."""
    marks = Marks([], [], [])
    for child in (child for token in _parser.parse(text) for child in token.children or []):
        if child.type == "link_open":
            marks.links.append(str(child.attrGet("href")))
        elif child.type == "image":
            marks.images.append((str(child.attrGet("src")), child.content.strip()))
        elif child.type == "text" and "](" in child.content:
            marks.unread.append(child.content)
    return marks


def internal_links(text: str) -> list[tuple[str, str]]:
    """Return the (kind, slug) of every link in `text` that points into the guide."""
    return [match.groups() for href in marks_of(text).links if (match := INTERNAL.match(href))]


def _raw(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)


def _with_table_regions(tokens: list[Token]) -> Iterator[Token]:
    """Put every table into a region that scrolls and takes the focus, named by its heading."""
    heading, tables = "", 0
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and before.type == "heading_open":
            heading, tables = "".join(child.content for child in token.children or []), 0
        if token.type == "table_open":
            tables += 1
            label = _("Table: %(heading)s") % {"heading": heading} if heading else _("Table")
            if tables > 1:  # two regions of a page must not bear the same name
                label += f" ({tables})"
            yield _raw(
                '<div class="table-scroll" tabindex="0" role="region" '
                f'aria-label="{escape(label)}">\n'
            )
        yield token
        if token.type == "table_close":
            yield _raw("</div>\n")


def _inline(tokens: list[Token], resolve: Resolver) -> Iterator[Token]:
    """Settle the links and pictures, and mark what is still to be checked."""
    closings: list[list[Token]] = []
    for token in tokens:
        if token.type == "link_open":
            opening, closing = _link(token, resolve)
            closings.append(closing)
            yield from opening
        elif token.type == "link_close":
            for end in closings.pop():
                yield token if end.type == "link_close" else end
        elif token.type == "image":
            yield from _image(token)
        elif token.type == "text":
            yield from _marked(token.content)
        else:
            yield token


def _link(token: Token, resolve: Resolver) -> tuple[list[Token], list[Token]]:
    """Return what stands before and after the words of a link; nothing when it leads nowhere."""
    href = str(token.attrGet("href") or "")
    close = Token("link_close", "a", -1)
    token.attrs = {"href": href}
    if internal := INTERNAL.match(href):
        path = resolve(*internal.groups())
        if path is None:
            return [], []
        token.attrSet("href", path)
    elif (parts := urlsplit(href)).scheme in ("http", "https") and parts.hostname:
        token.attrSet("rel", "noopener noreferrer")
        host = escape(parts.hostname.removeprefix("www."))
        return [token], [close, _raw(f' <span class="meta">({host})</span>')]
    elif parts.scheme != "mailto" and (not href.startswith("/") or href.startswith("//")):
        return [], []
    return [token], [close]


def _image(token: Token) -> Iterator[Token]:
    """Yield a picture of our own that has words beside it; nothing else is shown."""
    address = address_of(str(token.attrGet("src")))
    if address and token.content.strip():
        token.attrs = {"src": address, "alt": ""}  # the renderer fills in the words
        yield token


def to_check_mark() -> str:
    """Return the mark for what is to be checked; read aloud it says by whom."""
    return (
        '<span class="to-check"><span class="visually-hidden">(</span>'
        f"{escape(_('to be checked'))}"
        f'<span class="visually-hidden"> {escape(_("by a clinician"))})</span></span>'
    )


def _marked(text: str) -> Iterator[Token]:
    for number, part in enumerate(TO_CHECK.split(text)):
        if number:
            # The text is kept, for readers of any language, and is in English.
            with translation.override("en"):
                yield _raw(to_check_mark())
        if part:
            yield Token("text", "", 0, content=part)
