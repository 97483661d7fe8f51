"""People's own records: private by default."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "journeys"
    verbose_name = _("Journeys")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from careguide.account import user_logged_in, user_signed_up  # noqa: PLC0415
        from careguide.forms import ZONES  # noqa: PLC0415
        from content.models import Notice  # noqa: PLC0415
        from journeys import audit  # noqa: PLC0415
        from journeys.actions import consents  # noqa: PLC0415

        def note_sign_in(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
            audit.record_sign_in(user)
            # Pages ask for it while it is open, without looking it up each time.
            request.session[consents.DUE] = bool(consents.notices_due(user))

        def note_sign_up(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
            # The page of the sign-up says that starting is agreeing.
            consents.agree(user, Notice.objects.asked())
            user.language = get_language()
            # What the device says of itself; without scripts nothing, and then the site's counts.
            zone = request.POST.get("time_zone", "")
            user.time_zone = zone if zone in ZONES else ""
            user.save(update_fields=["language", "time_zone"])

        user_signed_up.connect(note_sign_up, weak=False, dispatch_uid="journeys.sign_up")
        user_logged_in.connect(note_sign_in, weak=False, dispatch_uid="journeys.sign_in")
