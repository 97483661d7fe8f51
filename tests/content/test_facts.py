"""The map of facts: each stands on its page, with its figures and its medicines."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.db.models import Model
from django.test import Client

from content.html import text_of
from content.models import LabKind, Medicine, Symptom, Term, Topic
from tests.content.test_views import page

pytestmark = pytest.mark.django_db

FILES = sorted((Path(__file__).parents[1] / "data" / "facts").glob("*.yaml"))
FACTS = [fact for file in FILES for fact in yaml.safe_load(file.read_text(encoding="utf-8"))]
PLACES: dict[str, type[Model]] = {
    "topic": Topic,
    "symptom": Symptom,
    "term": Term,
    "medicine": Medicine,
    "lab": LabKind,
}
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# What stands on a page beside the text itself would make any figure "found".
BESIDE = re.compile(
    r'<section[^>]*aria-labelledby="sources".*?</section>|<p class="review-note">.*?</p>', re.S
)
# The parts of the fact file and of its second reading, as the ids of their facts begin.
PARTS = [
    *(f"P1.{number}" for number in range(14)),
    *(f"P2.{number}" for number in range(1, 10)),
    *(f"P5.{number}" for number in range(1, 10)),
    "P7",
    *(f"C{number}" for number in (*range(1, 6), *range(7, 65))),
    *(f"T{number}" for number in range(1, 41)),
    *(f"N{number}" for number in range(39, 69)),
]


@cache
def words_of(place: str) -> str:
    kind, _colon, slug = place.rpartition(":")
    row = PLACES[kind or "topic"].objects.get(slug=slug)
    html = page(Client().get(row.get_absolute_url()))
    main = html[html.index("<main") : html.index("</main>")]
    return text_of(BESIDE.sub("", main))


def missing(says: str, text: str, medicines: set[str]) -> list[str]:
    """Return the figures and the names of medicines in `says` that `text` does not have."""
    figures, low = set(FIGURE.findall(text)), text.casefold()
    named = [name for name in medicines if re.search(rf"\b{re.escape(name)}\b", says.casefold())]
    return [one for one in FIGURE.findall(says) if one not in figures] + [
        name for name in named if name not in low
    ]


def names_of_medicines() -> set[str]:
    rows = Medicine.objects.values_list("name", "brands", "aliases")
    return {word.casefold() for name, brands, aliases in rows for word in (name, *brands, *aliases)}


def test_every_fact_stands_on_its_page() -> None:
    medicines = names_of_medicines()
    words_of.cache_clear()
    faults = [
        f"{fact['id']} on {', '.join(fact['where'])}: {', '.join(lost)}"
        for fact in FACTS
        if "left_out" not in fact
        and (lost := missing(fact["says"], " ".join(map(words_of, fact["where"])), medicines))
    ]
    assert faults == []


def test_a_missing_figure_or_medicine_is_noticed() -> None:
    text = "Dasatinib was given to 15 people for 3.5 years."
    assert missing("Dasatinib: 15 people", text, {"dasatinib"}) == []
    assert missing("Dasatinib: 5 people", text, {"dasatinib"}) == ["5"]
    assert missing("Imatinib: 3.5 years", text, {"imatinib"}) == ["imatinib"]


def test_every_fact_has_one_id_and_a_place_or_a_reason() -> None:
    ids = [fact["id"] for fact in FACTS]
    assert len(ids) == len(set(ids))
    for fact in FACTS:
        assert bool(fact.get("where")) != bool(fact.get("left_out")), fact["id"]


def test_no_part_of_the_fact_file_is_left_out() -> None:
    ids = [fact["id"] for fact in FACTS]
    begin = {re.match(r"[A-Z]\d*(?:\.\d+)?", one)[0] for one in ids}
    assert set(PARTS) - begin == set()


def test_every_topic_carries_a_fact() -> None:
    carrying = {place for fact in FACTS for place in fact.get("where", [])}
    assert set(Topic.objects.published().values_list("slug", flat=True)) - carrying == set()
