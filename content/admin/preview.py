"""Markdown as readers will see it: while it is typed, and as the whole page of a draft."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from content.admin.readings import meter
from content.guide_map import guide_map
from content.markdown import MARKDOWN_LENGTH
from content.models import Topic
from content.rendering import Renderer

EDITED = (
    "content.change_topic",
    "content.change_visitkind",
    "content.change_notice",
    "content.change_phase",
    "content.change_labkind",
    "content.change_medicine",
)


@require_POST
def markdown(request: HttpRequest) -> HttpResponse:
    """Render the text of one field of a form and measure it; too long a text is not even parsed."""
    if not any(map(request.user.has_perm, EDITED)):
        raise PermissionDenied
    field = request.GET.get("field", "")
    text = request.POST.get(field, "")
    too_long = len(text) > MARKDOWN_LENGTH
    shift = 1 if request.GET.get("shift") == "1" else 0
    html = "" if too_long else Renderer.load().to_html(text, shift)
    context = {
        "html": html,
        "meter": meter(html, is_topic=field == "body"),
        "too_long": too_long,
        "most": MARKDOWN_LENGTH,
    }
    return TemplateResponse(request, "admin/content/_preview.html", context)


@require_safe
def topic_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a topic as its page will be; readers do not see it while it is a draft."""
    if not request.user.has_perm("content.view_topic"):
        raise PermissionDenied
    topic = get_object_or_404(Topic.objects.select_related("section"), pk=pk)
    sections = guide_map()
    context = {
        "topic": topic,
        "section": sections.section(topic.section.slug) or topic.section,
        "story": sections.story,
        "sources": sections.sources_of(topic.sources),
        "questions": sections.questions.get(topic.slug, ()),
        "symptoms": sections.symptoms.get(topic.slug, ()),
        "not_shown_yet": True,
    }
    return TemplateResponse(request, "content/topic.html", context)
