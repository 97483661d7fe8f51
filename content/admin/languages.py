"""How far the guide is there in the other languages, for editors and for reviewers."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from content.admin.coverage import may_look
from content.language_state import LanguageState, language_state
from content.models import Translation
from content.translations import SOURCE_LANGUAGE


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every language that is offered, and every one that has a translation already."""
    may_look(request)
    offered = dict(settings.LANGUAGES)
    codes = {*offered, *Translation.objects.values_list("language", flat=True)} - {SOURCE_LANGUAGE}
    context = {
        **admin.site.each_context(request),
        "title": _("Languages"),
        "found": [
            {
                "name": _name(code),
                "code": code,
                "offered": code in offered,
                "state": state,
                "missing": _missing(state),
            }
            for code, state in ((code, language_state(code)) for code in sorted(codes))
        ],
    }
    return TemplateResponse(request, "admin/content/languages.html", context)


def _name(code: str) -> str:
    try:
        return capfirst(get_language_info(code)["name_translated"])
    except KeyError:  # a file may bring any code
        return code


def _missing(state: LanguageState) -> list[tuple[str, str, str]]:
    """Return (kind, the English, the address where its row is edited)."""
    return [
        (part.label, text, reverse(f"admin:content_{row._meta.model_name}_change", args=[row.pk]))
        for part in state.parts
        for text, row in part.missing
    ]
