"""One-time codes: a summary is opened once, on another screen, within a quarter of an hour."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.shares import hash_token

CODE_LASTS = timedelta(minutes=15)
# Letters and digits that nobody takes for one another; 12 of them are 60 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, LETTERS = 3, 4
LONGEST_CHOICE = 2000


def make_code() -> str:
    """Return a new code as it is shown and typed: "7KQF-2MXA-9RTD"."""
    groups = ([secrets.choice(ALPHABET) for _letter in range(LETTERS)] for _group in range(GROUPS))
    return "-".join(map("".join, groups))


def hash_code(code: str) -> str:
    """Return what is stored of a code; small letters and look-alikes count as what they mean."""
    plain = code.upper().replace("-", "").translate(str.maketrans("OIL", "011"))
    return hash_token(plain)


class DoctorCodeQuerySet(models.QuerySet):
    def open(self, at: datetime) -> Self:
        """Codes that can still be used."""
        return self.filter(opened_at=None, ended_at=None, made_at__gt=at - CODE_LASTS)


class DoctorCode(models.Model):
    """`choice` is the part of the summary's address that says what it shows."""

    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="doctor_codes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    choice = models.CharField(max_length=LONGEST_CHOICE, blank=True)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DoctorCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code for a doctor")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Code {self.pk}"
