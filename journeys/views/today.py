"""Today: where I am, what is next, what fits, and whom to call."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from careguide.http import render_page
from content.index import content_index
from content.relevance import by_reason, lead
from journeys.access import Access, JourneyRequest, Permission, requires, signed_in
from journeys.guidance import standing
from journeys.models import Appointment, Area, Journey
from journeys.same_as_last import LOOKS_BACK

# What this page shows of a journey, so far as the reader may see it.
AREAS = {Area.STAGE, Area.SYMPTOMS, Area.MOOD, Area.APPOINTMENTS, Area.QUESTIONS}
SHOWN = {"topics": 5, "questions": 5, "symptoms": 8}


@require_safe
@signed_in
def home(request: JourneyRequest) -> HttpResponse:
    """Send people with one journey to it, others to their list."""
    journeys = list(Journey.objects.visible_to(request.user)[:2])
    if len(journeys) == 1:
        return redirect("journeys:today", journey_id=journeys[0].pk)
    return redirect("journeys:journey_list")


@require_safe
@requires(Permission.VIEW)
def today(request: JourneyRequest, journey: Journey) -> HttpResponse:
    access, now = request.access, timezone.now()
    request.areas_shown = access.areas & AREAS
    appointment = last_visit = check_in = None
    questions = []
    if access.sees(Area.APPOINTMENTS):
        visits = journey.appointments.readable_by(request.user)
        appointment, last_visit = visits.upcoming(now).first(), visits.past(now).first()
    if access.sees(Area.SYMPTOMS) and access.sees(Area.MOOD):
        check_in = journey.check_ins.readable_by(request.user).newest_first().first()
    if access.sees(Area.QUESTIONS):
        questions = list(journey.questions.readable_by(request.user).open()[: SHOWN["questions"]])
    where = standing(access, next_visit_kind=appointment.kind if appointment else "")
    index = content_index()
    taken = {question.suggested for question in questions}
    context = {
        "journey": journey,
        "stage": where.stage,
        "phase": index.phases.get(where.stage.phase) if where.stage else None,
        "appointment": appointment,
        "appointment_kind": index.name("visit_kinds", appointment.kind) if appointment else "",
        "look_back": last_visit if _asks_about(last_visit, access, now) else None,
        "look_back_kind": index.name("visit_kinds", last_visit.kind) if last_visit else "",
        "check_in": check_in,
        "same_as_last": check_in is not None and check_in.occurred_at > now - LOOKS_BACK,
        "questions": questions,
        "topics": by_reason(lead(index.topics_for, where.context)[: SHOWN["topics"]]),
        "suggested": by_reason(
            [row for row in lead(index.questions_for, where.context) if row.item.slug not in taken][
                : SHOWN["questions"]
            ]
        ),
        "watch": by_reason(index.symptoms_for(where.context)[: SHOWN["symptoms"]]),
    }
    return render_page(request, "journeys/today.html", context=context)


def _asks_about(visit: Appointment | None, access: Access, at: datetime) -> bool:
    """Whether the last visit so far is one that this person is asked about now: once, gently."""
    return (
        visit is not None
        and access.journey.is_active
        and visit.asks_how_it_went(at)
        and access.can_edit(visit, Area.APPOINTMENTS)
    )
