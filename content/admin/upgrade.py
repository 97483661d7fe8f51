"""Decide after an upgrade: what was edited here beside what came, and one button for each."""

from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careguide.http import INVALID_FORM
from content.admin.desk import address_of, may_change
from content.admin.history import as_lines, lines
from content.models import KeptField
from content.upgrades import BY_NAME, Choice, Outdated, choices, keep, take

CONFLICT = 409


@require_safe
def upgrade(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the new text or keep ours, if both are still those that the editor saw."""
    kept = get_object_or_404(KeptField, pk=pk)
    if kept.file not in BY_NAME or not may_change(request.user, BY_NAME[kept.file].model):
        raise PermissionDenied
    seen = request.POST.get("seen", "")
    try:
        if "take" not in request.POST:
            keep(pk, seen, request.user)
            messages.success(request, _("Ours is kept."))
        elif pending := take(pk, seen, request.user):
            words = _("Waits until a second editor confirms it: %(what)s")
            messages.warning(request, words % {"what": pending.what})
        else:
            messages.success(request, _("The new text is in force now."))
    except Outdated as error:
        return _page(request, error, CONFLICT)
    except ValidationError as error:
        return _page(request, error, INVALID_FORM)
    return redirect("admin:upgrade")


def _page(
    request: HttpRequest, error: ValidationError | None = None, status: int = 200
) -> HttpResponse:
    waiting = [one for one in choices() if may_change(request.user, type(one.row))]
    context = {
        **admin.site.each_context(request),
        "title": _("Decide after an upgrade"),
        "error": " ".join(error.messages) if error else "",
        "rows": [
            _row(list(of_row))
            for _key, of_row in groupby(waiting, key=lambda one: (one.kept.file, one.kept.key))
        ],
    }
    return TemplateResponse(request, "admin/content/upgrade.html", context, status=status)


def _row(waiting: list[Choice]) -> dict[str, Any]:
    row = waiting[0].row
    return {
        "name": str(row),
        "kind": capfirst(row._meta.verbose_name),
        "address": address_of(row),
        "choices": [
            {
                "choice": one,
                "ours": (ours := _readable(one.ours)),
                "theirs": (theirs := _readable(one.kept.theirs)),
                "lines": list(lines(ours, theirs)),
            }
            for one in waiting
        ],
    }


def _readable(value: Any) -> str:
    """Return a text as it is, and a list with one line for each of its entries."""
    return "\n".join(map(_entry, value) if isinstance(value, list) else as_lines(value))


def _entry(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    parts = {name: one for name, one in entry.items() if one not in ("", None, [], {})}
    return "; ".join(
        f"{name}: {', '.join(map(str, one)) if isinstance(one, list) else one}"
        for name, one in parts.items()
    )
