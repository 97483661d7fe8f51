"""The care team: who does what, who coordinates, which number when.

Its area is that of appointments: those name the same people, and whoever does not see them shall
not learn here that somebody goes to, say, a comfort-care team. Whom to call in an emergency stays
on the red path, for every member.
"""

import uuid
from itertools import pairwise

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.http import INVALID_FORM, render_page
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.care_team import mark_coordinator, move_up
from journeys.check_in_page import numbers_to_ring
from journeys.forms.care_team import CareTeamMemberForm
from journeys.guidance import current_stage
from journeys.models import Area, CareTeamMember, Journey
from journeys.views.records import (
    delete_record,
    editable_or_403,
    last_deleted,
    may_hide,
    page_of,
    restore_record,
    save_correction,
)

PAGE = 50


@require_safe
@requires(Permission.VIEW, Area.APPOINTMENTS)
def care_member_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The numbers for emergencies, as everywhere, and below them the care team."""
    rows = journey.care_team_members.readable_by(request.user).in_order().select_related("author")
    members, newer, older = page_of(request, rows, PAGE)
    stage = current_stage(request.access)
    context = {
        "journey": journey,
        "numbers": numbers_to_ring(journey, stage.phases if stage else frozenset()),
        "members": [
            # Nobody is put before the one who coordinates.
            (member, request.access.can_edit(member, Area.APPOINTMENTS), not above.coordinates)
            for above, member in pairwise([CareTeamMember(coordinates=True), *members])
        ],
        "newer": newer,
        "older": older,
        "deleted": last_deleted(request, journey.care_team_members, Area.APPOINTMENTS),
    }
    return render_page(request, "journeys/care_team/list.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.APPOINTMENTS)
def care_member_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = CareTeamMemberForm(data, journey=journey, may_hide=may_hide(request.access))
    if form.is_valid():
        CareTeamMember.objects.create_once(
            journey=journey,
            client_id=form.cleaned_data["client_id"],
            author=request.user,
            order=journey.care_team_members.count(),
            **form.said,
        )
        messages.success(request, _("Saved."))
        return redirect("journeys:care_member_list", journey_id=journey.pk)
    context = {"journey": journey, "form": form}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/care_team/form.html", context=context, status=status)


def _member_of(request: JourneyRequest, journey: Journey, member_id: uuid.UUID) -> CareTeamMember:
    return get_object_or_404(journey.care_team_members.readable_by(request.user), pk=member_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD, Area.APPOINTMENTS)
def care_member_edit(
    request: JourneyRequest, journey: Journey, member_id: uuid.UUID
) -> HttpResponse:
    member = _member_of(request, journey, member_id)
    editable_or_403(request.access, member, Area.APPOINTMENTS)
    data = request.POST if request.method == "POST" else None
    form = CareTeamMemberForm(
        data, instance=member, journey=journey, may_hide=may_hide(request.access, member)
    )
    theirs = None
    if form.is_valid():
        theirs = save_correction(request, form)
        if theirs is None:
            return redirect("journeys:care_member_list", journey_id=journey.pk)
    context = {"journey": journey, "form": form, "member": member, "theirs": theirs}
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/care_team/form.html", context=context, status=status)


@require_POST
@requires(Permission.MANAGE, Area.APPOINTMENTS)
def care_member_coordinates(
    request: JourneyRequest, journey: Journey, member_id: uuid.UUID
) -> HttpResponse:
    """Mark who coordinates, or take the mark back. There is one at most."""
    mark_coordinator(member=_member_of(request, journey, member_id))
    return redirect("journeys:care_member_list", journey_id=journey.pk)


@require_POST
@requires(Permission.MANAGE, Area.APPOINTMENTS)
def care_member_up(request: JourneyRequest, journey: Journey, member_id: uuid.UUID) -> HttpResponse:
    """Move one place up in the list."""
    move_up(member=_member_of(request, journey, member_id), by=request.user)
    return redirect("journeys:care_member_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.APPOINTMENTS)
def care_member_delete(
    request: JourneyRequest, journey: Journey, member_id: uuid.UUID
) -> HttpResponse:
    delete_record(request, journey.care_team_members, member_id, Area.APPOINTMENTS)
    return redirect("journeys:care_member_list", journey_id=journey.pk)


@require_POST
@requires(Permission.RECORD, Area.APPOINTMENTS)
def care_member_restore(
    request: JourneyRequest, journey: Journey, member_id: uuid.UUID
) -> HttpResponse:
    restore_record(request, journey.care_team_members, member_id, Area.APPOINTMENTS)
    return redirect("journeys:care_member_list", journey_id=journey.pk)
