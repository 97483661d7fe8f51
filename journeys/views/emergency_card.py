"""The emergency card: for the wallet and for the fridge, on screen and on paper.

Its area is that of medicines: allergies, last treatments and special blood are of their kind. The
diagnosis comes from the stage and is there only for those who see it.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from careguide.http import INVALID_FORM, render_page
from journeys.access import JourneyRequest, Permission, requires
from journeys.emergency_card import facts_of, show_card
from journeys.forms.emergency_card import EmergencyCardForm
from journeys.models import Area, Journey
from journeys.views.records import is_second_tap, save_the_one


@require_safe
@requires(Permission.VIEW, Area.MEDICINES)
def card_detail(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Both papers. What is empty is left out, or is a line to write on."""
    request.areas_shown = request.access.areas & {Area.STAGE}
    context = {"journey": journey, **show_card(request.access)}
    return render_page(request, "journeys/emergency_card/detail.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE, Area.MEDICINES)
def card_edit(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """Fill in the one card of the journey, or correct it."""
    card = journey.emergency_cards.first()
    data = request.POST if request.method == "POST" else None
    if is_second_tap(card, request):
        return redirect("journeys:card_detail", journey_id=journey.pk)
    form = EmergencyCardForm(data, instance=card, journey=journey)
    theirs = None
    if form.is_valid():
        theirs = save_the_one(request, journey.emergency_cards, form)
        if theirs is None:
            return redirect("journeys:card_detail", journey_id=journey.pk)
    context = {"journey": journey, "form": form, "card": card, "theirs": theirs}
    context["their_facts"] = facts_of(theirs, {}, {}) if theirs else []
    status = 409 if theirs else INVALID_FORM if form.is_bound else 200
    return render_page(request, "journeys/emergency_card/form.html", context=context, status=status)
