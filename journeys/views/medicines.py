"""Medicines: what is taken, today's doses by one press each, and how the dose changed."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from content.catalogue import rules as load_rules
from content.medicine_names import medicine_names
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.medicines import (
    add_medicine,
    change_dose,
    follow_only_me,
    slot_as_needed,
    write_dose,
)
from journeys.forms.medicines import AddMedicineForm, DoseForm, DosePlanForm, MedicineForm
from journeys.medicines import COUNTED, count, due_on, medicines_of
from journeys.models import Area, DosePlan, Journey, OwnMedicine
from journeys.models.medicines import OwnMedicineQuerySet
from journeys.views.records import (
    delete_record,
    editable_or_403,
    last_deleted,
    may_hide,
    restore_record,
    save_correction,
)

DOSES_SHOWN = 30
EARLIEST = timedelta(days=366)


def _rows(request: JourneyRequest, journey: Journey) -> OwnMedicineQuerySet:
    return journey.medicines.readable_by(request.user)


def _medicine(request: JourneyRequest, journey: Journey, medicine_id: uuid.UUID) -> OwnMedicine:
    rows = _rows(request, journey).with_plans().select_related("author")
    return get_object_or_404(rows, pk=medicine_id)


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
def medicine_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """What is taken now, when needed, and what was stopped."""
    today = timezone.localdate()
    rows = [(row, row.plan_on(today)) for row in medicines_of(request.access)]
    stopped = [row for row, _plan in rows if row.ended_on and row.ended_on < today]
    current = [pair for pair in rows if pair[0] not in stopped]
    as_needed = DosePlan.Schedule.AS_NEEDED
    context = {
        "journey": journey,
        "regular": [pair for pair in current if not pair[1] or pair[1].schedule != as_needed],
        "as_needed": [pair for pair in current if pair[1] and pair[1].schedule == as_needed],
        "stopped": stopped,
        "deleted": last_deleted(request, journey.medicines, Area.MEDICINES),
    }
    return render_page(request, "journeys/medicines/list.html", context=context)


@require_safe
@requires(Permission.VIEW, Area.MEDICINES)
def dose_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The doses of one day, `?day=`; today without it."""
    return _dose_page(request, journey, _day(request))


def _dose_page(request: JourneyRequest, journey: Journey, day: date) -> HttpResponse:
    medicines = medicines_of(request.access)
    doses = list(journey.doses.readable_by(request.user).on(day).select_related("author"))
    due = due_on(medicines, doses, day)
    shown = {row.dose.pk for row in due if row.dose}
    names = {row.pk: row for row in medicines}
    as_needed = [
        row
        for row in medicines
        if (plan := row.plan_on(day)) and plan.schedule == DosePlan.Schedule.AS_NEEDED
    ]
    context = {
        "journey": journey,
        "day": day,
        "today": timezone.localdate(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "due": due,
        "as_needed": as_needed,
        "others": [
            (names[dose.medicine_id], dose)
            for dose in doses
            if dose.pk not in shown and dose.medicine_id in names
        ],
        "form_id": uuid.uuid4,
    }
    return render_page(
        request, "journeys/medicines/doses.html", "journeys/medicines/_doses.html", context
    )


@require_POST
@requires(Permission.RECORD, Area.MEDICINES)
def dose_write(request: JourneyRequest, journey: Journey, medicine_id: uuid.UUID) -> HttpResponse:
    """Write down what became of one dose: one press, for a dose that is due."""
    medicine = _medicine(request, journey, medicine_id)
    form = DoseForm(request.POST)
    if not form.is_valid() or not _is_due(medicine, form.cleaned_data):
        messages.info(request, _("This dose is not on the plan any more. Please look again."))
        return redirect("journeys:dose_list", journey_id=journey.pk)
    data = form.cleaned_data
    day, slot = data["day"], data["slot"]
    if medicine.plan_on(day).schedule == DosePlan.Schedule.AS_NEEDED:
        slot = slot_as_needed()
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
    if request.htmx:
        return _dose_page(request, journey, day)
    return _to_day(journey, day)


def _is_due(medicine: OwnMedicine, data: dict[str, Any]) -> bool:
    plan = medicine.plan_on(data["day"])
    if plan is None or data["day"] > timezone.localdate():
        return False
    return plan.schedule == DosePlan.Schedule.AS_NEEDED or data["slot"] in plan.slots_on(
        data["day"]
    )


def _to_day(journey: Journey, day: date) -> HttpResponse:
    answer = redirect("journeys:dose_list", journey_id=journey.pk)
    if day != timezone.localdate():
        answer["Location"] += f"?day={day.isoformat()}"
    return answer


@require_POST
@requires(Permission.RECORD, Area.MEDICINES)
def dose_delete(request: JourneyRequest, journey: Journey, dose_id: uuid.UUID) -> HttpResponse:
    """Take back what was written of a dose: then it is open again."""
    dose = get_object_or_404(journey.doses.readable_by(request.user), pk=dose_id)
    delete_record(request, journey.doses, dose_id, Area.MEDICINES)
    if request.htmx:
        return _dose_page(request, journey, dose.due_on)
    return _to_day(journey, dose.due_on)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.MEDICINES)
