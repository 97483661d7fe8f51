"""The reading grade: what counts as a sentence, what is set aside, what is too hard."""

import subprocess
import sys

import pytest

from content.models import Status
from content.reading import (
    ALLOWED_SHARE,
    AVERAGE,
    MOST,
    AllowedWords,
    Reading,
    allowed_words,
    length_fault,
    measure,
    words_in,
)
from tests.content.builders import make_term

NONE = AllowedWords([])
PLAIN = "<p>You can call us at any time. We are here to help you.</p>"
HARD = (
    "<p>Immunotherapeutic interventions necessitate comprehensive multidisciplinary evaluation "
    "of potential complications, including neurological deterioration.</p>"
)


def grade(html: str, *words: str) -> float:
    return measure(html, AllowedWords(words)).grade


def test_a_plain_text_is_easy_and_a_learned_one_is_not() -> None:
    assert 0 <= measure(PLAIN, NONE).grade < 3
    assert measure(HARD, NONE).grade > 15


def test_longer_sentences_are_harder() -> None:
    short = "<p>Drink a cup of water each hour. Rest when you are tired.</p>"
    assert grade(short.replace("hour. Rest", "hour and rest")) > grade(short)


def test_headings_do_not_count() -> None:
    assert measure(f"<h2>Immunotherapeutic interventions</h2>{PLAIN}", NONE) == measure(PLAIN, NONE)


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>You can call us at any time</li><li>We are here to help you</li></ul>",
        "<ul><li>You can call us at any time:<ul><li>We are here to help you</li></ul></li></ul>",
        "<p>You can call us at any time:</p><p>We are here to help you</p>",
        "<table><tr><td>You can call</td><td>us at any time</td></tr>"
        "<tr><td>We are here</td><td>to help you</td></tr></table>",
        "<p>You can call <strong>us</strong> at\nany time. We are <em>here</em> to help you.</p>",
    ],
)
def test_items_rows_and_paragraphs_are_sentences(html: str) -> None:
    assert measure(html, NONE) == measure(PLAIN, NONE)


def test_a_stop_inside_a_number_or_an_address_ends_no_sentence() -> None:
    text = "<p>Call us when you are warm and it is {} or more in your mouth today.</p>"
    assert grade(text.format("38.0")) == grade(text.format("38"))


def test_allowed_words_are_set_aside_and_counted() -> None:
    html = "<p>The lumbar puncture takes an hour. Lumbar punctures are safe for you.</p>"
    reading = measure(html, AllowedWords(["lumbar puncture"]))
    assert reading.words == 12
    assert reading.allowed == 4
    assert reading.share == 4 / 12
    assert reading.percent == "33.3"
    assert reading.grade < reading.raw == measure(html, NONE).grade


def test_an_acronym_is_not_the_word_that_is_written_like_it() -> None:
    assert measure("<p>All of it is all right.</p>", AllowedWords(["ALL"])).allowed == 0
    assert measure("<p>You have ALL now.</p>", AllowedWords(["ALL"])).allowed == 1


@pytest.mark.parametrize("html", ["", "<p></p>", "<h2>A heading</h2>"])
def test_an_empty_text_is_of_no_grade(html: str) -> None:
    reading = measure(html, NONE)
    assert (reading.raw, reading.grade, reading.words, reading.share) == (0, 0, 0, 0)
    assert reading.faults == []


def test_words_are_counted_without_headings() -> None:
    assert words_in("<h2>One two</h2><p>It's a well-known fact: 1,600 of them.</p>") == 8


@pytest.mark.parametrize(
    ("grade", "verdict"),
    [
        (4.2, "Easy to read: grade 4.2"),
        (AVERAGE, "Easy to read: grade 8.0"),
        (8.4, "A little hard: grade 8.4, aim for 8"),
        (MOST, "A little hard: grade 9.0, aim for 8"),
        (9.8, "Too hard: grade 9.8, aim for 8, at most 9"),
    ],
)
def test_the_verdict_says_it_in_words(grade: float, verdict: str) -> None:
    reading = Reading(raw=12, grade=grade, words=100, allowed=15)
    assert reading.verdict == verdict
    assert reading.faults == ([verdict] if grade > MOST else [])


def test_a_text_may_not_lean_on_the_glossary() -> None:
    assert Reading(raw=4, grade=3, words=100, allowed=int(ALLOWED_SHARE * 100)).faults == []
    assert Reading(raw=4, grade=3, words=1000, allowed=151).faults == [
        "Too many words of the glossary: 15.1% of all, at most 15%"
    ]


def test_a_topic_has_150_to_400_words() -> None:
    assert length_fault(150) == length_fault(400) == ""
    assert length_fault(149) == "Too short for a topic: 149 words, at least 150"
    assert length_fault(401) == "Too long for a topic: 401 words, at most 400"


@pytest.mark.usefixtures("no_content")
def test_the_allowed_words_are_those_that_readers_can_look_up() -> None:
    make_term("leukemia", aliases=["leukaemia"])
    make_term("platelet", status=Status.DRAFT)
    reading = measure("<p>Leukemias, leukaemia and platelets.</p>", allowed_words())
    assert reading.allowed == 2


def test_whoever_does_not_measure_does_not_load_the_library() -> None:
    code = (
        "import sys, django; django.setup(); import content.admin.readings, content.checks;"
        "sys.exit('textstat' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
