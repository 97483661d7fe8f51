"""How hard the guide is to read: for one text while it is typed, for all topics on one page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.admin.coverage import may_look
from content.checks.readings import means, topic_readings
from content.reading import (
    ALLOWED_SHARE,
    AVERAGE,
    LONGEST,
    MOST,
    SHORTEST,
    allowed_words,
    length_fault,
    measure,
)

# Where the scale of the meter ends: beyond this grade a text is for specialists.
SCALE = 15
BAR = {
    "scale": SCALE,
    "average": f"{AVERAGE:g}",
    "most": f"{MOST:g}",
    "share": f"{ALLOWED_SHARE:.0%}",
    "shortest": SHORTEST,
    "longest": LONGEST,
}


def meter(html: str, is_topic: bool) -> dict[str, Any]:
    """Return what the meter shows of a rendered text; empty for an empty text.

    `is_topic` says that it is the body of a topic, which has a length of its own.
    """
    reading = measure(html, allowed_words())
    if not reading.words:
        return {}
    faults = [one for one in reading.faults if one != reading.verdict]
    faults += filter(None, [length_fault(reading.words) if is_topic else ""])
    return {"reading": reading, "faults": faults, **BAR}


@require_safe
def reading_levels(request: HttpRequest) -> HttpResponse:
    """List all topics with their grades, the hardest part of the bar first said in words."""
    may_look(request)
    readings = topic_readings()
    raw, grade = means(readings)
    context = {
        **admin.site.each_context(request),
        "title": _("Reading level"),
        "readings": readings,
        "mean_raw": raw,
        "mean_grade": grade,
        **BAR,
    }
    return TemplateResponse(request, "admin/content/readings.html", context)
