"""How hard each topic is to read, and whether that keeps to the bar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from content.models import Topic
from content.reading import (
    AVERAGE,
    AllowedWords,
    Reading,
    allowed_words,
    length_fault,
    measure,
    words_in,
)


@dataclass(frozen=True)
class TopicReading:
    """A topic with what was measured: of all its text, and the length of its body."""

    topic: Topic
    reading: Reading
    length: int

    @property
    def faults(self) -> list[str]:
        """What keeps the topic from the bar, in words; empty when nothing does."""
        return [*self.reading.faults, *filter(None, [length_fault(self.length)])]


def reading_of(topic: Topic, allowed: AllowedWords) -> TopicReading:
    """Measure a topic as it was rendered when it was saved."""
    reading = measure(f"{topic.body_html} {topic.numbers_html}", allowed)
    return TopicReading(topic, reading, words_in(topic.body_html))


def topic_readings() -> list[TopicReading]:
    """Measure all published topics, in reading order, with one read of their rows."""
    rows = Topic.objects.published().in_language().in_reading_order().select_related("section")
    allowed = allowed_words()
    return [reading_of(topic, allowed) for topic in rows.defer("body", "numbers", "shipped")]


def means(readings: Sequence[TopicReading]) -> tuple[float, float]:
    """Return the mean of the raw grades and of those without the explained words."""
    number = len(readings) or 1
    return (
        sum(one.reading.raw for one in readings) / number,
        sum(one.reading.grade for one in readings) / number,
    )


def too_hard(readings: Sequence[TopicReading]) -> Iterator[str]:
    for one in readings:
        for words in one.faults:
            yield f"topic {one.topic.slug}: {words}"
    _raw, mean = means(readings)
    if mean > AVERAGE:
        words = _("all topics together: grade %(grade).1f, at most %(most)g")
        yield words % {"grade": mean, "most": AVERAGE}
