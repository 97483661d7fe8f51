"""Who looked at a journey, who changed something, and what to do when that was not wanted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from careguide.account import end_other_sessions
from careguide.http import render_page
from journeys.access import JourneyRequest, Permission, requires
from journeys.actions.journeys import shut_everybody_out
from journeys.exports.csv_file import csv_file
from journeys.models import Journey
from journeys.views.records import page_of

SHOWN = 100
SORTS = [
    ("when", gettext_lazy("Newest first")),
    ("first", gettext_lazy("Oldest first")),
    ("who", gettext_lazy("By person")),
    ("part", gettext_lazy("By part")),
]


@require_safe
@requires(Permission.SHARE)
def access_log(request: JourneyRequest, journey: Journey) -> HttpResponse:
    chosen = request.GET.get("sort", "")
    rows = journey.access_events.select_related("actor", "about").sorted_by(chosen)
    events, newer, older = page_of(request, rows, SHOWN)
    context = {
        "journey": journey,
        "events": events,
        "sorts": SORTS,
        "chosen": chosen if chosen in dict(SORTS) else "when",
        "newer": newer,
        "older": older,
    }
    return render_page(request, "journeys/access_log/list.html", context=context)


@require_safe
@requires(Permission.SHARE)
def access_log_file(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """The whole log as a table for a spreadsheet, the oldest line first."""
    rows = journey.access_events.select_related("actor", "about").sorted_by("first")
    body = csv_file(
        [_("When"), _("Who"), _("What"), _("Part or person")],
        (
            (
                date_format(timezone.localtime(event.at), "Y-m-d H:i"),
                event.actor.shown_name if event.actor else "",
                event.get_kind_display(),
                event.what,
            )
            for event in rows.iterator()
        ),
    )
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    name = f"log-{timezone.localdate():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SHARE)
def access_log_not_me(request: JourneyRequest, journey: Journey) -> HttpResponse:
    """End everything by which somebody else could look, with one press."""
    if request.method == "POST":
        shut_everybody_out(journey=journey, by=request.user)
        end_other_sessions(request)
        messages.success(
            request,
            _("Done. Only this device sees your journey now. Please choose a new password, too."),
        )
        return redirect("account_change_password")
    return render_page(request, "journeys/access_log/not_me.html", context={"journey": journey})
