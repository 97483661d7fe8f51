"""The journey at hand, for navigation and for the numbers of the red path."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.access import Access, only_access
from journeys.models import Area

# What an owner can look at with the eyes of another: the pages where most of it stands.
MAIN_PAGES = [
    ("today", "", _("Today")),
    ("timeline", "", _("Timeline")),
    ("check_in_list", Area.SYMPTOMS, _("Check-ins")),
    ("appointment_list", Area.APPOINTMENTS, _("Appointments")),
    ("question_list", Area.QUESTIONS, _("Questions")),
    ("medicine_list", Area.MEDICINES, _("Medicines")),
    ("lab_list", Area.LABS, _("Lab results")),
    ("note_list", Area.NOTES, _("Notes")),
    ("stage_detail", Area.STAGE, _("Stage")),
]


def journey(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    access = getattr(request, "access", None) or (only_access(user) if user else None)
    if access is None:
        return {"red_path_url": reverse("content:red_path")}
    return {
        "seen_as_pages": _pages_of(access) if getattr(request, "seen_as", None) else [],
        "access": access,
        "nav_journey": access.journey,
        "red_path_url": reverse("journeys:red_path", kwargs={"journey_id": access.journey.pk}),
    }


def _pages_of(access: Access) -> list[tuple[str, Any]]:
    return [
        (f"journeys:{name}", label)
        for name, area, label in MAIN_PAGES
        if not area or access.sees(area)
    ]
