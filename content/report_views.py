"""Report a mistake on a page: open to everybody, and nothing of the reader is kept."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from careguide.account import within_limit
from careguide.http import INVALID_FORM, HttpRequest
from content.models import (
    LabKind,
    Medicine,
    MistakeReport,
    Phase,
    Symptom,
    Term,
    Topic,
    VisitKind,
)

TOO_MANY = 429
KINDS: dict[str, type[models.Model]] = {
    "topic": Topic,
    "term": Term,
    "symptom": Symptom,
    "lab": LabKind,
    "medicine": Medicine,
    "phase": Phase,
    "visit": VisitKind,
}


class ReportForm(forms.ModelForm):
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = MistakeReport
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "maxlength": 2000})}
        error_messages = {"text": {"required": gettext_lazy("Write what is wrong first.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def report(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Take what a reader says of a page. Too many at once: later, and nothing typed is lost."""
    if kind not in KINDS:
        raise Http404
    page = get_object_or_404(KINDS[kind].objects.published().in_language(), slug=slug)
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = INVALID_FORM if form.is_bound else 200
    if form.is_valid():
        if within_limit(request, "report_mistake"):
            MistakeReport.objects.get_or_create(
                client_id=form.cleaned_data["client_id"] or uuid.uuid4(),
                defaults={
                    "kind": kind,
                    "slug": slug,
                    "title": str(page)[:200],
                    "text": form.cleaned_data["text"],
                },
            )
            messages.success(request, _("Thank you. The people who keep this guide will see it."))
            return redirect(page.get_absolute_url())
        form.add_error(None, _("That were many at once. Please wait an hour, then send it again."))
        status = TOO_MANY
    context = {"form": form, "page": page}
    return TemplateResponse(request, "content/report.html", context, status=status)
