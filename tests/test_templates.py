"""What no template holds: inline script or style, unescaped text, words without translation."""

import re
from pathlib import Path

import pytest

from tests.sources import PAGES, TEMPLATES, is_fragment, name_of, template_name

INLINE = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"hx-on", re.IGNORECASE),
    "a trigger filter": re.compile(r"hx-trigger\s*=\s*[\"'][^\"']*\[", re.IGNORECASE),
    "a js: value": re.compile(r"[\"'](js|javascript):", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\s(src=|type=\"application/json\"))[^>]*>", re.IGNORECASE
    ),
    "the safe filter": re.compile(r"\|\s*(safe|safeseq)\b"),
    "something from elsewhere": re.compile(r"(src|action)\s*=\s*[\"'](https?:)?//"),
}


@pytest.mark.parametrize("path", PAGES, ids=template_name)
def test_a_template_holds_nothing_that_the_content_policy_forbids(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


def test_only_mails_in_plain_text_switch_escaping_off():
    off = [path for path in TEMPLATES if "autoescape off" in path.read_text(encoding="utf-8")]
    assert {path.suffix for path in off} <= {".txt"}


def test_fragments_extend_nothing():
    extending = {
        name_of(path)
        for path in PAGES
        if is_fragment(path) and re.search(r"{%\s*extends", path.read_text(encoding="utf-8"))
    }
    assert extending == set()


def test_pages_inherit_at_two_levels_at_most():
    bases = {"base.html", "base_error.html", "journeys/base_journey.html"}
    for path in PAGES:
        found = re.search(r"{%\s*extends\s+\"([^\"]+)\"", path.read_text(encoding="utf-8"))
        # allauth's own pages have bases of their own.
        own = template_name(path).startswith(("journeys/", "content/"))
        assert not (own and found) or found.group(1) in bases, name_of(path)


TRANSLATED = re.compile(
    r"{%\s*(blocktranslate|blocktrans)\b.*?{%\s*end\1\s*%}|{%.*?%}|{{.*?}}", re.DOTALL
)
# What is not a word of a language: units, keys of the page's own script, invisible marks.
SYMBOLS = re.compile(r"&[a-z]+;|°[CF]?")


UNREAD = (
    re.compile(r"<!doctype[^>]*>", re.IGNORECASE),
    re.compile(r"<script.*?</script>", re.IGNORECASE | re.DOTALL),
    re.compile(r'\bhx-[a-z-]+="[^"]*"'),
    re.compile(r"{%\s*block body_class\s*%}.*?{%\s*endblock"),
)


def without_comments(text: str) -> str:
    text = re.sub(r"{#.*?#}", "", text)
    return re.sub(r"{%\s*comment\b.*?{%\s*endcomment\s*%}", "", text, flags=re.DOTALL)


def untranslated(text: str) -> list[str]:
    """Return text nodes, and attributes that people read, that hold letters of their own."""
    text = without_comments(text)
    for unread in UNREAD:
        text = unread.sub("", text)
    text = TRANSLATED.sub("", text)
    read_attributes = re.findall(
        r"\s(?:aria-label|title|placeholder|alt|content-label)\s*=\s*\"([^\"]*)\"", text
    )
    nodes = re.sub(r"<[^>]*>", "\n", text).splitlines()
    words = [SYMBOLS.sub("", node).strip() for node in [*nodes, *read_attributes]]
    return [word for word in words if re.search(r"[^\W\d_]", word)]


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_every_word_of_a_template_is_translated(path):
    assert untranslated(path.read_text(encoding="utf-8")) == []


def test_the_search_for_untranslated_words_finds_them():
    assert untranslated('<p>Hello</p><a title="There">{% translate "Sir" %}</a>') == [
        "Hello",
        "There",
    ]
    assert (
        untranslated("<p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}: 3</p>") == []
    )


def posts(text: str) -> bool:
    """Whether a template, or one that it includes, has a form that needs the token."""
    inner = (FOLDER / name for name in INCLUDED.findall(text))
    return "{% csrf_token %}" in text or any(posts(one.read_text()) for one in inner)


FOLDER = Path("templates")
INCLUDED = re.compile(r'{% include "([^"]+)"')
ALONE = re.compile(r'{% include "([^"]+)"([^%]*\bonly\b[^%]*)%}')


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_a_form_in_an_included_template_gets_its_token(path):
    # `only` leaves the token outside: the button would answer 403.
    for name, values in ALONE.findall(path.read_text(encoding="utf-8")):
        if posts((FOLDER / name).read_text(encoding="utf-8")):
            assert "csrf_token=csrf_token" in values, name
