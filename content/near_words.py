"""Words that look like a mistyped one: the only door to the library that measures it."""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
MOST = 3


def near_words(word: str, names: Collection[str], others: Collection[str]) -> tuple[str, ...]:
    """Return the known words that `word` most likely stands for, at most three, or none.

    `names` are words of titles and of names of medicines and the like; they may differ more than
    `others`, words from the middle of a text, so that "beer" does not become "been".
    """
    if len(word) < SHORTEST or word.isdigit():
        return ()
    allowed = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    found = _within(word, names, allowed) | _within(word, others, allowed - 1)
    # People seldom mistake the first letter.
    near = sorted((distance, known[0] != word[0], known) for known, distance in found.items())
    return tuple(known for *closeness, known in near if closeness == list(near[0][:2]))[:MOST]


def _within(word: str, known: Collection[str], distance: int) -> dict[str, int]:
    """Return the words at most `distance` letters away; two swapped letters are one mistake."""
    if not distance:
        return {}
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=distance, limit=None)
    return {near: away for near, away, _place in found}
