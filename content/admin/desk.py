"""The front page of the workshop: what waits, what is due, what is a draft."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from content.file_format import CATALOGUES
from content.models import ContentItem, MistakeReport, PendingChange, Status
from content.second_look import confirm, reject, row_of
from content.upgrades import choices

DUE_WITHIN = timedelta(days=60)
SHOWN = 30
MODELS = tuple(
    catalogue.model for catalogue in CATALOGUES if issubclass(catalogue.model, ContentItem)
)


def desk(user: Any) -> dict[str, Any]:
    """Return what the front page lists for an editor."""
    today = timezone.localdate()
    due, drafts = [], []
    for model in MODELS:
        if not may_change(user, model):
            continue
        rows = model.objects.in_language().exclude(status=Status.ARCHIVED).defer("shipped")
        due += rows.filter(review_due__lte=today + DUE_WITHIN).order_by("review_due")[:SHOWN]
        drafts += rows.filter(status=Status.DRAFT)[:SHOWN]
    due.sort(key=lambda row: row.review_due)
    waiting = [
        _waiting(pending, user)
        for pending in PendingChange.objects.open()
        if (row := row_of(pending)) is None or may_change(user, type(row))
    ]
    return {
        "waiting": waiting,
        "kept": sum(may_change(user, type(one.row)) for one in choices()),
        "reports": MistakeReport.objects.open()[:SHOWN] if may_change(user, MistakeReport) else [],
        "due": [{**_link(row), "on": row.review_due, "over": row.review_due < today}
                for row in due[:SHOWN]],
        "drafts": [_link(row) for row in drafts[:SHOWN]],
        "may_preview": user.has_perm("content.view_topic"),
    }  # fmt: skip


def may_change(user: Any, model: type[Model]) -> bool:
    return user.has_perm(f"content.change_{model._meta.model_name}")


def address_of(row: Model) -> str:
    """Return the form on which a row is changed; that of the symptom for the rows of a symptom."""
    row = getattr(row, "symptom", row)
    try:
        return reverse(f"admin:content_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""


def _link(row: Model) -> dict[str, Any]:
    kind = capfirst(row._meta.verbose_name)
    return {"name": str(row), "kind": kind, "address": address_of(row)}


def _waiting(pending: PendingChange, user: Any) -> dict[str, Any]:
    row = row_of(pending)
    return {
        "pending": pending,
        "address": address_of(row) if row else "",
        "own": pending.asked_by_key == str(user.pk),
        "changes": changes_of(pending, row),
    }


def changes_of(pending: PendingChange, row: Model | None) -> list[dict[str, Any]]:
    """Return each change in words: the column, what stands there and what is asked for."""
    return [
        {
            "label": capfirst(row._meta.get_field(name).verbose_name) if row else name,
            "before": in_words(row, name, change["from"]),
            "after": in_words(row, name, change["to"]),
        }
        for name, change in pending.changes.items()
    ]


def in_words(row: Model | None, name: str, value: Any) -> str:
    """Return a stored value as an editor reads it: the words of a choice, a list with commas."""
    choices = dict(row._meta.get_field(name).flatchoices) if row else {}
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return ", ".join(map(str, value)) or _("nothing")
    if isinstance(value, list | dict | bool):
        return str(value)
    return str(choices.get(value, value)) if value not in (None, "") else _("nothing")


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or reject a change that waits; the one who asked may only take it back."""
    pending = get_object_or_404(PendingChange.objects.open(), pk=pk)
    row = row_of(pending)
    if row is not None and not may_change(request.user, type(row)):
        raise PermissionDenied
    if "confirm" not in request.POST:
        reject(pending, request.user)
        messages.success(request, _("Rejected: %(what)s") % {"what": pending.what})
        return redirect("admin:index")
    try:
        confirm(pending, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("In force now: %(what)s") % {"what": pending.what})
    return redirect("admin:index")
