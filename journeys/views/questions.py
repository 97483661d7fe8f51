"""Questions for the team: suggested or own, starred, shown, answered, found again."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from content.index import content_index
from content.relevance import by_reason
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.questions import make_room, star_question, take_question
from journeys.forms.questions import AnswerForm, QuestionForm, SearchForm
from journeys.guidance import areas_of_reasons, standing
from journeys.models import Appointment, Area, Journey
from journeys.procedures import visit_named
from journeys.question_list import found, to_ask
from journeys.views.records import (
    delete_record,
    editable_or_403,
    last_deleted,
    may_hide,
    restore_record,
    save_correction,
)

SUGGESTED = 10
# Where the session keeps what was looked for, by journey.
SOUGHT = "questions_sought"
# What the list tells beside the questions themselves, so far as the reader may see it.
SHOWN = {Area.APPOINTMENTS}


@require_safe
@requires(Permission.VIEW, Area.QUESTIONS)
def question_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """What to ask at which visit, what one could ask, and the answers. `?all` suggests all."""
    questions = list(
        journey.questions.readable_by(request.user).in_order().select_related("author")
    )
    index = content_index()
    asked = to_ask(request.access, [row for row in questions if not row.answer], index)
    where = standing(request.access, next_visit_kind=asked.kind_of_next)
    taken = {question.suggested for question in questions}
    suggested = [row for row in index.questions_for(where.context) if row.item.slug not in taken]
    offered = suggested if "all" in request.GET else suggested[:SUGGESTED]
    request.areas_shown = request.access.areas & SHOWN | areas_of_reasons(offered, request.access)
    context = {
        "journey": journey,
        "asked": asked,
        "answered": sorted(
            (row for row in questions if row.answer),
            key=lambda row: (row.answered_on or timezone.localdate(), row.created_at),
            reverse=True,
        ),
        "suggested": by_reason(offered),
        "more": len(suggested) - len(offered),
        "deleted": last_deleted(request, journey.questions, Area.QUESTIONS),
        "search": SearchForm(),
        "form": _question_form(request, journey) if request.access.records else None,
    }
    return render_page(request, "journeys/questions/list.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW, Area.QUESTIONS)
def question_search(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Look for words in questions and answers. They are posted: no address tells them."""
    kept = request.session.get(SOUGHT, {})
    words = kept.get(str(journey.pk), "")
    form = SearchForm(request.POST if request.method == "POST" else None, words=words)
    if form.is_valid():
        request.session[SOUGHT] = kept | {str(journey.pk): form.cleaned_data["words"]}
        return redirect("journeys:question_search", journey_id=journey.pk)
    rows = journey.questions.readable_by(request.user).newest_first().select_related("author")
    sought = "" if form.errors else words
    context = {
        "journey": journey,
        "form": form,
        "sought": sought,
        "found": found(rows, sought) if sought else [],
    }
    status = INVALID_FORM if form.errors else 200
    return render_page(request, "journeys/questions/search.html", context=context, status=status)


@require_safe
@requires(Permission.VIEW, Area.QUESTIONS)
def question_show(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """What to ask, in large type, to hold up or to print.

    Those of the next visit, or of the one of today; without any, the starred ones; else all.
    """
    request.areas_shown = request.access.areas & SHOWN
    rows = list(journey.questions.readable_by(request.user).open())
    group = to_ask(request.access, rows, content_index()).first
    shown = [row.question for row in group.rows] if group else []
    shown = shown or [row for row in rows if row.starred] or rows
    context = {
        "journey": journey,
        "questions": shown,
        "visit": group.visit if group else None,
        "more": len(rows) - len(shown),
    }
    return render_page(request, "journeys/questions/show.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.QUESTIONS)
def question_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    form = _question_form(request, journey)
    if form.is_valid():
        journey.questions.create_once(
            journey=journey,
            client_id=form.cleaned_data["client_id"],
            author=request.user,
            **form.said,
        )
        messages.success(request, _("Your question is on the list."))
        return redirect("journeys:question_list", journey_id=journey.pk)
    context = {"journey": journey, "form": form}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/questions/form.html", context=context, status=status)


def _question_form(request: JourneyRequest, journey: Journey) -> QuestionForm:
    data = request.POST if request.method == "POST" else None
    return QuestionForm(data, journey=journey, may_hide=may_hide(request.access))


@require_POST
@requires(Permission.RECORD, Area.QUESTIONS)
def question_take(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Put a suggested question on the list. Which one is posted: no address tells it."""
    slug = request.POST.get("suggested", "")
    suggestion = next((row for row in content_index().questions if row.slug == slug), None)
    if suggestion is None:
        messages.info(request, _("This question is not suggested any more. Please look again."))
    else:
        take_question(journey=journey, by=request.user, slug=slug, text=str(suggestion.title))
        messages.success(request, _("The question is on the list."))
    return redirect("journeys:question_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.QUESTIONS)
def question_star(
    request: JourneyRequest, journey: Journey, question_id: uuid.UUID
) -> HttpResponse:
    """Star a question, or take its star away. Three can be starred at once."""
    question = get_object_or_404(journey.questions.readable_by(request.user), pk=question_id)
    if not star_question(question=question, by=request.user):
        messages.info(request, _("Three questions are starred already. Take one star away first."))
    return redirect("journeys:question_list", journey_id=journey.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.QUESTIONS)
def question_edit(
    request: JourneyRequest, journey: Journey, question_id: uuid.UUID
) -> HttpResponse:
    """Change a question, or write the answer beside it."""
    question = get_object_or_404(journey.questions.readable_by(request.user), pk=question_id)
    editable_or_403(request.access, question, Area.QUESTIONS)
    data = request.POST if request.method == "POST" else None
    visit = visit_named(request.access, question.appointment_id)
    form = AnswerForm(
        data,
        instance=question,
        journey=journey,
        visit=visit,
        may_hide=may_hide(request.access, question),
    )
    theirs = None
    if form.is_valid():
        theirs = save_correction(request, form)
        if theirs is None:
            return redirect("journeys:question_list", journey_id=journey.pk)
    people = _people(request, visit)
    request.areas_shown = request.access.areas & SHOWN if visit or people else frozenset()
    context = {
        "journey": journey,
        "form": form,
        "question": question,
        "theirs": theirs,
        "people": people,
    }
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/questions/form.html", context=context, status=status)


def _people(request: JourneyRequest, visit: Appointment | None) -> list[str]:
    """Who may have said it: the person of the visit, then the care team."""
    if not request.access.sees(Area.APPOINTMENTS):
        return []
    team = request.access.journey.care_team_members.readable_by(request.user).in_order()
    names = [visit.person if visit else "", *team.values_list("name", flat=True)]
    return list(dict.fromkeys(filter(None, names)))


@require_POST
@requires(Permission.RECORD, Area.QUESTIONS)
def question_delete(
    request: JourneyRequest, journey: Journey, question_id: uuid.UUID
) -> HttpResponse:
    delete_record(request, journey.questions, question_id, Area.QUESTIONS)
    return redirect("journeys:question_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.QUESTIONS)
def question_restore(
    request: JourneyRequest, journey: Journey, question_id: uuid.UUID
) -> HttpResponse:
    question = get_object_or_404(journey.questions.deleted_lately(request.user), pk=question_id)
    make_room(journey=journey, by=request.user, slug=question.suggested)
    restore_record(request, journey.questions, question_id, Area.QUESTIONS)
    return redirect("journeys:question_list", journey_id=journey.pk)
