"""Save a lab report with its results; correct one and keep what it said before."""

import uuid
from datetime import date

from django.db import transaction

from journeys.models import Journey, LabReport, LabResult, User
from journeys.records import change, revise_children


@transaction.atomic
def save_lab_report(
    *,
    journey: Journey,
    by: User,
    results: list[LabResult],
    taken_on: date,
    note: str,
    only_me: bool,
    client_id: uuid.UUID | None,
) -> LabReport:
    """Save a new report. A second submit of one form returns the first."""
    report, created = LabReport.objects.create_once(
        journey=journey,
        client_id=client_id,
        author=by,
        taken_on=taken_on,
        note=note,
        only_me=only_me,
    )
    if created:
        _add(report, results)
    return report


@transaction.atomic
def correct_lab_report(
    *,
    report: LabReport,
    by: User,
    expected_version: int,
    results: list[LabResult],
    taken_on: date,
    note: str,
    only_me: bool,
) -> None:
    """Replace what a report says; the earlier values stay as revisions. Raises records.Conflict."""
    before = list(report.results.all())
    report.taken_on, report.note, report.only_me = taken_on, note, only_me
    change(report, by=by, expected_version=expected_version)
    revise_children(before, by=by)
    _add(report, results)


def _add(report: LabReport, results: list[LabResult]) -> None:
    for result in results:
        result.report, result.journey = report, report.journey
        result.author, result.only_me = report.author, report.only_me
    LabResult.objects.bulk_create(results)
