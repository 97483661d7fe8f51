"""Reminders: what a person wants to be reminded of, every mail that was sent, and ending them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from careguide.http import INVALID_FORM, HttpRequest, render_page
from journeys import emails
from journeys.access import JourneyRequest, Permission, public, requires
from journeys.actions.reminders import change_choice, choice_of, stop
from journeys.forms.reminders import ReminderForm
from journeys.models import Journey

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW, is_ones_own=True)
def reminder_edit(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Everybody's own choice, and the mails that went to them about this journey."""
    choice = choice_of(journey=journey, user=request.user)
    form = ReminderForm(request.POST if request.method == "POST" else None, instance=choice)
    if form.is_valid():
        change_choice(form.save(commit=False), stopped=form.cleaned_data["stopped"])
        messages.success(request, _("Saved."))
        return redirect("journeys:reminder_edit", journey_id=journey.pk)
    context = {
        "journey": journey,
        "form": form,
        "mails": journey.reminders.to(request.user)[:SHOWN],
    }
    status = INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/reminders/form.html", context=context, status=status)


@csrf_exempt  # mail programs press this for the person, without a page of ours (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@public(reason="who is pestered by mail ends it with one press, signed in or not")
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails of one person about one journey. Looking changes nothing; pressing does."""
    choice = emails.choice_behind(token)
    if request.method == "POST" and choice is not None:
        stop(choice)
    context = {
        "private_page": True,
        "token": token,
        "known": choice is not None,
        "stopped": request.method == "POST",
    }
    status = 200 if choice is not None else 404
    return render_page(request, "journeys/reminders/stop.html", context=context, status=status)
