"""What people get where they are: counted for every stage, and shown as they would see it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from content.admin.choices import ROLES, named, symptoms
from content.admin.fields import Boxes
from content.index import Index, content_index
from content.models import (
    Classification,
    Phase,
    StageFit,
    Status,
    Subtype,
    SuggestedQuestion,
    Symptom,
    Topic,
    VisitKind,
)
from content.relevance import Ranked, StageContext

USEFUL = 50
# How many of each make a stage whole: topics, questions, symptoms.
ENOUGH = {"patient": (5, 10, 8), "caregiver": (5, 6, 8)}


@dataclass(frozen=True)
class Count:
    """How many of one kind somebody gets, and whether that is too few."""

    number: int
    hole: bool


@dataclass(frozen=True)
class Cell:
    """One stage of one role, with the address of what is shown there."""

    role: str
    counts: tuple[Count, ...]
    address: str


@dataclass(frozen=True)
class StageRow:
    """One sensible pair of classification and phase."""

    name: str
    unusual: bool
    cells: tuple[Cell, ...]


def may_look(request: HttpRequest) -> None:
    """Raise PermissionDenied for staff who may not see the guide's rows."""
    if not request.user.has_perm("content.view_topic"):
        raise PermissionDenied


def ranked(index: Index, context: StageContext) -> tuple[list[Ranked], ...]:
    """Return topics, questions and symptoms as they are ranked for this context."""
    return (
        index.topics_for(context),
        index.questions_for(context),
        index.symptoms_for(context),
    )


def coverage(index: Index) -> list[StageRow]:
    """Count what every stage that makes sense gets, for both roles."""
    order = {slug: place for place, slug in enumerate(index.phases)}
    fits = sorted(
        (fit for fit in index.fits.values() if fit.fit != StageFit.Fit.DOES_NOT_FIT),
        key=lambda fit: (order.get(fit.phase, len(order)), fit.order),
    )
    return [_row(index, fit) for fit in fits]


def _row(index: Index, fit: StageFit) -> StageRow:
    cells = []
    for role, enough in ENOUGH.items():
        context = StageContext(
            role=role,
            classifications=frozenset({fit.classification}),
            phases=frozenset({fit.phase}),
        )
        numbers = [sum(one.weight >= USEFUL for one in rows) for rows in ranked(index, context)]
        query = {"classification": fit.classification, "phases": fit.phase, "role": role}
        cells.append(
            Cell(
                role=role,
                counts=tuple(
                    Count(number, number < wanted)
                    for number, wanted in zip(numbers, enough, strict=True)
                ),
                address=f"{reverse('admin:preview_as')}?{urlencode(query)}",
            )
        )
    phase = index.name("phases", fit.phase)
    name = f"{phase} · {index.name('classifications', fit.classification)}"
    return StageRow(name, fit.fit == StageFit.Fit.UNUSUAL, tuple(cells))


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    may_look(request)
    rows = coverage(content_index())
    holes = sum(count.hole for row in rows for cell in row.cells for count in cell.counts)
    context = {
        **admin.site.each_context(request),
        "title": _("Coverage"),
        "rows": rows,
        "holes": holes,
        "roles": [label for _slug, label in ROLES],
        "useful": USEFUL,
        "enough": ENOUGH,
    }
    return TemplateResponse(request, "admin/content/coverage.html", context)


class PreviewForm(forms.Form):
    """Who looks, and what the guide would know about them. Nothing is stored."""

    role = forms.ChoiceField(label=_("Who"), choices=ROLES, required=False)
    classification = forms.ChoiceField(label=_("Classification"), required=False)
    phases = forms.MultipleChoiceField(label=_("Phases"), required=False, widget=Boxes)
    subtypes = forms.MultipleChoiceField(label=_("Subtypes"), required=False, widget=Boxes)
    symptom = forms.ChoiceField(label=_("Logged symptom"), required=False)
    visit_kind = forms.ChoiceField(label=_("Next visit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("Has not said"))
        self.fields["classification"].choices = [none, *named(Classification)]
        self.fields["phases"].choices = named(Phase)
        self.fields["subtypes"].choices = named(Subtype)
        self.fields["symptom"].choices = [("", _("None")), *symptoms()]
        self.fields["visit_kind"].choices = [("", _("None")), *named(VisitKind)]

    def context(self) -> StageContext:
        """Return what is known; a form that was not filled in gives a patient who said nothing."""
        given = self.cleaned_data

        def one(name: str) -> frozenset[str]:
            return frozenset({given[name]} if given.get(name) else ())

        return StageContext(
            role=given.get("role") or "patient",
            classifications=one("classification"),
            subtypes=frozenset(given.get("subtypes", ())),
            phases=frozenset(given.get("phases", ())),
            symptoms=one("symptom"),
            visit_kinds=one("visit_kind"),
        )


@require_safe
def preview_as(request: HttpRequest) -> HttpResponse:
    may_look(request)
    form = PreviewForm(request.GET)
    form.is_valid()  # what it does not know is left out, and said beside the field
    shown = ranked(content_index(), form.context())
    models = (Topic, SuggestedQuestion, Symptom)
    lists = [
        {"name": model._meta.verbose_name_plural, "rows": _with_links(model, rows)}
        for model, rows in zip(models, shown, strict=True)
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Preview as"),
        "form": form,
        "lists": lists,
        "useful": USEFUL,
    }
    return TemplateResponse(request, "admin/content/preview_as.html", context)


def _with_links(model: Any, rows: list[Ranked]) -> list[dict[str, Any]]:
    keys = dict(
        model.objects.in_language().exclude(status=Status.ARCHIVED).values_list("slug", "pk")
    )
    name = f"admin:content_{model._meta.model_name}_change"
    return [
        {"ranked": row, "address": reverse(name, args=[keys[row.item.slug]])}
        for row in rows
        if row.item.slug in keys
    ]
