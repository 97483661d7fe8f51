"""The table of contents of the guide, kept in memory until the content changes.

With it a page of the guide needs two queries: has anything changed, and the text itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from content.kept import Kept
from content.models import (
    RelevanceRule,
    Section,
    Source,
    SuggestedQuestion,
    Symptom,
    Topic,
)

# The topic that tells what changed as one story.
STORY = "what-changed-since-2013"


@dataclass(frozen=True)
class TopicLink:
    """A topic as lists show it."""

    slug: str
    title: str
    summary: str
    section: str
    changed_since_2013: str
    reviewer: str
    reviewed_on: date | None
    facts_checked_on: date | None
    source_keys: tuple[str, ...]

    def get_absolute_url(self) -> str:
        return reverse("content:topic", args=[self.section, self.slug])


@dataclass(frozen=True)
class SectionLink:
    """A section as lists show it, with its topics in reading order."""

    slug: str
    number: int
    title: str
    summary: str
    source_label: str
    topics: tuple[TopicLink, ...]

    def get_absolute_url(self) -> str:
        return reverse("content:section", args=[self.slug])


@dataclass(frozen=True)
class GuideMap:
    """What every page of the guide says about the rest of the guide."""

    sections: tuple[SectionLink, ...]
    topics: Mapping[str, TopicLink]
    sources: Mapping[str, Source]
    # By the slug of a topic.
    questions: Mapping[str, tuple[str, ...]]
    symptoms: Mapping[str, tuple[tuple[str, str], ...]]
    topics_of_symptom: Mapping[str, tuple[TopicLink, ...]]
    # By the key of a source.
    topics_of_source: Mapping[str, tuple[TopicLink, ...]]

    @property
    def story(self) -> TopicLink | None:
        """The topic that tells what changed since 2013, or None."""
        return self.topics.get(STORY)

    def changes(self) -> list[tuple[SectionLink, list[tuple[TopicLink, list[Source]]]]]:
        """Return what changed since 2013: (section, its topics with their sources)."""
        found = [
            (
                section,
                [
                    (topic, self.sources_of(topic.source_keys))
                    for topic in section.topics
                    if topic.changed_since_2013
                ],
            )
            for section in self.sections
        ]
        return [(section, entries) for section, entries in found if entries]

    def section(self, slug: str) -> SectionLink | None:
        return next((one for one in self.sections if one.slug == slug), None)

    def neighbours(self, slug: str) -> tuple[TopicLink | None, TopicLink | None]:
        """Return the topics before and after this one in reading order."""
        order = list(self.topics.values())
        place = list(self.topics).index(slug)
        before = order[place - 1] if place else None
        after = order[place + 1] if place + 1 < len(order) else None
        return before, after

    def sources_of(self, keys: Iterable[str]) -> list[Source]:
        return [self.sources[key] for key in keys if key in self.sources]


def _read() -> GuideMap:
    sections = _sections()
    questions: dict[str, list[str]] = defaultdict(list)
    for topic, text in (
        SuggestedQuestion.objects.published().in_language().values_list("topic", "text")
    ):
        questions[topic].append(text)
    topics = {topic.slug: topic for section in sections for topic in section.topics}
    symptom_names, explained = _symptoms()
    symptoms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for symptom, slugs in explained.items():
        for slug in slugs:
            symptoms[slug].append((symptom, symptom_names[symptom]))
    return GuideMap(
        sections=sections,
        topics=topics,
        sources={source.key: source for source in Source.objects.defer("shipped")},
        questions={slug: tuple(texts) for slug, texts in questions.items()},
        symptoms={slug: tuple(found) for slug, found in symptoms.items()},
        topics_of_symptom={
            symptom: tuple(topics[slug] for slug in slugs if slug in topics)
            for symptom, slugs in explained.items()
        },
        topics_of_source=_by_source(topics.values()),
    )


def _sections() -> tuple[SectionLink, ...]:
    by_section: dict[str, list[TopicLink]] = defaultdict(list)
    topics = Topic.objects.published().in_language().in_reading_order()
    columns = (
        *("slug", "title", "summary", "section__slug", "changed_since_2013"),
        *("reviewer", "reviewed_on", "facts_checked_on", "sources"),
    )
    for *row, sources in topics.values_list(*columns):
        topic = TopicLink(*row, source_keys=tuple(sources))
        by_section[topic.section].append(topic)
    sections = Section.objects.published().in_language().order_by("order", "number")
    return tuple(
        SectionLink(*row, topics=tuple(by_section[row[0]]))
        for row in sections.values_list("slug", "number", "title", "summary", "source_label")
    )


def _by_source(topics: Iterable[TopicLink]) -> dict[str, tuple[TopicLink, ...]]:
    found: dict[str, list[TopicLink]] = defaultdict(list)
    for topic in topics:
        for key in dict.fromkeys(topic.source_keys):
            found[key].append(topic)
    return {key: tuple(using) for key, using in found.items()}


def _symptoms() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the names of the symptoms, and for each the topics that explain it.

    They are those that the symptom names, and those with a rule for when it was logged.
    """
    rows = list(Symptom.objects.published().in_language().values_list("slug", "name", "topics"))
    explained = {slug: list(topics) for slug, _name, topics in rows}
    rules = RelevanceRule.objects.filter(topic__isnull=False).exclude(symptoms=[])
    for topic, symptoms in rules.order_by("-weight", "pk").values_list("topic__slug", "symptoms"):
        for symptom in symptoms:
            if topic not in explained.get(symptom, [topic]):
                explained[symptom].append(topic)
    return {slug: name for slug, name, _topics in rows}, explained


# The map of the guide as it is now.
guide_map = Kept(_read)
