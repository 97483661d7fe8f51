"""People's own records: private by default."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "journeys"
    verbose_name = _("Journeys")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from careguide.account import user_logged_in  # noqa: PLC0415
        from journeys import audit  # noqa: PLC0415

        def note_sign_in(user: Any, **_kwargs: Any) -> None:
            audit.record_sign_in(user)

        user_logged_in.connect(note_sign_in, weak=False, dispatch_uid="journeys.sign_in")
