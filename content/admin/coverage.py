"""What people get where they are: counted for every stage, and shown as they would see it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from content.admin.choices import ROLES, named, symptoms
from content.admin.fields import Boxes
from content.coverage import USEFUL, coverage, ranked
from content.index import content_index
from content.models import (
    Classification,
    Phase,
    Status,
    Subtype,
    SuggestedQuestion,
    Symptom,
    Topic,
    VisitKind,
)
from content.relevance import Ranked, StageContext


def may_look(request: HttpRequest) -> None:
    """Raise PermissionDenied for staff who may not see the guide's rows."""
    if not request.user.has_perm("content.view_topic"):
        raise PermissionDenied


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
