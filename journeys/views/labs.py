"""Lab results: a report in one go, the latest of each value, and how one went over time."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from content.models import LabKind
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.labs import correct_lab_report, save_lab_report
from journeys.forms.labs import LabReportForm
from journeys.lab_trend import lab_trend, latest_results
from journeys.lab_words import lab_kinds, read_back, shown_first
from journeys.models import Area, Journey, LabReport
from journeys.records import Conflict
from journeys.trends import BEHIND
from journeys.views.records import (
    asks_for_a_row,
    delete_record,
    editable_or_403,
    last_deleted,
    may_hide,
    page_of,
    restore_record,
)

PAGE = 20
SHOWN_FOR = timedelta(days=365)


@require_safe
@requires(Permission.VIEW, Area.LABS)
def lab_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The latest of each value, and the reports, the newest first."""
    kinds = lab_kinds()
    rows = journey.lab_reports.readable_by(request.user).newest_first()
    reports, newer, older = page_of(request, rows.with_results().select_related("author"), PAGE)
    context = {
        "journey": journey,
        "latest": latest_results(request.access, kinds, timezone.localdate() - SHOWN_FOR),
        "reports": [(report, _shown(report, kinds)) for report in reports],
        "newer": newer,
        "older": older,
        "deleted": last_deleted(request, journey.lab_reports, Area.LABS),
    }
    return render_page(request, "journeys/labs/list.html", context=context)


def _shown(report: LabReport, kinds: dict[str, LabKind]) -> list[tuple[str, Any]]:
    """Return the results of a report with their names, in the order of the guide."""
    rows = {row.lab: row for row in report.results.all()}
    known = [(kind.name, rows.pop(slug)) for slug, kind in kinds.items() if slug in rows]
    return [*known, *rows.items()]


def _form(
    request: JourneyRequest,
    journey: Journey,
    kinds: dict[str, LabKind],
    report: LabReport | None = None,
) -> LabReportForm:
    data = request.POST if request.method == "POST" else None
    last = report
    if last is None:
        rows = journey.lab_reports.readable_by(request.user).newest_first()
        last = rows.with_results().first()
    lately = [row.lab for row in last.results.all()] if last else []
    shown = lately if report else shown_first(kinds, lately)
    if data is not None:
        shown = [*data.getlist("lab"), data.get("add", "")]
    units = {row.lab: row.unit for row in last.results.all()} if last else {}
    hides = may_hide(request.access, report)
    return LabReportForm(data, kinds=kinds, shown=shown, units=units, report=report, may_hide=hides)


def _page(
    request: JourneyRequest, journey: Journey, form: LabReportForm, status: int, **extra: Any
) -> HttpResponse:
    addable = [
        kind
        for slug, kind in form.kinds.items()
        if slug not in form.shown and kind.status == "published"
    ]
    context = {"journey": journey, "form": form, "addable": addable, **extra}
    return render_page(request, "journeys/labs/form.html", context=context, status=status)


def _said(form: LabReportForm) -> dict[str, Any]:
    return {
        "results": form.results(),
        "taken_on": form.cleaned_data["taken_on"],
        "note": form.cleaned_data["note"],
        "only_me": form.is_kept_to_oneself(form.report),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.LABS)
def lab_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """A new report. The button "add" only adds a value to the page and keeps what was typed."""
    form = _form(request, journey, lab_kinds())
    if asks_for_a_row(request, form):
        return _page(request, journey, form, 200)
    if form.is_valid():
        report = save_lab_report(
            journey=journey,
            by=request.user,
            client_id=form.cleaned_data["client_id"],
            **_said(form),
        )
        return redirect("journeys:lab_detail", journey_id=journey.pk, report_id=report.pk)
    return _page(request, journey, form, INVALID_FORM if form.is_bound else 200)


@require_safe
@requires(Permission.VIEW, Area.LABS)
def lab_detail(request: JourneyRequest, journey: Journey, report_id: uuid.UUID) -> HttpResponse:
    """A report read back in words, so that a wrong unit is seen."""
    rows = journey.lab_reports.readable_by(request.user).with_results().select_related("author")
    report = get_object_or_404(rows, pk=report_id)
    kinds = lab_kinds()
    context = {
        "journey": journey,
        "report": report,
        "results": [
            (name, row, kind, read_back(kind, row.value, row.unit) if kind else "")
            for name, row in _shown(report, kinds)
            for kind in [kinds.get(row.lab)]
        ],
        "can_edit": request.access.can_edit(report, Area.LABS),
    }
    return render_page(request, "journeys/labs/detail.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.LABS)
def lab_edit(request: JourneyRequest, journey: Journey, report_id: uuid.UUID) -> HttpResponse:
    rows = journey.lab_reports.readable_by(request.user).with_results()
    report = get_object_or_404(rows, pk=report_id)
    editable_or_403(request.access, report, Area.LABS)
    form = _form(request, journey, lab_kinds(), report)
    if asks_for_a_row(request, form):
        return _page(request, journey, form, 200, report=report)
    theirs = None
    if form.is_valid():
        try:
            expected = form.cleaned_data["version"] or 0
            correct_lab_report(
                report=report, by=request.user, expected_version=expected, **_said(form)
            )
        except Conflict:
            theirs = rows.get(pk=report_id)
            form.add_conflict(theirs.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("journeys:lab_detail", journey_id=journey.pk, report_id=report_id)
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    shown = _shown(theirs, form.kinds) if theirs else None
    return _page(request, journey, form, status, report=report, theirs=shown)


@require_safe
@requires(Permission.VIEW, Area.LABS)
def lab_trend_detail(request: JourneyRequest, journey: Journey, lab: int) -> HttpResponse:
    """One value over the last year: the drawing, and every result in a table."""
    kind = next((row for row in lab_kinds().values() if row.pk == lab), None)
    if kind is None:
        raise Http404
    request.areas_shown = request.access.areas & BEHIND
    context = {
        "journey": journey,
        "kind": kind,
        "trend": lab_trend(request.access, kind, timezone.localdate() - SHOWN_FOR),
    }
    return render_page(request, "journeys/labs/trend.html", context=context)


@require_POST
@requires(Permission.RECORD, Area.LABS)
def lab_delete(request: JourneyRequest, journey: Journey, report_id: uuid.UUID) -> HttpResponse:
    delete_record(request, journey.lab_reports, report_id, Area.LABS)
    return redirect("journeys:lab_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.LABS)
def lab_restore(request: JourneyRequest, journey: Journey, report_id: uuid.UUID) -> HttpResponse:
    restore_record(request, journey.lab_reports, report_id, Area.LABS)
    return redirect("journeys:lab_list", journey_id=journey.pk)
