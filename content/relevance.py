"""Which topics, questions and symptoms fit where a person is, in which order, and why.

Pure ranking: what is known about a person arrives as a `StageContext`, and rules arrive as rows.
Nothing is ever hidden by it; items without a matching rule keep their place in the guide.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _

# Stands in a rule for "the person has not said".
NOT_KNOWN = "not-known"


@dataclass(frozen=True)
class StageContext:
    """What ranking may know. Sets hold slugs; an empty set means that the person has not said."""

    role: str = "patient"
    classifications: frozenset[str] = frozenset()
    subtypes: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    symptoms: frozenset[str] = frozenset()
    visit_kinds: frozenset[str] = frozenset()

    @cached_property
    def facts(self) -> dict[str, frozenset[str]]:
        """Each dimension with what is true in it; stage dimensions can be "not known"."""
        unknown = frozenset({NOT_KNOWN})
        return {
            "classifications": self.classifications or unknown,
            "subtypes": self.subtypes or unknown,
            "phases": self.phases or unknown,
            "roles": frozenset({self.role}),
            "symptoms": self.symptoms,
            "visit_kinds": self.visit_kinds,
        }


@dataclass(frozen=True)
class Rule:
    weight: int
    wants: Mapping[str, frozenset[str]]

    def matches(self, context: StageContext) -> bool:
        return all(wanted & context.facts[name] for name, wanted in self.wants.items())


@dataclass(frozen=True)
class Item:
    """A topic, a question or a symptom with what a list of it shows."""

    slug: str
    title: str
    order: int
    summary: str = ""
    section: str = ""
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Ranked:
    """`personal` says that a logged symptom brought the item up."""

    item: Item
    weight: int
    reasons: tuple[str, ...]
    personal: bool = False


@dataclass(frozen=True)
class Words:
    """The words that finish "because ...", by dimension and slug.

    `of_another` are the words for a caregiver, to whom "you are in induction" would be untrue.
    """

    because: Mapping[str, Mapping[str, str]]
    of_another: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def reason(self, rule: Rule, context: StageContext) -> tuple[str, ...]:
        """Say why this rule matched: the most personal fact first, one sentence each."""
        spoken = self.of_another if context.role == "caregiver" else self.because
        said = []
        for name in ("symptoms", "visit_kinds", "phases", "classifications", "subtypes"):
            for slug in sorted(rule.wants.get(name, frozenset()) & context.facts[name]):
                if words := spoken.get(name, {}).get(slug):
                    said.append(words)
                    break
        if not said and "roles" in rule.wants and context.role == "caregiver":
            said.append(_("you care for someone"))
        return tuple(said[:2])


def rank(items: Iterable[Item], context: StageContext, words: Words) -> list[Ranked]:
    """Return the items that some rule brings up for this person, the most relevant first.

    An item's weight is that of its strongest matching rule; of equal ones the more specific wins.
    """
    found = []
    for item in items:
        matching = [rule for rule in item.rules if rule.matches(context)]
        if not matching:
            continue
        best = max(matching, key=lambda rule: (rule.weight, len(rule.wants)))
        found.append((-best.weight, -len(best.wants), item.order, item.slug, item, best))
    found.sort(key=lambda row: row[:4])
    return [
        Ranked(item, best.weight, words.reason(best, context), "symptoms" in best.wants)
        for *_sort, item, best in found
    ]


def lead(
    ranked: Callable[[StageContext], list[Ranked]], context: StageContext, personal: int = 2
) -> list[Ranked]:
    """Return a ranked list in which at most `personal` items are there for logged symptoms.

    A bad week with many symptoms must not push out what everybody in this stage needs to read.
    """
    own = [row for row in ranked(context) if row.personal][:personal]
    led = {row.item.slug for row in own}
    rest = ranked(replace(context, symptoms=frozenset()))
    return own + [row for row in rest if row.item.slug not in led]


def by_reason(rows: Iterable[Ranked]) -> list[tuple[tuple[str, ...], list[Ranked]]]:
    """Group a ranked list by its reasons, so that each reason is said once, in order."""
    groups: dict[tuple[str, ...], list[Ranked]] = {}
    for row in rows:
        groups.setdefault(row.reasons, []).append(row)
    return list(groups.items())
