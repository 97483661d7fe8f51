"""What every page needs to know about this site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    return {"site_name": settings.SITE_NAME, "support_email": settings.SUPPORT_EMAIL}
