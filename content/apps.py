"""The guide, its catalogues and the call levels: the same for everybody, public to read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = _("Guide")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content import system_checks  # noqa: F401 - checks register on import
