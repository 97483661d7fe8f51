"""The project as an app: commands and checks, no models."""

from django.apps import AppConfig


class CareguideConfig(AppConfig):
    name = "careguide"

    def ready(self) -> None:
        from careguide import checks  # noqa: F401 - checks register on import
