"""Medicines: what is taken, and how the dose changed."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from content.catalogue import rules as load_rules
from content.medicine_names import medicine_names
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.medicines import add_medicine, change_dose, follow_only_me
from journeys.forms.medicines import AddMedicineForm, DosePlanForm, MedicineForm
from journeys.medicines import COUNTED, count, medicines_of, rows_of
from journeys.models import Area, DosePlan, Journey
from journeys.views.records import (
    delete_record,
    editable_or_403,
    last_deleted,
    may_hide,
    restore_record,
    save_correction,
)

DOSES_SHOWN = 30
DOSES_COUNTED = timedelta(days=366)


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
    medicine = get_object_or_404(rows_of(request.access), pk=medicine_id)
    today = timezone.localdate()
    doses = list(
        medicine.doses.readable_by(request.user)
        .between(today - DOSES_COUNTED, today)
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
    medicine = get_object_or_404(rows_of(request.access), pk=medicine_id)
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
    medicine = get_object_or_404(rows_of(request.access), pk=medicine_id)
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
