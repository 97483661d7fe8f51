"""Markdown becomes safe HTML; glossary words are linked once."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from content.glossary import TermLink, link_terms
from content.html import text_of
from content.markdown import MARKDOWN_LENGTH, internal_links, marks_of, to_html

TERMS = [
    TermLink("mrd", ("MRD", "minimal residual disease"), "/glossary/mrd/"),
    TermLink("marrow", ("bone marrow", "marrow"), "/glossary/marrow/"),
    TermLink("blast", ("blast",), "/glossary/blast/"),
    TermLink("all", ("ALL",), "/glossary/all/"),
]


def resolve(kind: str, slug: str) -> str | None:
    return "/guide/overview/known/" if (kind, slug) == ("topic", "known") else None


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;", "<script"),
        ('<b onclick="x()">a</b>', "&lt;b", "<b"),
        ("[a](javascript:alert(1))", "[a]", "href"),
        ("[a](data:text/html;base64,xx)", "a", "href"),
        ("[a](//evil.example/)", "a", "href"),
        ("[a](ftp://evil.example/)", "a", "href"),
        ("[a](other/page)", "a", "href"),
        ("![a](http://evil.example/x.png)", "<p></p>", "a"),
        ("![a](//evil.example/x.png)", "<p></p>", "a"),
        ("![a](data:image/png;base64,xx)", "<p></p>", "a"),
        ("![a](data:text/html,xx)", "![a]", "<img"),
        ("![a](/static/img/screenshot.png)", "<p></p>", "a"),
        ("![a](../img/screenshot.png)", "<p></p>", "a"),
        ("![a](missing.png)", "<p></p>", "a"),
        ("[a](https://www.nih.gov/x)", 'rel="noopener noreferrer"', "target"),
        ("[a](https://www.nih.gov/x)", '<span class="meta">(nih.gov)</span>', "www.nih.gov)"),
        ("[a](mailto:a@example.org)", 'href="mailto:a@example.org"', "rel="),
        ("[a](/call/)", 'href="/call/"', "rel="),
        ("[a](topic:known)", '<a href="/guide/overview/known/">a</a>', "rel="),
        ("[a **b**](topic:unknown)", "<p>a <strong>b</strong></p>", "href"),
        ("[a](term:known)", "<p>a</p>", "href"),
    ],
)
def test_links_and_tags(text: str, there: str, not_there: str) -> None:
    html = to_html(text, resolve=resolve)
    assert there in html
    assert not_there not in html


def test_headings_begin_at_the_second_level() -> None:
    assert to_html("# A\n\n## B\n\n### C") == "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n"
    assert to_html("# A\n\n## B\n\n###### C", 1) == "<h2>A</h2>\n<h3>B</h3>\n<h6>C</h6>\n"


def test_a_table_scrolls_takes_the_focus_and_has_a_name() -> None:
    html = to_html("## Blood & marrow\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n")
    assert 'tabindex="0"' in html
    assert 'role="region"' in html
    assert 'aria-label="Table: Blood &amp; marrow"' in html
    assert '<th scope="col">a</th>' in html
    assert "style=" not in html


def test_two_tables_below_one_heading_have_two_names() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    html = to_html(f"## Blood\n\n{table}\n{table}")
    assert 'aria-label="Table: Blood"' in html
    assert 'aria-label="Table: Blood (2)"' in html


@pytest.mark.parametrize("text", ["So (to be checked).", "So (To be\nchecked)."])
def test_what_is_to_be_checked_is_marked(text: str) -> None:
    html = to_html(text)
    assert '<span class="to-check">' in html
    assert text_of(html) == "So (to be checked by a clinician)."


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        to_html("x" * (MARKDOWN_LENGTH + 1))


@pytest.fixture
def picture(tmp_path: Path, settings: Settings) -> str:
    """Lay a picture where our own pictures are; return its name."""
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "blood-cells.svg").write_text("<svg/>")
    (tmp_path / "guide" / "Notes.txt").write_text("Not a picture.")
    settings.STATICFILES_DIRS = [tmp_path]
    return "blood-cells.svg"


def test_a_picture_of_our_own_is_shown_with_its_words(picture: str) -> None:
    html = to_html(f'See ![Red & "white" cells]({picture} "title") here.')
    assert (
        '<img src="/static/guide/blood-cells.svg" alt="Red &amp; &quot;white&quot; cells">' in html
    )
    assert link_terms(html, TERMS) == html
    assert text_of(html) == "See here."


@pytest.mark.parametrize("text", ["![](blood-cells.svg)", "![ ](blood-cells.svg)",
                                  "![a](Notes.txt)", "![a](./blood-cells.svg)"])  # fmt: skip
def test_a_picture_without_words_or_of_another_kind_is_not_shown(picture: str, text: str) -> None:
    assert "<img" not in to_html(text)


def test_a_picture_that_was_not_collected_yet_is_not_shown(
    picture: str, settings: Settings
) -> None:
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    assert "<img" not in to_html(f"![a]({picture})")


def test_what_a_text_points_at_is_found() -> None:
    marks = marks_of("[a](topic:one) <https://x.example> ![b](c.png) [d](javascript:alert(1))")
    assert marks.links == ["topic:one", "https://x.example"]
    assert marks.images == [("c.png", "b")]
    assert marks.unread == [" [d](javascript:alert(1))"]


def test_internal_links_are_found() -> None:
    text = "[a](topic:one) [b](https://x.example) [c](symptom:two) `[d](topic:three)`"
    assert internal_links(text) == [("topic", "one"), ("symptom", "two")]


@given(st.text(max_size=300))
def test_no_text_ever_gives_a_script_or_a_style(text: str) -> None:
    html = to_html(text, resolve=resolve)
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search(r"<[^>]*\sstyle=", html)
    assert text_of(link_terms(html, TERMS)) == text_of(html)


def test_the_first_use_of_a_term_is_linked() -> None:
    html = link_terms("<p>MRD in the bone marrow. MRD, marrow &amp; blasts.</p>", TERMS)
    assert html == (
        '<p><a class="term" href="/glossary/mrd/">MRD</a> in the '
        '<a class="term" href="/glossary/marrow/">bone marrow</a>. MRD, marrow &amp; '
        '<a class="term" href="/glossary/blast/">blasts</a>.</p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Blast</h2>",
        "<p><code>blast</code></p>",
        '<p><a href="/x/">the blast</a></p>',
        "<p>blasting, oblast, blast_cell</p>",
        "<p>all of it, mrd</p>",
        '<div aria-label="blast"></div>',
    ],
)
def test_no_term_is_linked(html: str) -> None:
    assert link_terms(html, TERMS) == html


def test_terms_are_whole_words_of_any_case_but_acronyms_keep_theirs() -> None:
    html = link_terms("<p>Blast. All the ALL-cells.</p>", TERMS)
    assert html.count("<a ") == 2
    assert '>Blast</a>. All the <a class="term" href="/glossary/all/">ALL</a>-cells' in html
