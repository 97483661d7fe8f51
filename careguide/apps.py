"""The project as an app: commands and checks, no models."""

from django.apps import AppConfig


class CareguideConfig(AppConfig):
    name = "careguide"

    def ready(self) -> None:
        # Both register on import.
        from careguide import checks, security_log  # noqa: F401, PLC0415
