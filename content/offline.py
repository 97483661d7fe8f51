"""What a device keeps to open without a signal: the red path on any, the guide where it is read.

`static/js/service-worker.js` fetches it, always as a stranger: nothing of a person is among it.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from content.guide_map import guide_map
from content.models import LabKind, Medicine, Phase, Symptom, Term, content_revision

SCRIPT = "js/service-worker.js"
# What every page links to; `components/assets.html` and `base.html` name the same.
ASSETS = ("vendor/bootstrap-5.3.9/bootstrap.min.css", "css/careguide.css", "js/careguide.js")
HTMX = "django_htmx/htmx-2.min.js"
# On a device of one's own: check-ins that wait there.
WAITING = "js/waiting.js"
# Without these a page without a signal would be a dead end.
FIRST = ("content:red_path", "content:offline")
INDEXES = ("guide_index", "symptom_index", "glossary", "medicine_index", "lab_index", "phase_index")
CATALOGUES = {
    "symptom": Symptom,
    "term": Term,
    "medicine": Medicine,
    "lab": LabKind,
    "phase": Phase,
}


def _guide() -> Iterator[str]:
    yield from (reverse(f"content:{name}") for name in INDEXES)
    for section in guide_map().sections:
        yield section.get_absolute_url()
        yield from (topic.get_absolute_url() for topic in section.topics)
    for name, model in CATALOGUES.items():
        rows = model.objects.published().in_language().values_list("slug", flat=True)
        yield from (reverse(f"content:{name}", args=[slug]) for slug in rows)


@require_safe
@login_not_required
def offline_list(request: HttpRequest) -> HttpResponse:
    """What to keep, and its version: that of the content and of the files that pages link to."""
    files = [static(name) for name in (*ASSETS, HTMX, WAITING)]
    # Their names are hashed, so pages made by a newer program are fetched anew.
    made_by = hashlib.sha256(" ".join(files).encode()).hexdigest()[:16]
    return JsonResponse(
        {
            "version": f"{content_revision()}-{made_by}",
            "first": [*(reverse(name) for name in FIRST), *files],
            "guide": list(_guide()),
        }
    )


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """The page for an address that was not kept."""
    return TemplateResponse(request, "content/offline.html")


@require_safe
@login_not_required
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script, at the root: it answers for the pages below its own address alone."""
    code = Path(finders.find(SCRIPT)).read_text(encoding="utf-8")
    response = HttpResponse(code, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
