"""Appointments: what is next, what was, and what to bring."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from content.index import Index, content_index
from content.models import VisitKind, content_revision
from content.procedure_kinds import procedure_kinds
from content.relevance import by_reason
from journeys import records
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.appointments import look_back, make_appointments
from journeys.forms.appointments import AppointmentForm, LookBackForm
from journeys.forms.base import ClientIdField
from journeys.guidance import areas_of_reasons, standing
from journeys.models import Appointment, Area, Journey
from journeys.month import month_in, month_of
from journeys.procedures import offers
from journeys.views.records import (
    delete_record,
    editable_or_403,
    last_deleted,
    may_hide,
    restore_record,
    save_correction,
)

PAST_SHOWN = 50


def _named(index: Index, appointments: Iterable[Appointment]) -> list[dict[str, object]]:
    return [
        {"appointment": row, "kind_name": index.name("visit_kinds", row.kind)}
        for row in appointments
    ]


@require_safe
@requires(Permission.VIEW, Area.APPOINTMENTS)
def appointment_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    index, now = content_index(), timezone.now()
    rows = journey.appointments.readable_by(request.user).select_related("author")
    context = {
        "journey": journey,
        "upcoming": _named(index, rows.from_now(now)),
        "past": _named(index, rows.before_now(now)[:PAST_SHOWN]),
        "deleted": last_deleted(request, journey.appointments, Area.APPOINTMENTS),
    }
    return render_page(request, "journeys/appointments/list.html", context=context)


@require_safe
@requires(Permission.VIEW, Area.APPOINTMENTS)
def appointment_month(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The month that `?month=2026-11` names, or this one."""
    index, today = content_index(), timezone.localdate()
    rows = journey.appointments.readable_by(request.user).select_related("author")
    month = month_of(rows, month_in(request.GET.get("month", ""), today))
    context = {
        "journey": journey,
        "month": month,
        "today": today,
        "visits": _named(index, month.visits),
    }
    return render_page(request, "journeys/appointments/month.html", context=context)


