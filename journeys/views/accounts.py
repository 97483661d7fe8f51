"""Deleting one's account, keeping it after all, and what it agreed to."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careguide.account import end_other_sessions, must_have_proved_it
from careguide.http import HttpRequest, render_page
from content.models import Notice
from journeys.access import GOING, signed_in
from journeys.actions.accounts import ask_to_delete, keep
from journeys.actions.consents import DUE, agree, notices_due


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def account_delete(request: HttpRequest) -> HttpResponse:
    """Say what goes and when; a press asks for the password and begins it."""
    if request.method == "POST":
        must_have_proved_it(request)
        ask_to_delete(request.user)
        end_other_sessions(request)
        return redirect(GOING)
    kept = request.user.own_journeys.kept_for_others().exists()
    context = {"keeps_for_others": kept, "grace_days": settings.DELETION_GRACE_DAYS}
    return render_page(request, "journeys/accounts/delete.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def account_agreements(request: HttpRequest) -> HttpResponse:
    """What this account agreed to and when; and what it has yet to read."""
    due = notices_due(request.user)
    if request.method == "POST":
        agree(request.user, due)
        request.session[DUE] = False
        messages.success(request, _("Thank you. It is noted that you read it."))
        return redirect("journeys:account_agreements")
    titles = dict(Notice.objects.values_list("slug", "title"))
    context = {
        "due": due,
        "agreed": [(row, titles.get(row.notice, "")) for row in request.user.consents.all()],
    }
    return render_page(request, "journeys/accounts/agreements.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def account_going(request: HttpRequest) -> HttpResponse:
    """Until when the account is there, and the one press that keeps it."""
    if not request.user.is_going:
        return redirect("journeys:home")
    if request.method == "POST":
        keep(request.user)
        messages.success(
            request, _("Your account stays. What you shared has ended; you can share it again.")
        )
        return redirect("journeys:home")
    return render_page(request, "journeys/accounts/going.html")
