"""What the lists and links of a row may name, by the name of the column."""

from collections.abc import Callable

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content.admin.fields import (
    Choices,
    FiveLevelsField,
    LevelsByWindowField,
    LinesField,
    LongBoxes,
    MarkdownArea,
    SlugListField,
)
from content.call_rules import Level
from content.models import (
    CallWindow,
    Classification,
    Measure,
    Phase,
    Section,
    Source,
    Status,
    Subtype,
    Symptom,
    Topic,
    VisitKind,
)
from content.relevance import NOT_KNOWN

CERTAINTIES = [
    ("S", _("S: the source guide")),
    ("V", _("V: checked with a source")),
    ("K", _("K: to be checked")),
    ("D", _("D: our own choice")),
]
ROLES = [("patient", _("Patient")), ("caregiver", _("Caregiver"))]
UNKNOWN = (NOT_KNOWN, _("Has not said"))
# Columns whose text is Markdown, with how far their headings go down, as the models render them.
MARKDOWN = {
    "labkind": {"about": 0},
    "medicine": {"about": 0},
    "topic": {"body": 0, "numbers": 0},
    "visitkind": dict.fromkeys(VisitKind.TEXTS, 1),
    "notice": {"body": 0},
    "phase": dict.fromkeys(Phase.TEXTS, 1),
}


def named(model: type[models.Model], column: str = "name") -> Choices:
    """Return the rows that are not archived as choices, slug and name."""
    rows = model.objects.in_language().exclude(status=Status.ARCHIVED)
    return list(rows.values_list("slug", column))


def topics() -> Choices:
    rows = Topic.objects.in_language().exclude(status=Status.ARCHIVED)
    return list(rows.order_by("title").values_list("slug", "title"))


def symptoms() -> Choices:
    return sorted(named(Symptom), key=lambda one: one[1].casefold())


def windows() -> Choices:
    return [("any", _("Any window that counts as any")), *named(CallWindow)]


def sources() -> Choices:
    return [
        (key, f"{key}: {title}"[:90]) for key, title in Source.objects.values_list("key", "title")
    ]


def sections() -> Choices:
    rows = Section.objects.in_language().order_by("number")
    return [(row.number, str(row)) for row in rows]


def _boxes(choices: Callable[[], Choices]) -> Callable[..., forms.Field]:
    return lambda **options: SlugListField(choices=choices(), **options)


def _long(choices: Callable[[], Choices]) -> Callable[..., forms.Field]:
    return lambda **options: SlugListField(choices=choices(), widget=LongBoxes, **options)


def _one(choices: Callable[[], Choices]) -> Callable[..., forms.Field]:
    return lambda **options: forms.ChoiceField(choices=[("", "---"), *choices()], **options)


LISTS: dict[str, Callable[..., forms.Field]] = {
    "sources": _long(sources),
    "certainty": _boxes(lambda: CERTAINTIES),
    "classifications": _boxes(lambda: [*named(Classification), UNKNOWN]),
    "subtypes": _boxes(lambda: [*named(Subtype), UNKNOWN]),
    "phases": _boxes(lambda: [*named(Phase), UNKNOWN]),
    "roles": _boxes(lambda: ROLES),
    "symptoms": _long(symptoms),
    "visit_kinds": _boxes(lambda: named(VisitKind)),
    "topics": _long(topics),
    "sections": lambda **options: SlugListField(choices=sections(), coerce=int, **options),
    "next": _boxes(lambda: named(Phase)),
    "unknown_present_in": _boxes(lambda: named(Phase)),
    "opens_windows": _boxes(lambda: named(CallWindow)),
    "asks_again": _boxes(lambda: named(CallWindow)),
    "results": LinesField,
    "aliases": LinesField,
    "brands": LinesField,
    "routes": LinesField,
    "watch": _long(symptoms),
    "after_levels": FiveLevelsField,
    "levels": FiveLevelsField,
    "level_by_window": lambda **options: LevelsByWindowField(
        windows=[slug for slug, _name in named(CallWindow)], **options
    ),
}
LINKS: dict[str, Callable[..., forms.Field]] = {
    "topic": _one(topics),
    "measure": _one(lambda: named(Measure)),
    "score_from": _one(lambda: named(Measure)),
    "when_window": _one(windows),
    "window": _one(windows),
    "opens_window": _one(lambda: named(CallWindow)),
    "visit_kind": _one(lambda: named(VisitKind)),
    "classification": _one(lambda: named(Classification)),
    "phase": _one(lambda: named(Phase)),
}
HELP = {
    "levels": _("For the scores 0, 1, 2, 3 and 4."),
    "level_by_window": _("One on each line, such as “steroid: now”. Levels: %(levels)s.")
    % {"levels": ", ".join(Level.values)},
    "aliases": _("One on each line."),
    "brands": _("One on each line."),
    "routes": _("One on each line, such as “by mouth”."),
    "watch": "",
    "opens_window": _("What the check-in assumes after this medicine."),
    "opens_windows": _("What the check-in assumes after it."),
    "asks_again": _("A “no” from before it does not count any more."),
    "results": _("One on each line."),
    "symptoms": "",
    "next": "",
    "topic": _("The topic that explains it."),
    "topics": _("Topics that explain it."),
    "sections": "",
    "sources": "",
    "certainty": "",
    "when_window": "",
    "window": "",
    "unknown_present_in": "",
}


def field_of(column: models.Field) -> forms.Field | None:
    """Return the form field of a column that needs one of its own, else None."""
    makers = LISTS if isinstance(column, models.JSONField) else LINKS
    is_link = isinstance(column, models.SlugField) and column.name in LINKS
    if column.name not in makers or not (makers is LISTS or is_link):
        return None
    return makers[column.name](
        label=capfirst(column.verbose_name),
        required=not column.blank,
        help_text=HELP.get(column.name, column.help_text),
    )


def markdown_area(column: models.Field) -> MarkdownArea | None:
    """Return the widget of a column that holds Markdown, else None."""
    shift = MARKDOWN.get(column.model._meta.model_name, {}).get(column.name)
    return None if shift is None else MarkdownArea(column.verbose_name, shift=shift)
