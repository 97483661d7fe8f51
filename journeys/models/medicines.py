"""Medicines: what a person takes, how much and when as prescribed, and each dose of it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models.base import JourneyRecord, RecordQuerySet, journey_key

if TYPE_CHECKING:
    from journeys.models.users import User

WEEKDAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")),
    (4, _("Friday")), (5, _("Saturday")), (6, _("Sunday")),
]  # fmt: skip


class OwnMedicineQuerySet(RecordQuerySet):
    def with_plans(self) -> Self:
        return self.prefetch_related(
            models.Prefetch("plans", DosePlan.objects.present().order_by("begins_on", "created_at"))
        )

    def taken_since(self, day: date) -> Self:
        """Medicines that were not stopped before this day."""
        return self.filter(models.Q(ended_on=None) | models.Q(ended_on__gte=day))


class OfMedicineQuerySet(RecordQuerySet):
    """Plans and doses: who sees the medicine sees all of them, whoever wrote them."""

    def not_hidden_from(self, user: "User") -> Self:
        return self.filter(models.Q(medicine__only_me=False) | models.Q(medicine__author=user))


class OwnMedicine(JourneyRecord):
    """One medicine of the person. `guide` is the slug of the guide's medicine, if it knows it."""

    class Route(models.TextChoices):
        MOUTH = "mouth", _("by mouth")
        VEIN = "vein", _("into a vein")
        MUSCLE = "muscle", _("into a muscle")
        SKIN = "skin", _("under the skin")
        SPINE = "spine", _("into the spinal fluid")
        OTHER = "other", _("another way")

    # The word by which the guide tells each way; none for another.
    ROUTE_WORDS = {
        Route.MOUTH: "mouth", Route.VEIN: "vein", Route.MUSCLE: "muscle", Route.SKIN: "skin",
        Route.SPINE: "spinal",
    }  # fmt: skip

    journey = journey_key("medicines")
    name = models.CharField(_("Which medicine?"), max_length=120)
    guide = models.SlugField(max_length=80, blank=True, editable=False)
    route = models.CharField(
        _("How is it given?"), max_length=8, choices=Route.choices, default=Route.MOUTH
    )
    purpose = models.CharField(_("What for?"), max_length=200, blank=True)
    ended_on = models.DateField(_("Last day"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)

    objects = OwnMedicineQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("medicine")
        ordering = ["name", "created_at"]
        indexes = [models.Index(fields=["journey", "ended_on"], name="journeys_medicine_now")]

    def plan_on(self, day: date) -> "DosePlan | None":
        """Return the plan that holds on this day; needs `with_plans`."""
        if self.ended_on is not None and self.ended_on < day:
            return None
        begun = [plan for plan in self.plans.all() if plan.begins_on <= day]
        return begun[-1] if begun else None


class DosePlan(JourneyRecord):
    """How much and when, from a day on, until the next plan begins. Earlier ones stay readable."""

    class Schedule(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKDAYS = "weekdays", _("On some days of the week")
        CYCLE = "cycle", _("On some days of a cycle")
        AS_NEEDED = "as-needed", _("Only when needed")

    journey = journey_key("dose_plans")
    medicine = models.ForeignKey(OwnMedicine, models.CASCADE, related_name="plans")
    begins_on = models.DateField(_("From which day?"), default=timezone.localdate)
    dose = models.CharField(_("How much, as prescribed"), max_length=120)
    schedule = models.CharField(
        _("When?"), max_length=10, choices=Schedule.choices, default=Schedule.DAILY
    )
    # "08:00" and so on; none: once on the day, at no fixed time.
    times = models.JSONField(_("Times of day"), default=list, blank=True)
    weekdays = models.JSONField(default=list, blank=True)
    # Days are counted from 1 on `begins_on`; the cycle repeats after `cycle_length` days.
    cycle_days = models.JSONField(_("Days of the cycle"), default=list, blank=True)
    cycle_length = models.PositiveSmallIntegerField(
        _("How many days has a cycle?"), null=True, blank=True
    )

    objects = OfMedicineQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("dose plan")
        ordering = ["begins_on", "created_at"]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["medicine", "begins_on"],
                condition=models.Q(deleted_at=None),
                name="journeys_doseplan_one_a_day",
            ),
        ]

    # What is prescribed, beside whose it is.
    PRESCRIBED = (
        *("begins_on", "dose", "schedule", "times", "weekdays", "cycle_days", "cycle_length"),
    )

    @property
    def said(self) -> dict[str, Any]:
        """What this plan prescribes, by column."""
        return {name: getattr(self, name) for name in self.PRESCRIBED}

    def slots_on(self, day: date) -> list[str]:
        """Return the times at which a dose is due on this day; "" is once, at no fixed time."""
        if self.schedule == self.Schedule.AS_NEEDED or day < self.begins_on:
            return []
        if self.schedule == self.Schedule.WEEKDAYS and day.weekday() not in self.weekdays:
            return []
        if self.schedule == self.Schedule.CYCLE:
            place = (day - self.begins_on).days % (self.cycle_length or 1) + 1
            if place not in self.cycle_days:
                return []
        return self.times or [""]

    @property
    def weekday_names(self) -> list[str]:
        return [str(name) for place, name in WEEKDAYS if place in self.weekdays]

    @property
    def is_more_than_weekly(self) -> bool:
        """Whether two doses may lie less than a week apart; so may those taken as needed."""
        if self.schedule == self.Schedule.AS_NEEDED:
            return True
        # Two cycles, so that the end of one and the beginning of the next are compared.
        length = 2 * (self.cycle_length or 7) + 1
        days = [day for day in range(length) if self.slots_on(self.begins_on + timedelta(day))]
        return len(self.times) > 1 or any(
            after - day < 7 for day, after in zip(days, days[1:], strict=False)
        )


class DoseQuerySet(OfMedicineQuerySet):
    def on(self, day: date) -> Self:
        return self.filter(due_on=day)

    def at(self, day: date, slot: str) -> Self:
        """What is written down of the dose of this day and time: one row at most."""
        return self.present().filter(due_on=day, slot=slot)

    def between(self, begin: date, end: date) -> Self:
        return self.filter(due_on__gte=begin, due_on__lte=end)


class Dose(JourneyRecord):
    """What became of one dose. `slot` is the time it was due at, or one of its own as needed."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Taken")
        MISSED = "missed", _("Missed")
        CHANGED = "changed", _("Changed")

    journey = journey_key("doses")
    medicine = models.ForeignKey(OwnMedicine, models.CASCADE, related_name="doses")
    due_on = models.DateField(_("Day"))
    slot = models.CharField(_("Time"), max_length=40, blank=True)
    outcome = models.CharField(_("What became of it"), max_length=8, choices=Outcome.choices)
    note = models.CharField(_("What was different?"), max_length=200, blank=True)

    objects = DoseQuerySet.as_manager()

    class Meta(JourneyRecord.Meta):
        verbose_name = _("dose")
        ordering = ["-due_on", "-created_at"]
        indexes = [models.Index(fields=["journey", "-due_on"], name="journeys_dose_recent")]
        constraints = [
            *JourneyRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["medicine", "due_on", "slot"],
                condition=models.Q(deleted_at=None),
                name="journeys_dose_once",
            ),
        ]

    @property
    def clock(self) -> str:
        """The time of day it was due or, as needed, taken at; "" where there is none."""
        return self.slot[:5].strip()
