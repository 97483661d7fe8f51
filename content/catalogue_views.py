"""The pages of what people look up: blood values, medicines, phases, kinds of visits."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careguide.http import HttpRequest
from content.guide_map import guide_map
from content.index import content_index
from content.models import LabKind, LabUnit, Medicine, Phase, VisitKind
from content.relevance import StageContext


@require_safe
@login_not_required
def lab_index(request: HttpRequest) -> HttpResponse:
    rows = LabKind.objects.published().in_language().only("slug", "name", "meaning")
    return TemplateResponse(request, "content/labs/list.html", {"labs": rows})


@require_safe
@login_not_required
def lab(request: HttpRequest, lab: str) -> HttpResponse:
    rows = LabKind.objects.published().in_language().prefetch_related("units")
    found = get_object_or_404(rows, slug=lab)
    sections = guide_map()
    context = {
        "lab": found,
        "ranges": [(unit.unit, *_range(found, unit)) for unit in found.units.all()],
        "topic": sections.topics.get(found.topic),
        "sources": sections.sources_of(found.sources),
    }
    return TemplateResponse(request, "content/labs/detail.html", context)


def _range(found: LabKind, unit: LabUnit) -> tuple[str, str]:
    """Return the typical range in a unit as texts; "" where it is open."""
    low, high = (
        "" if number is None else f"{round(unit.from_first(number), 2).normalize():f}"
        for number in (found.low, found.high)
    )
    return low, high


@require_safe
@login_not_required
def medicine_index(request: HttpRequest) -> HttpResponse:
    rows = Medicine.objects.published().in_language().only("slug", "name", "brands", "kind")
    kinds = [(label, list(group)) for label, group in groupby(rows, Medicine.get_kind_display)]
    return TemplateResponse(request, "content/medicines/list.html", {"kinds": kinds})


@require_safe
@login_not_required
def medicine(request: HttpRequest, medicine: str) -> HttpResponse:
    found = get_object_or_404(Medicine.objects.published().in_language(), slug=medicine)
    sections, names = guide_map(), content_index().names["symptoms"]
    context = {
        "medicine": found,
        "watch": [(slug, names[slug]) for slug in found.watch if slug in names],
        "topic": sections.topics.get(found.topic),
        "sources": sections.sources_of(found.sources),
    }
    return TemplateResponse(request, "content/medicines/detail.html", context)


@require_safe
@login_not_required
def phase_index(request: HttpRequest) -> HttpResponse:
    rows = Phase.objects.published().in_language()
    return TemplateResponse(request, "content/phases/list.html", {"phases": rows})


@require_safe
@login_not_required
def phase(request: HttpRequest, phase: str) -> HttpResponse:
    """What happens in a phase, and what to watch for there."""
    found = get_object_or_404(Phase.objects.published().in_language(), slug=phase)
    sections, index = guide_map(), content_index()
    context = {
        "phase": found,
        "watch": index.symptoms_for(StageContext(phases=frozenset({phase})))[:10],
        "next": [(slug, index.name("phases", slug)) for slug in found.next],
        "sources": sections.sources_of(found.sources),
    }
    return TemplateResponse(request, "content/phases/detail.html", context)


@require_safe
@login_not_required
def visit_index(request: HttpRequest) -> HttpResponse:
    rows = VisitKind.objects.published().in_language()
    return TemplateResponse(request, "content/visits/list.html", {"visits": rows})


@require_safe
@login_not_required
def visit(request: HttpRequest, visit: str) -> HttpResponse:
    found = get_object_or_404(VisitKind.objects.published().in_language(), slug=visit)
    context = {"visit": found, "sources": guide_map().sources_of(found.sources)}
    return TemplateResponse(request, "content/visits/detail.html", context)
