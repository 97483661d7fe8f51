"""Plain words for the search: one spelling, no accents, no marks."""

import re
import unicodedata

from content.html import text_of

# Each British spelling gives way to the American one, in the texts and in the queries alike.
SPELLINGS = [
    ("leukaemi", "leukemi"),
    ("haem", "hem"),
    ("anaem", "anem"),
    ("aemia", "emia"),
    ("tumour", "tumor"),
    ("diarrhoe", "diarrhe"),
    ("oedema", "edema"),
    ("oesophag", "esophag"),
    ("oestrogen", "estrogen"),
    ("neutropaen", "neutropen"),
    ("paediatric", "pediatric"),
    ("gynaecolog", "gynecolog"),
    ("orthopaedic", "orthopedic"),
    ("anaesthe", "anesthe"),
    ("faec", "fec"),
    ("caesarean", "cesarean"),
    ("foetus", "fetus"),
    ("fibre", "fiber"),
    ("centre", "center"),
    ("litre", "liter"),
    ("colour", "color"),
    ("odour", "odor"),
    ("behaviour", "behavior"),
    ("counsell", "counsel"),
    ("travell", "travel"),
    ("programme", "program"),
    ("sulph", "sulf"),
    ("isation", "ization"),
    ("grey", "gray"),
    ("ageing", "aging"),
]
# Different words for one thing: a text that has one is found by the other.
SYNONYMS = [
    ("paracetamol", "acetaminophen"),
    ("adrenaline", "epinephrine"),
    ("physiotherapy", "physical therapy"),
    ("chemist", "pharmacy"),
    ("nausea", "feeling sick"),
    ("vomiting", "throwing up"),
    ("fatigue", "tiredness"),
    ("alopecia", "hair loss"),
    ("mucositis", "mouth sores"),
    ("thrombosis", "blood clot"),
    ("spinal tap", "lumbar puncture"),
    ("bone marrow transplant", "stem cell transplant"),
]
NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """Return the words of `text` in lower case, in one spelling, with single spaces between."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("æ", "ae").replace("œ", "oe"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    for british, american in SPELLINGS:
        plain = plain.replace(british, american)
    return NOT_A_WORD.sub(" ", plain).strip()


def synonyms_of(word: str) -> tuple[str, ...]:
    """Return the other words for a normalised word."""
    return tuple(there for pair in SYNONYMS for here, there in (pair, pair[::-1]) if here == word)


def search_text(title: str, *others: str) -> str:
    """Return what is searched of a row: its title first, so that the place of a hit ranks it.

    Each word has a space before it, so that " hem" finds a word that begins with "hem".
    """
    words = " ".join(normalise(text_of(part)) for part in (title, *others) if part)
    padded = f" {words} "
    for pair in SYNONYMS:
        for here, there in (pair, pair[::-1]):
            if f" {here} " in padded and f" {there} " not in padded:
                padded += f"{there} "
    return padded
