"""What must hold for one row before it is published: the command and the workshop say the same."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.checks.texts import Targets, text_faults
from content.file_format import CATALOGUES
from content.models import ContentItem, Status, Symptom, Topic

CERTAINTIES = {"S", "V", "K", "D"}
# Marked as our own choice or as still to be checked, a row may stand without a source.
WITHOUT_SOURCE = {"D", "K"}
CHECKED = tuple(
    catalogue.model
    for catalogue in CATALOGUES
    if issubclass(catalogue.model, ContentItem) and "review_due" in catalogue.fields
)


def items() -> Iterator[ContentItem]:
    """Yield every row that is checked: of all kinds that are reviewed, what is not archived."""
    for model in CHECKED:
        yield from model.objects.exclude(status=Status.ARCHIVED)


def name_of(item: ContentItem) -> str:
    return f"{item._meta.model_name} {item.slug}"


def texts_of(item: ContentItem) -> Iterator[tuple[str, str]]:
    """Yield (column, text) of all that somebody writes in a row."""
    for column in item._meta.concrete_fields:
        is_text = column.get_internal_type() in ("TextField", "CharField")
        if is_text and column.editable and getattr(item, column.name):
            yield column.name, getattr(item, column.name)


def faults(item: ContentItem, targets: Targets) -> Iterator[tuple[str, str]]:
    """Yield (column, words) for all that must be mended before a row may be published."""
    yield from _sources(item, targets)
    yield from _references(item, targets)
    if item.review_due is None:
        yield "review_due", _("no date when its review is due")
    if isinstance(item, Topic):
        if not item.facts_checked_on:
            yield "facts_checked_on", _("no date when its facts were checked")
        if not item.body.strip():
            yield "body", _("no text")
    if isinstance(item, Symptom) and not item.topics:
        yield "topics", _("no topic that explains it")
    for column, text in texts_of(item):
        for words in text_faults(text, targets, is_numbers=column == "numbers"):
            yield column, words


def _sources(item: ContentItem, targets: Targets) -> Iterator[tuple[str, str]]:
    alone = not isinstance(item, Topic) and WITHOUT_SOURCE.intersection(item.certainty)
    if not item.sources and not alone:
        yield "sources", _("no source: please name what it rests on")
    for key in sorted(set(item.sources) - targets.sources):
        yield "sources", _("there is no source %(key)s") % {"key": key}
    for tag in sorted(set(item.certainty) - CERTAINTIES):
        yield "certainty", _("there is no certainty %(tag)s") % {"tag": tag}


def _references(item: ContentItem, targets: Targets) -> Iterator[tuple[str, str]]:
    """Topics and phases that a row names: there, and published."""
    topic = getattr(item, "topic", "")
    if topic and topic not in targets.topics:
        yield "topic", _("there is no published topic %(slug)s") % {"slug": topic}
    for slug in sorted(set(getattr(item, "topics", ())) - targets.topics):
        yield "topics", _("there is no published topic %(slug)s") % {"slug": slug}
    for slug in sorted(set(getattr(item, "next", ())) - targets.phases):
        yield "next", _("there is no published phase %(slug)s") % {"slug": slug}
