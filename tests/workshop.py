"""The pages of the workshop by name, and what waits on them for an editor."""

import uuid

from django.contrib import admin
from django.db import models
from django.urls import reverse

from content.admin.base import FixedRows
from content.models import MistakeReport, Status, Symptom, Topic
from content.second_look import hold
from journeys.models import User
from tests.content.admin_tools import change_url

OWN_PAGES = (
    *("index", "coverage", "preview_as", "reading_levels", "sign_off", "sign_off_sheet"),
    *("review_list", "content_files", "upgrade", "languages"),
)


def workshop() -> dict[str, str]:
    """Return the pages of editors: their own, and of each kind of row the list and the forms."""
    pages = {f"workshop {name.replace('_', ' ')}": reverse(f"admin:{name}") for name in OWN_PAGES}
    pages["workshop kinds of rows"] = reverse("admin:app_list", args=["content"])
    for model, options in admin.site._registry.items():
        kind, address = model._meta.verbose_name, f"admin:content_{model._meta.model_name}"
        pages[f"workshop list of {kind}"] = reverse(f"{address}_changelist")
        if not isinstance(options, FixedRows):
            pages[f"workshop new {kind}"] = reverse(f"{address}_add")
        if row := model._default_manager.first():
            pages[f"workshop {kind}"] = change_url(row)
            pages |= history_of(row)
    return pages


def history_of(row: models.Model) -> dict[str, str]:
    kind = row._meta.verbose_name
    pages = {f"workshop history of {kind}": change_url(row, "history")}
    if hasattr(row, "history") and (version := row.history.first()):
        address = f"admin:content_{row._meta.model_name}_simple_history"
        pages[f"workshop earlier {kind}"] = reverse(address, args=[row.pk, version.history_id])
    return pages


def pictured() -> dict[str, str]:
    """Return the pages to be looked at: of lists, new rows and histories one stands for all."""
    alike = ("list of ", "new ", "history of ", "earlier ")
    return {
        name: address
        for name, address in workshop().items()
        if name.endswith(" topic") or not name.removeprefix("workshop ").startswith(alike)
    }


def keep_editors_busy(editor: User) -> None:
    """Leave a draft, a report of a reader, and a limit that waits for a second editor."""
    topic = Topic.objects.last()
    topic.status = Status.DRAFT
    topic.save()
    MistakeReport.objects.create(
        kind="topic", slug="what-is-all", title="What is ALL?", text="A word is missing in the"
        " second sentence.", client_id=uuid.uuid4()
    )  # fmt: skip
    limit = Symptom.objects.get(slug="fever").thresholds.filter(level="now").first()
    limit.value += 1
    hold(limit, editor)
