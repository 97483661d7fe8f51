"""Who looked at a journey, changed it or took part in it. No content stands in it.

While a journey lives the database itself refuses to change or delete its lines (migration 0017):
they go with the journey, and a name goes with its account.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.shares import Area

# What the list can be sorted by, and how.
ORDERS = {
    "when": ("-at", "pk"),
    "first": ("at", "pk"),
    "who": ("actor__name", "actor__email", "-at", "pk"),
    "part": ("area", "-at", "pk"),
}


class AccessEventQuerySet(models.QuerySet):
    def sorted_by(self, what: str) -> Self:
        """Events in the order that was asked for; the newest first for anything unknown."""
        return self.order_by(*ORDERS.get(what, ORDERS["when"]))


class AccessEvent(models.Model):
    class Kind(models.TextChoices):
        READ = "read", _("looked at")
        WRITE = "write", _("changed")
        SHOWN = "shown", _("showed by code")
        FETCHED = "fetched", _("fetched by a calendar")
        INVITED = "invited", _("sent an invitation")
        JOINED = "joined", _("took up an invitation")
        LET_IN = "let-in", _("let in")
        SHARE = "share", _("changed what is shared with")
        ENDED = "ended", _("ended sharing with")
        LEFT = "left", _("left")
        HANDED = "handed", _("became the owner")
        EXPORT = "export", _("took everything along")
        RECOVERED = "recovered", _("helped back into the account (those who run this site)")
        SIGN_IN = "sign-in", _("signed in")

    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="access_events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # Whom it is about, if that is somebody else.
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.CharField(max_length=20, choices=Area.choices, blank=True)
    at = models.DateTimeField()

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("access event")
        ordering = ["-at"]
        indexes = [models.Index(fields=["journey", "-at"], name="journeys_accessevent_recent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.area}"

    @property
    def what(self) -> str:
        """The part it is about, or the person; "" where the kind says it all."""
        if self.kind == self.Kind.WRITE and not self.area:
            return str(_("Numbers and settings"))
        return self.get_area_display() or (self.about.shown_name if self.about else "")
