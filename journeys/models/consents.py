"""What an account agreed to: which text about the site, in which version, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Consent(models.Model):
    """`notice` is the slug of the text, `version` the day that the text held from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    notice = models.SlugField(max_length=80)
    version = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("agreement")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "notice", "version"], name="journeys_consent_once"
            )
        ]

    def __str__(self) -> str:
        return f"Agreement {self.pk}"
