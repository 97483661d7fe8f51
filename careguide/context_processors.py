"""What every page needs to know about this site, and about the sign-in that looks at it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from careguide.idle import STAYS, Device, device_of

# The page asks, and keeps what is written, a little before the server ends the sign-in.
PAGE_ENDS_EARLIER = 60


def site(request: HttpRequest) -> dict[str, Any]:
    context = {"site_name": settings.SITE_NAME, "support_email": settings.SUPPORT_EMAIL}
    context["languages"] = settings.LANGUAGES if len(settings.LANGUAGES) > 1 else []
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    device = device_of(request)
    return context | {
        "idle_seconds": STAYS[device].idle - PAGE_ENDS_EARLIER,
        "shared_device": device is Device.SHARED,
        "own_device": device is Device.OWN,
    }