@require_safe
@requires(Permission.VIEW, Area.APPOINTMENTS)
def appointment_detail(
    request: JourneyRequest, journey: Journey, appointment_id: uuid.UUID
) -> HttpResponse:
    appointment = get_object_or_404(
        journey.appointments.readable_by(request.user).select_related("author"), pk=appointment_id
    )
    revision = content_revision()
    index = content_index(revision)
    where = standing(request.access, next_visit_kind=appointment.kind)
    asks = request.access.sees(Area.QUESTIONS)
    questions = list(appointment.questions.readable_by(request.user).in_order()) if asks else []
    taken = {row.suggested for row in questions}
    fitting = [
        row
        for row in index.questions_for(where.context)
        if row.item.slug not in taken
        and any(appointment.kind in rule.wants.get("visit_kinds", ()) for rule in row.item.rules)
    ][:5]
    request.areas_shown = request.access.areas & {Area.QUESTIONS}
    if asks:
        request.areas_shown |= areas_of_reasons(fitting, request.access)
    context = {
        "journey": journey,
        "appointment": appointment,
        "kind_name": index.name("visit_kinds", appointment.kind),
        "kind": VisitKind.objects.in_language().filter(slug=appointment.kind).first(),
        "suggested": by_reason(fitting) if asks else [],
        "questions": questions,
        "is_over": appointment.starts_at < timezone.now(),
        "can_edit": request.access.can_edit(appointment, Area.APPOINTMENTS),
        "offers": offers(request.access, procedure_kinds(revision), only=appointment),
    }
    return render_page(request, "journeys/appointments/detail.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.APPOINTMENTS)
def appointment_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    like = ClientIdField().clean(request.GET.get("like"))
    rows = journey.appointments.readable_by(request.user)
    model = rows.filter(pk=like).first() if like else None
    hides = may_hide(request.access)
    # Visits are where the patient is, whoever writes them down, and wherever.
    zone = rows.zone_of_newest() or journey.owner.zone.key
    form = AppointmentForm(data, journey=journey, like=model, zone=zone, may_hide=hides)
    if form.is_valid():
        made = make_appointments(
            journey=journey,
            by=request.user,
            client_id=form.cleaned_data["client_id"],
            visits=form.visits,
            **form.said,
        )
        if len(made) > 1:
            words = _("Saved: %(count)s visits. Each can be changed on its own.")
            messages.success(request, words % {"count": len(made)})
            return redirect("journeys:appointment_list", journey_id=journey.pk)
        messages.success(request, _("Saved."))
        return redirect(
            "journeys:appointment_detail", journey_id=journey.pk, appointment_id=made[0].pk
        )
    context = {"journey": journey, "form": form}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/appointments/form.html", context=context, status=status)


def _editable(request: JourneyRequest, journey: Journey, appointment_id: uuid.UUID) -> Appointment:
    appointment = get_object_or_404(
        journey.appointments.readable_by(request.user), pk=appointment_id
    )
    editable_or_403(request.access, appointment, Area.APPOINTMENTS)
    return appointment


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.APPOINTMENTS)
def appointment_edit(
    request: JourneyRequest, journey: Journey, appointment_id: uuid.UUID
) -> HttpResponse:
    appointment = _editable(request, journey, appointment_id)
    data = request.POST if request.method == "POST" else None
    hides = may_hide(request.access, appointment)
    form = AppointmentForm(data, instance=appointment, journey=journey, may_hide=hides)
    theirs = None
    if form.is_valid():
        theirs = save_correction(request, form)
        if theirs is None:
            return redirect(
                "journeys:appointment_detail", journey_id=journey.pk, appointment_id=appointment_id
            )
    context = {"journey": journey, "form": form, "appointment": appointment, "theirs": theirs}
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/appointments/form.html", context=context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.APPOINTMENTS)
def appointment_look_back(
    request: JourneyRequest, journey: Journey, appointment_id: uuid.UUID
) -> HttpResponse:
    """Write how a visit went, or (`not_now`) say that one would rather not be asked again."""
    appointment = _editable(request, journey, appointment_id)
    if "not_now" in request.POST:
        look_back(appointment)
        return redirect("journeys:today", journey_id=journey.pk)
    data = request.POST if request.method == "POST" else None
    form = LookBackForm(data, instance=appointment, journey=journey)
    theirs = None
    if form.is_valid():
        theirs = save_correction(request, form)
        if theirs is None:
            look_back(appointment)
            return redirect(
                "journeys:appointment_detail", journey_id=journey.pk, appointment_id=appointment_id
            )
    asks = request.access.sees(Area.QUESTIONS)
    request.areas_shown = request.access.areas & {Area.QUESTIONS}
    rows = appointment.questions.readable_by(request.user).in_order()
    context = {
        "journey": journey,
        "form": form,
        "appointment": appointment,
        "kind_name": content_index().name("visit_kinds", appointment.kind),
        "questions": list(rows) if asks else [],
        "theirs": theirs,
    }
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    template = "journeys/appointments/look_back.html"
    return render_page(request, template, context=context, status=status)


@require_POST
@requires(Permission.RECORD, Area.APPOINTMENTS)
def appointment_call_off(
    request: JourneyRequest, journey: Journey, appointment_id: uuid.UUID
) -> HttpResponse:
    """Say that it does not take place (`off` is posted), or that it does after all."""
    appointment = _editable(request, journey, appointment_id)
    called_off = "off" in request.POST
    if appointment.called_off != called_off:
        appointment.called_off = called_off
        try:
            records.change(appointment, by=request.user, expected_version=appointment.version)
        except records.Conflict:
            messages.info(request, _("Somebody else changed this just now. Please look again."))
        else:
            messages.success(request, _("Saved."))
    return redirect(
        "journeys:appointment_detail", journey_id=journey.pk, appointment_id=appointment_id
    )


@require_POST
@requires(Permission.RECORD, Area.APPOINTMENTS)
def appointment_delete(
    request: JourneyRequest, journey: Journey, appointment_id: uuid.UUID
) -> HttpResponse:
    delete_record(request, journey.appointments, appointment_id, Area.APPOINTMENTS)
    return redirect("journeys:appointment_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.APPOINTMENTS)
def appointment_restore(
    request: JourneyRequest, journey: Journey, appointment_id: uuid.UUID
) -> HttpResponse:
    restore_record(request, journey.appointments, appointment_id, Area.APPOINTMENTS)
    return redirect("journeys:appointment_list", journey_id=journey.pk)
