"""Reminders by mail: what a person wants on one journey, and each mail that is due or was sent."""

import uuid
import zoneinfo
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from journeys.models.users import User

HOURS = [(0, _("no")), (1, _("1 hour before")), (2, _("2 hours before")), (4, _("4 hours before"))]


class ReminderChoiceQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Choices that count: not stopped, on journeys that go on, of accounts that are there."""
        return self.filter(
            stopped_at=None,
            journey__status="active",
            user__is_active=True,
            user__delete_after=None,
        ).select_related("journey__owner", "user")


class ReminderChoice(models.Model):
    """What one person is reminded of. The owner has one from the start; others if they want."""

    class CheckIn(models.TextChoices):
        OFF = "off", _("No")
        USUAL = "usual", _("Once a week in treatment, less often later")
        DAILY = "daily", _("Every day in induction, later as usual")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="reminder_choices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day_before = models.BooleanField(_("The day before an appointment"), default=True)
    hours_before = models.PositiveSmallIntegerField(
        _("Hours before an appointment"), choices=HOURS, default=0
    )
    check_in = models.CharField(
        _("To write down how it is"), max_length=8, choices=CheckIn.choices, default=CheckIn.USUAL
    )
    after_visit = models.BooleanField(
        _("The day after a visit, to write down the answers"), default=True
    )
    doses = models.BooleanField(_("When a dose with a time is due"), default=False)
    share_end = models.BooleanField(_("Before sharing ends"), default=True)
    quiet_from = models.TimeField(_("No mail from"), default=time(21))
    quiet_until = models.TimeField(_("until"), default=time(8))
    # One press in a mail, or the box on the page: nothing is sent until it is taken back.
    stopped_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder choice")
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "user"], name="journeys_reminderchoice_one_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"Reminder choice {str(self.pk)[:8]}"

    @property
    def leads(self) -> list[timedelta]:
        """How long before an appointment a mail is due, the longest first."""
        hours = [24] if self.day_before else []
        return [timedelta(hours=lead) for lead in [*hours, self.hours_before] if lead]

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return self.user.zone

    def after_quiet(self, moment: datetime) -> datetime:
        """Return this moment, or the end of the person's quiet hours when it lies in them."""
        quiet = self._quiet_hours_around(moment)
        return quiet[1] if quiet else moment

    def before_quiet(self, moment: datetime) -> datetime:
        """Return this moment, or an hour before the quiet hours in which it lies begin.

        For what would come too late after them.
        """
        quiet = self._quiet_hours_around(moment)
        return quiet[0] - timedelta(hours=1) if quiet else moment

    def _quiet_hours_around(self, moment: datetime) -> tuple[datetime, datetime] | None:
        """Return begin and end (UTC) of the quiet hours in which this moment lies, if it does."""
        today = moment.astimezone(self.zone).date()
        over_midnight = timedelta(days=1 if self.quiet_from > self.quiet_until else 0)
        for day in (today - over_midnight, today):
            begin = datetime.combine(day, self.quiet_from, tzinfo=self.zone).astimezone(UTC)
            end = datetime.combine(day + over_midnight, self.quiet_until, tzinfo=self.zone)
            if begin <= moment < end:
                return begin, end.astimezone(UTC)
        return None


class ReminderQuerySet(models.QuerySet):
    def waiting(self, at: datetime) -> Self:
        """Mails to send by this moment, the oldest first; also those another run holds."""
        return self.filter(sent_at=None, dropped_at=None, try_after__lte=at).order_by("try_after")

    def to(self, user: "User") -> Self:
        return self.filter(user=user)

    def like(self, other: "Reminder") -> Self:
        """Mails of the same kind to the same person about the same journey."""
        return self.filter(journey=other.journey_id, user=other.user_id, kind=other.kind)

    def kept(self) -> Self:
        """Mails that were sent or wait to be."""
        return self.filter(dropped_at=None)


class Reminder(models.Model):
    """One mail. It is planned once (`key`), claimed before it is sent, and never sent twice."""

    class Kind(models.TextChoices):
        APPOINTMENT = "appointment", _("An appointment")
        CHECK_IN = "check-in", _("A check-in")
        AFTER_VISIT = "after-visit", _("Answers after a visit")
        SHARE_END = "share-end", _("Sharing ends")
        DOSE = "dose", _("A dose")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey("journeys.Journey", models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # What it is about, in a form that changes when that changes: then there is a new mail.
    key = models.CharField(max_length=80)
    about = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField()
    try_after = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # The mail server did not say whether it took the mail. It is tried once more, with the same
    # message id, and then never again.
    unsure = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        ordering = ["-due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "user", "kind", "key"], name="journeys_reminder_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["try_after"],
                condition=models.Q(sent_at=None, dropped_at=None),
                name="journeys_reminder_waiting",
            ),
            models.Index(fields=["journey", "user", "-due_at"], name="journeys_reminder_recent"),
        ]

    def __str__(self) -> str:
        return f"Reminder {str(self.pk)[:8]}"
