"""What the templates of a summary need, for whoever shows it: page, paper, or a doctor's screen."""

from typing import Any

from django.http import QueryDict

from content.index import content_index
from journeys.access import Access
from journeys.forms.summaries import MOST_NOTES, SummaryForm
from journeys.models import Appointment, Area
from journeys.summaries.build import build, next_appointment, offered_parts, usual_since


def form_of(access: Access, choice: QueryDict, appointment: Appointment | None) -> SummaryForm:
    """Return the form that reads what a summary for this visit shall show this reader."""
    notes = []
    if access.sees(Area.NOTES):
        notes = list(access.journey.notes.readable_by(access.user).newest_first()[:MOST_NOTES])
    return SummaryForm(
        choice,
        since=usual_since(access, appointment),
        parts=offered_parts(access),
        notes=notes,
    )


def summary_of(access: Access, choice: QueryDict) -> dict[str, Any]:
    """Return what the templates of a summary need: for this reader, as `choice` says."""
    appointment = next_appointment(access)
    form = form_of(access, choice, appointment)
    summary = build(access, appointment=appointment, **form.choice())
    index = content_index()
    stage = summary.stage
    return {
        "journey": access.journey,
        "form": form,
        "summary": summary,
        "phase": index.name("phases", stage.phase) if stage and stage.phase else "",
        "appointment_kind": index.name("visit_kinds", appointment.kind) if appointment else "",
    }
