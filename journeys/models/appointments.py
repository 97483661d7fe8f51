"""Appointments: the clock time at the place is what was agreed, so it is what is kept."""

import uuid
import zoneinfo
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key
from journeys.models.procedures import Procedure
from journeys.models.users import User, validate_time_zone

# When a visit asks how it went: not while somebody may still sit there, nor weeks later.
LOOK_BACK_AFTER = timedelta(hours=2)
LOOK_BACK_UNTIL = timedelta(days=7)
# Where a visit stands whose time is not known yet: behind those of its day, to come until it ends.
END_OF_DAY = time(23, 59)
# Kinds of visits of which only the beginning is known: nobody is asked how it went on the ward.
STAYS = ("hospital-stay",)


class AppointmentQuerySet(RecordQuerySet):
    def from_now(self, at: datetime) -> Self:
        """What is still to come, the called-off ones too; the next one first."""
        return self.present().filter(starts_at__gte=at).order_by("starts_at")

    def before_now(self, at: datetime) -> Self:
        """What lies behind, the called-off ones too; the last one first."""
        return self.present().filter(starts_at__lt=at).order_by("-starts_at")

    def taking_place(self) -> Self:
        return self.present().filter(called_off=False)

    def upcoming(self, at: datetime) -> Self:
        return self.from_now(at).taking_place()

    def at_hand(self, today: date, at: datetime) -> "Appointment | None":
        """Return the next visit; with no more to come today, the one that began last today."""
        todays = list(self.taking_place().filter(day=today).order_by("starts_at"))
        coming = next((visit for visit in todays if visit.starts_at >= at), None)
        return coming or (todays[-1] if todays else self.upcoming(at).first())

    def past(self, at: datetime) -> Self:
        return self.before_now(at).taking_place()

    def to_look_back(self, at: datetime) -> Self:
        """Visits that are over, and of which nobody said how it went or not to be asked."""
        return self.past(at).filter(looked_back=False).exclude(kind__in=STAYS)

    def to_ask_at(self, today: date, named: Iterable[uuid.UUID]) -> Self:
        """Visits of today and later, the next one first, and earlier ones that are `named`."""
        wanted = models.Q(day__gte=today) | models.Q(pk__in=set(named))
        return self.taking_place().filter(wanted).order_by("starts_at")

    def within(self, first: date, last: date) -> Self:
        """Visits on these days, the called-off ones too, in the order of their clock times."""
        by_clock = models.F("time").asc(nulls_last=True)
        return self.present().filter(day__range=(first, last)).order_by("day", by_clock)

    def follow_the_clocks(self, at: datetime) -> None:
        """Find the instants of visits to come anew: a country may have changed its clocks."""
        rows = self.filter(starts_at__gte=at).only("day", "time", "zone", "fold", "starts_at")
        for row in [row for row in rows if row.instant != row.starts_at]:
            self.filter(pk=row.pk).update(starts_at=row.instant)

    def zone_of_newest(self) -> str:
        """Return the zone of the visit that was written down last; "" where there is none."""
        newest = self.present().order_by("-created_at").values_list("zone", flat=True)
        return newest.first() or ""

    def not_logged(self, reader: User) -> Self:
        """Appointments of which the treatment log tells this reader nothing."""
        logged = Procedure.objects.readable_by(reader).filter(appointment=models.OuterRef("pk"))
        return self.exclude(models.Exists(logged))


class Appointment(JourneyRecord):
    journey = journey_key("appointments")
    kind = models.SlugField(_("What kind of visit?"), max_length=80)
    title = models.CharField(_("Title"), max_length=120, blank=True)
    day = models.DateField(_("Day"))
    # None: not known yet.
    time = models.TimeField(_("Time"), null=True, blank=True)
    zone = models.CharField(
        _("Time zone of the place"), max_length=64, validators=[validate_time_zone]
    )
    # 1 is the second of two equal clock times, on the night the clocks go back.
    fold = models.PositiveSmallIntegerField(default=0)
    # Found anew from the four columns above every day: a country may change its clocks.
    starts_at = models.DateTimeField(editable=False)
    place = models.CharField(_("Where"), max_length=200, blank=True)
    person = models.CharField(_("With whom"), max_length=120, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    notes = models.TextField(_("Notes"), max_length=4000, blank=True)
    called_off = models.BooleanField(_("Called off"), default=False)
    how_it_went = models.TextField(_("How did it go?"), max_length=4000, blank=True)
    # Somebody wrote how it went, or said that they would rather not be asked.
    looked_back = models.BooleanField(default=False, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("appointment")
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["journey", "starts_at"], name="journeys_appointment_next"),
        ]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.CheckConstraint(
                name="journeys_appointment_fold", condition=models.Q(fold__lte=1)
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.starts_at = self.instant
        if self.starts_at > timezone.now():
            # It was put off: what was said about the day that fell away is not about the new one.
            self.looked_back = False
        super().save(*args, **kwargs)

    def asks_how_it_went(self, at: datetime) -> bool:
        """Whether this visit, the last one so far, is to be asked about at this moment."""
        since = at - self.starts_at
        if self.looked_back or self.kind in STAYS:
            return False
        return LOOK_BACK_AFTER <= since <= LOOK_BACK_UNTIL

    @property
    def local_start(self) -> datetime:
        """The clock time that was agreed, in the zone of the place; else the end of the day."""
        clock = self.time or END_OF_DAY
        local = datetime.combine(self.day, clock, tzinfo=zoneinfo.ZoneInfo(self.zone))
        return local.replace(fold=self.fold)

    @property
    def instant(self) -> datetime:
        """When that is in UTC, by the rules of the zone as they are known now."""
        return self.local_start.astimezone(UTC)

    @property
    def zone_name(self) -> str:
        return self.zone.replace("_", " ")
