"""Who may see a journey: invite, accept, change, end, leave."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careguide.account import must_have_proved_it, within_limit
from careguide.http import INVALID_FORM, HttpRequest, render_page
from journeys.access import TO_POST, JourneyRequest, Permission, public, requires
from journeys.actions import shares as sharing
from journeys.forms.shares import HandOverForm, InviteForm, ShareForm
from journeys.models import Area, Journey, Role, Share
from journeys.models.shares import INVITATION_LASTS


@require_safe
@requires(Permission.SHARE)
def share_list(request: JourneyRequest, journey: Journey) -> HttpResponse:
    context = {
        "journey": journey,
        "shares": journey.shares.open(timezone.now()).select_related("user").order_by("created_at"),
    }
    return render_page(request, "journeys/shares/list.html", context=context)


def _invite(request: JourneyRequest, form: InviteForm | HandOverForm, **fields: Any) -> bool:
    """Send the invitation. Returns False, with an error on the form, when the mail cannot go."""
    if not within_limit(request, "invite"):
        form.add_error(None, _("That is many invitations for one day. Please go on tomorrow."))
        return False
    try:
        sharing.invite(
            journey=request.access.journey,
            by=request.user,
            email=form.cleaned_data["email"],
            **fields,
        )
    except sharing.NotSentError:
        form.add_error(
            None, _("We could not send the mail just now. Nothing was shared. Please try later.")
        )
        return False
    messages.success(request, _("The invitation is on its way. It works for 7 days."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SHARE, proof_for=TO_POST)
def share_add(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Invite somebody by mail."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invite(
        request,
        form,
        role=form.cleaned_data["role"],
        areas=form.cleaned_data["areas"],
        ends_at=form.ends_at,
    ):
        return redirect("journeys:share_list", journey_id=journey.pk)
    context = {"journey": journey, "form": form}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/shares/form.html", context=context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SHARE)
def share_edit(request: JourneyRequest, journey: Journey, share_id: uuid.UUID) -> HttpResponse:
    """Change what somebody sees or does; it holds from their next request on."""
    share = get_object_or_404(journey.shares.open(timezone.now()), pk=share_id)
    form = ShareForm(request.POST if request.method == "POST" else None, share=share)
    if form.is_valid():
        if form.widens:
            must_have_proved_it(request)
        sharing.change(
            share=share,
            by=request.user,
            role=form.cleaned_data["role"],
            areas=form.cleaned_data["areas"],
            ends_at=form.ends_at,
        )
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("journeys:share_list", journey_id=journey.pk)
    context = {"journey": journey, "form": form, "share": share}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/shares/form.html", context=context, status=status)


@require_POST
@requires(Permission.SHARE, proof_for=TO_POST)
def share_agree(request: JourneyRequest, journey: Journey, share_id: uuid.UUID) -> HttpResponse:
    """Let in somebody who took the link up from another address."""
    share = get_object_or_404(journey.shares.open(timezone.now()), pk=share_id)
    try:
        sharing.agree(share=share, by=request.user)
    except sharing.CannotAcceptError:
        messages.info(request, _("This journey was handed over already. Nothing was changed."))
        return redirect("journeys:share_list", journey_id=journey.pk)
    messages.success(request, _("They can see it now."))
    if share.hands_over:
        return redirect("journeys:home")
    return redirect("journeys:share_list", journey_id=journey.pk)


@require_POST
@requires(Permission.SHARE, proof_for=TO_POST)
def share_renew(request: JourneyRequest, journey: Journey, share_id: uuid.UUID) -> HttpResponse:
    """Let a share last longer, with one press."""
    share = get_object_or_404(journey.shares.open(timezone.now()), pk=share_id)
    sharing.renew(share=share, by=request.user)
    messages.success(request, _("Renewed. You can still end it at any moment."))
    return redirect("journeys:share_list", journey_id=journey.pk)


@require_POST
@requires(Permission.SHARE)
def share_narrow(request: JourneyRequest, journey: Journey, share_id: uuid.UUID) -> HttpResponse:
    """Leave only the appointments, with one press and without a word to the other side."""
    share = get_object_or_404(journey.shares.open(timezone.now()), pk=share_id)
    sharing.narrow(share=share, by=request.user)
    messages.success(request, _("From now on they see the appointments, nothing else."))
    return redirect("journeys:share_list", journey_id=journey.pk)


@require_POST
@requires(Permission.SHARE)
def share_revoke(request: JourneyRequest, journey: Journey, share_id: uuid.UUID) -> HttpResponse:
    share = get_object_or_404(journey.shares.open(timezone.now()), pk=share_id)
    sharing.end(journey=journey, by=request.user, shares=[share])
    messages.success(request, _("Ended. From now on this person sees nothing here."))
    return redirect("journeys:share_list", journey_id=journey.pk)


@require_POST
@requires(Permission.SHARE)
def share_revoke_all(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Stop all sharing: shares, and invitations on their way."""
    sharing.end(journey=journey, by=request.user)
    messages.success(request, _("Ended. From now on nobody but you sees anything here."))
    return redirect("journeys:share_list", journey_id=journey.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW, is_ones_own=True)
def share_leave(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """A caregiver ends their own share."""
    share = request.access.share
    if share is None:
        raise Http404
    if request.method == "POST":
        sharing.end(journey=journey, by=request.user, shares=[share])
        messages.success(request, _("You have left. What you wrote stays with the journey."))
        return redirect("journeys:journey_list")
    return render_page(request, "journeys/shares/leave.html", context={"journey": journey})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SHARE, proof_for=TO_POST)
def hand_over(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Invite the person this journey is about to become its owner."""
    if not journey.kept_for_another:
        raise Http404
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invite(
        request,
        form,
        role=Role.MANAGER,
        areas=Area.values,
        ends_at=timezone.now() + INVITATION_LASTS + timedelta(days=1),
        hands_over=True,
    ):
        return redirect("journeys:share_list", journey_id=journey.pk)
    context = {"journey": journey, "form": form}
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/shares/hand_over.html", context=context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public(reason="the link in the mail must open before the invitee has an account")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a mailed link. Links that are used, ended, expired or made up look alike."""
    shares = Share.objects.invited(token, timezone.now()).select_related("journey__owner")
    share = shares.first()
    context = {"private_page": True, "token": token, "share": share}
    if share is None:
        return render_page(request, "journeys/shares/gone.html", context=context, status=404)
    if request.method == "POST" and request.user.is_authenticated:
        try:
            counts = sharing.accept(share=share, by=request.user)
        except sharing.CannotAcceptError:
            messages.info(request, _("This account cannot take up this invitation."))
            return redirect("journeys:invitation", token=token)
        if counts:
            return redirect("journeys:today", journey_id=share.journey_id)
        messages.info(
            request,
            _("Your address is not the one that was invited. The owner is asked to agree first."),
        )
        return redirect("journeys:journey_list")
    return render_page(request, "journeys/shares/invitation.html", context=context)
