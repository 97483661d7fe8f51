"""At which visit a question is asked, and in which order."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from content.index import content_index
from journeys import records
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.questions import attach_questions
from journeys.forms.base import ClientIdField
from journeys.models import Appointment, Area, Journey, Question
from journeys.procedures import visit_named
from journeys.question_list import ToAsk, to_ask


@require_POST
@requires(Permission.RECORD, Area.QUESTIONS)
def question_attach(
    request: JourneyRequest, journey: Journey, question_id: uuid.UUID
) -> HttpResponse:
    """Say at which visit to ask it (`visit` is posted), or at none yet."""
    question = get_object_or_404(journey.questions.readable_by(request.user), pk=question_id)
    visit = _visit_to_come(request)
    if visit is None and request.POST.get("visit"):
        messages.info(request, _("This visit is over or gone. Please choose again."))
    elif request.access.sees(Area.APPOINTMENTS):
        attach_questions([question], visit=visit)
    return _back_to(journey, question)


@require_POST
@requires(Permission.RECORD, Area.QUESTIONS)
def question_carry(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Take what was not asked at visits that have begun to the one that the button named."""
    visit = _visit_to_come(request)
    if visit is None or visit.starts_at < timezone.now():
        messages.info(request, _("This visit is over or gone. Please choose again."))
    else:
        attach_questions(_asked(request).left_over, visit=visit)
        messages.success(request, _("Taken along to the next visit."))
    return redirect("journeys:question_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.QUESTIONS)
def question_move(
    request: JourneyRequest, journey: Journey, question_id: uuid.UUID
) -> HttpResponse:
    """Move it one place up in its group, or down where `down` is posted."""
    question = get_object_or_404(journey.questions.readable_by(request.user), pk=question_id)
    rows = _asked(request).neighbors(question)
    if rows:
        records.move(question, rows, down="down" in request.POST)
    return _back_to(journey, question)


def _asked(request: JourneyRequest) -> ToAsk:
    rows = list(request.access.journey.questions.readable_by(request.user).open())
    return to_ask(request.access, rows, content_index())


def _visit_to_come(request: JourneyRequest) -> Appointment | None:
    visit = visit_named(request.access, ClientIdField().clean(request.POST.get("visit")))
    to_come = visit is not None and not visit.called_off and visit.day >= timezone.localdate()
    return visit if to_come else None


def _back_to(journey: Journey, question: Question) -> HttpResponse:
    address = reverse("journeys:question_list", args=[journey.pk])
    return redirect(f"{address}#question-{question.pk}")
