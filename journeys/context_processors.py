"""The journey at hand, for navigation and for the numbers of the red path."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from journeys.access import only_access


def journey(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    access = getattr(request, "access", None) or (only_access(user) if user else None)
    if access is None:
        return {"red_path_url": reverse("content:red_path")}
    return {
        "access": access,
        "nav_journey": access.journey,
        "red_path_url": reverse("journeys:red_path", kwargs={"journey_id": access.journey.pk}),
    }