def medicine_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    names = medicine_names()
    hides = may_hide(request.access)
    form = AddMedicineForm(data, journey=journey, names=names, may_hide=hides)
    if form.is_valid():
        medicine = add_medicine(
            medicine=form.save(commit=False),
            plan=form.plan(),
            journey=journey,
            by=request.user,
            client_id=form.cleaned_data["client_id"],
        )
        messages.success(request, _("Saved."))
        return redirect("journeys:medicine_detail", journey_id=journey.pk, medicine_id=medicine.pk)
    return _form_page(request, journey, form, names=names)


def _form_page(
    request: JourneyRequest, journey: Journey, form: Any, theirs: Any = None, **extra: Any
) -> HttpResponse:
    context = {"journey": journey, "form": form, "theirs": theirs, **extra}
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/medicines/form.html", context=context, status=status)


@require_safe
@requires(Permission.VIEW, Area.MEDICINES)
def medicine_detail(
    request: JourneyRequest, journey: Journey, medicine_id: uuid.UUID
) -> HttpResponse:
    """One medicine: its plan, how the dose changed, a plain count, and what to watch."""
    medicine = _medicine(request, journey, medicine_id)
    today = timezone.localdate()
    doses = list(
        medicine.doses.readable_by(request.user)
        .between(today - EARLIEST, today)
        .select_related("author")
    )
    names, rules = medicine_names(), load_rules()
    known = names.by_slug.get(medicine.guide)
    context = {
        "journey": journey,
        "medicine": medicine,
        "plan": medicine.plan_on(today),
        "plans": list(reversed(medicine.plans.all())),
        "count": count(medicine, doses, today),
        "days": COUNTED.days,
        "doses": doses[:DOSES_SHOWN],
        "known": known,
        "near": [] if known else names.near(medicine.name),
        "watch": [rules.symptoms[slug] for slug in known.watch if slug in rules.symptoms]
        if known
        else [],
        "can_edit": request.access.can_edit(medicine, Area.MEDICINES),
    }
    return render_page(request, "journeys/medicines/detail.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.MEDICINES)
def medicine_edit(
    request: JourneyRequest, journey: Journey, medicine_id: uuid.UUID
) -> HttpResponse:
    medicine = _medicine(request, journey, medicine_id)
    editable_or_403(request.access, medicine, Area.MEDICINES)
    names = medicine_names()
    data = request.POST if request.method == "POST" else None
    hides = may_hide(request.access, medicine)
    form = MedicineForm(data, instance=medicine, journey=journey, names=names, may_hide=hides)
    theirs = None
    if form.is_valid():
        theirs = save_correction(request, form)
        if theirs is None:
            follow_only_me(medicine)
            return redirect(
                "journeys:medicine_detail", journey_id=journey.pk, medicine_id=medicine_id
            )
    return _form_page(request, journey, form, theirs, names=names, medicine=medicine)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.MEDICINES)
def dose_change(request: JourneyRequest, journey: Journey, medicine_id: uuid.UUID) -> HttpResponse:
    """A new dose or new times from a day on; what held before stays readable."""
    medicine = _medicine(request, journey, medicine_id)
    editable_or_403(request.access, medicine, Area.MEDICINES)
    known = medicine_names().by_slug.get(medicine.guide)
    data = request.POST if request.method == "POST" else None
    form = DosePlanForm(
        data,
        plan=medicine.plan_on(timezone.localdate()),
        once_weekly=bool(known and known.once_weekly),
    )
    if form.is_valid():
        change_dose(
            medicine=medicine,
            plan=form.plan(),
            by=request.user,
            client_id=form.cleaned_data["client_id"],
        )
        messages.success(request, _("Saved. What you took before stays readable."))
        return redirect("journeys:medicine_detail", journey_id=journey.pk, medicine_id=medicine_id)
    return _form_page(request, journey, form, medicine=medicine, dose=True)


@require_POST
@requires(Permission.RECORD, Area.MEDICINES)
def medicine_delete(
    request: JourneyRequest, journey: Journey, medicine_id: uuid.UUID
) -> HttpResponse:
    delete_record(request, journey.medicines, medicine_id, Area.MEDICINES)
    return redirect("journeys:medicine_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.MEDICINES)
def medicine_restore(
    request: JourneyRequest, journey: Journey, medicine_id: uuid.UUID
) -> HttpResponse:
    restore_record(request, journey.medicines, medicine_id, Area.MEDICINES)
    return redirect("journeys:medicine_list", journey_id=journey.pk)
