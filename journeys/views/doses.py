"""The doses of a day: one press for each, and one to take it back."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careguide.http import render_page
from journeys import records
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.medicines import slot_as_needed, write_dose
from journeys.forms.medicines import DoseForm
from journeys.medicines import due_on, medicines_of, rows_of, when_needed_on
from journeys.models import Area, DosePlan, Journey, OwnMedicine
from journeys.views.records import editable_or_403

EARLIEST = timedelta(days=366)


def _day(request: JourneyRequest) -> date:
    """Return the day that `?day=` asks for; today when there is none, or none that can be."""
    today = timezone.localdate()
    try:
        asked = parse_date(request.GET.get("day", "")) or today
    except ValueError:
        return today
    return asked if today - EARLIEST <= asked <= today else today


@require_safe
@requires(Permission.VIEW, Area.MEDICINES)
def dose_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The doses of one day, `?day=`; today without it."""
    day = _day(request)
    medicines = medicines_of(request.access)
    doses = list(journey.doses.readable_by(request.user).on(day).select_related("author"))
    context = {
        "journey": journey,
        "day": day,
        "today": timezone.localdate(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "due": due_on(medicines, doses, day),
        "when_needed": when_needed_on(medicines, doses, day),
        "form_id": uuid.uuid4,
    }
    return render_page(request, "journeys/medicines/doses.html", context=context)


@require_POST
@requires(Permission.RECORD, Area.MEDICINES)
def dose_write(request: JourneyRequest, journey: Journey, medicine_id: uuid.UUID) -> HttpResponse:
    """Write down what became of one dose: one press, for a dose that is due."""
    medicine = get_object_or_404(rows_of(request.access), pk=medicine_id)
    form = DoseForm(request.POST)
    if not form.is_valid() or not _is_due(medicine, form.cleaned_data):
        messages.info(request, _("This dose is not on the plan any more. Please look again."))
        return _to_day(journey, form.cleaned_data.get("day"))
    data = form.cleaned_data
    day, slot = data["day"], data["slot"]
    if medicine.plan_on(day).schedule == DosePlan.Schedule.AS_NEEDED:
        slot = slot_as_needed(day)
    existing = medicine.doses.at(day, slot).first()
    if existing is not None:
        editable_or_403(request.access, existing, Area.MEDICINES)
    write_dose(
        medicine=medicine,
        by=request.user,
        day=day,
        slot=slot,
        outcome=data["outcome"],
        note=data["note"],
        client_id=data["client_id"],
    )
    messages.success(request, _("Written down."))
    return _to_day(journey, day)


def _is_due(medicine: OwnMedicine, data: dict[str, Any]) -> bool:
    plan = medicine.plan_on(data["day"])
    if plan is None or data["day"] > timezone.localdate():
        return False
    return plan.schedule == DosePlan.Schedule.AS_NEEDED or data["slot"] in plan.slots_on(
        data["day"]
    )


def _to_day(journey: Journey, day: date | None) -> HttpResponse:
    """Lead back to the page of this day; to that of today without one."""
    answer = redirect("journeys:dose_list", journey_id=journey.pk)
    if day is not None and day != timezone.localdate():
        answer["Location"] += f"?day={day.isoformat()}"
    return answer


@require_POST
@requires(Permission.RECORD, Area.MEDICINES)
def dose_delete(request: JourneyRequest, journey: Journey, dose_id: uuid.UUID) -> HttpResponse:
    """Take back what was written of a dose: then it is open again, to be written anew."""
    dose = get_object_or_404(journey.doses.readable_by(request.user), pk=dose_id)
    editable_or_403(request.access, dose, Area.MEDICINES)
    records.delete(dose)
    messages.success(request, _("Taken back."))
    return _to_day(journey, dose.due_on)
