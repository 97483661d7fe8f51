"""All content as files: downloaded as a zip, and loaded from one after a look at what it does.

A file is sent twice: once to be checked, once to be loaded. So nothing of what somebody uploads
is kept on the server between the two, and a second check shows what changed meanwhile.
"""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from careguide.http import INVALID_FORM
from content.files import ContentError
from content.loader import Report
from content.models import content_revision
from content.zipped import MAX_ZIP, CallLevelsChangeError, load_zip, pack


class FileForm(forms.Form):
    """The zip, and what was checked when it was sent before."""

    file = forms.FileField(
        label=gettext_lazy("Zip file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
        help_text=gettext_lazy("The files themselves must lie in the zip, not in a folder in it."),
    )
    checked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile:
        if self.cleaned_data["file"].size > MAX_ZIP:
            raise forms.ValidationError(_("The file is too large."))
        return self.cleaned_data["file"]


def may(request: HttpRequest, what: str) -> None:
    """Raise PermissionDenied for staff who may not `export` or `import`."""
    if not request.user.has_perm(f"content.{what}_files"):
        raise PermissionDenied


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Answer with the zip of all content; it holds nothing of a patient."""
    may(request, "export")
    name = f"careguide-content-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pack(), content_type="application/zip", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        if not any(request.user.has_perm(f"content.{one}_files") for one in ("export", "import")):
            raise PermissionDenied
        return _page(request, FileForm())
    may(request, "import")
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=INVALID_FORM)
    data = form.cleaned_data["file"].read()
    seen = _fingerprint(data)
    known = form.cleaned_data["checked"] == seen
    try:
        report = load_zip(data, dry_run=not known)
    except ContentError as error:
        return _page(request, FileForm(), status=INVALID_FORM, faults=error.messages)
    except CallLevelsChangeError as error:
        return _page(request, FileForm(), status=INVALID_FORM, refused=_of_calls(error.report))
    if not known:
        again = FileForm(initial={"checked": seen})
        return _page(request, again, report=report, other=bool(form.cleaned_data["checked"]))
    messages.success(request, _("Loaded: %(added)s added, %(updated)s updated, %(kept)s kept.") % {
        "added": len(report.added), "updated": len(report.updated), "kept": len(report.kept)
    })  # fmt: skip
    return redirect("admin:content_files")


def _fingerprint(data: bytes) -> str:
    """Return what ties a check to this file and to the content as it was then."""
    return f"{hashlib.sha256(data).hexdigest()}-{content_revision()}"


def _of_calls(report: Report) -> list[str]:
    """Return the rows of the report that can hold a call level."""
    rows = [*report.added, *report.updated]
    return [name for name in rows if name.startswith(("symptoms.yaml", "call_rules.yaml"))]


def _page(request: HttpRequest, form: FileForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Content as files"),
        "form": form,
        "may_export": request.user.has_perm("content.export_files"),
        "may_import": request.user.has_perm("content.import_files"),
        **more,
    }
    return TemplateResponse(request, "admin/content/content_files.html", context, status=status)
