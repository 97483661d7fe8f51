"""The centre that runs this copy: its name, its numbers, its limits, its sign-off."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from content.models.revision import touch_content


class Centre(models.Model):
    """A single row (key 1). Staff fill it in; empty numbers never become dead buttons."""

    # Set by the page of the sign-off alone, never by the centre's own form.
    SIGNED = ("call_levels_signed_by", "call_levels_signed_on", "call_levels_signed_version")

    name = models.CharField(_("name of the centre"), max_length=200, blank=True)
    cancer_line = models.CharField(_("24-hour cancer line"), max_length=40, blank=True)
    emergency_number = models.CharField(_("emergency number"), max_length=40, blank=True)
    crisis_line = models.CharField(_("crisis line"), max_length=40, blank=True)
    fever_limit = models.DecimalField(
        _("fever limit of the centre"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    fever_limit_unit = models.CharField(
        _("unit"), max_length=1, choices=[("C", "°C"), ("F", "°F")], default="C"
    )
    call_levels_signed_by = models.CharField(_("call levels signed by"), max_length=200, blank=True)
    call_levels_signed_on = models.DateField(_("signed on"), null=True, blank=True)
    call_levels_signed_version = models.CharField(
        _("signed version"), max_length=64, blank=True, help_text=_("A change voids the sign-off.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centre")
        constraints = [
            models.CheckConstraint(name="content_centre_single", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return self.name or str(_("The centre"))

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)
        touch_content()

    @classmethod
    def load(cls) -> "Centre":
        """Return the centre, or an empty one that is not saved yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def limit(self) -> tuple[Decimal, str] | None:
        """The centre's fever limit as (number, "C" or "F"), or None."""
        return (self.fever_limit, self.fever_limit_unit) if self.fever_limit else None
