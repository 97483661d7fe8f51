"""Reading and rewriting our own sanitised HTML with the parser of the standard library."""

from html import escape
from html.parser import HTMLParser

VOID = {"br", "hr", "img"}
BLOCKS = {"p", "li", "td", "th", "tr", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br", "dd", "dt"}


class Rewriter(HTMLParser):
    """Walk through HTML and write it again; subclasses change what passes by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []

    def rewrite(self, html: str) -> str:
        self.feed(html)
        self.close()
        return "".join(self.out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.out.append(start_tag(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(start_tag(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False))


class TextOf(HTMLParser):
    """Collect the text alone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.out.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.out.append(" ")

    def handle_data(self, data: str) -> None:
        self.out.append(data)


def start_tag(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    """Return a start tag with its attributes escaped."""
    written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
    return f"<{tag}{written}>"


def text_of(html: str) -> str:
    """Return the text of sanitised HTML with single spaces; plain text stays as it is."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    parser = TextOf()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.out).split())
