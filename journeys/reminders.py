"""Which reminders are due now, and whether one that was planned is still wanted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

from django.db.models import OuterRef, Subquery

from journeys.access import Access, access_for
from journeys.medicines import due_on, medicines_of
from journeys.models import (
    Appointment,
    Area,
    CheckIn,
    OwnMedicine,
    Reminder,
    ReminderChoice,
    Share,
    StageEntry,
)
from journeys.models.appointments import AppointmentQuerySet
from journeys.models.shares import ENDS_SOON

AREAS = {
    Reminder.Kind.APPOINTMENT: Area.APPOINTMENTS,
    Reminder.Kind.AFTER_VISIT: Area.APPOINTMENTS,
    Reminder.Kind.CHECK_IN: Area.SYMPTOMS,
    Reminder.Kind.DOSE: Area.MEDICINES,
}
SHARE_LEADS = (ENDS_SOON, timedelta(days=3))
# How long after a visit its answers are still asked for.
AFTER_VISIT = timedelta(days=3)
# A mail that the mail server did not take for so long is no news any more.
NEWS_FOR = timedelta(days=3)
A_DAY = timedelta(days=1)
MORNING = time(9)
# From the end of a day back to its morning.
TO_MORNING = timedelta(hours=15)
# A mail about a dose that comes later than this would do harm: it might be taken twice.
DOSE_IS_NEWS_FOR = timedelta(hours=1)
# Days between check-ins that are usual in a phase of treatment; in any other a week.
WEEK = 7
RHYTHM = {"maintenance": 14, "after": 30}
DAILY_IN = ("induction",)

Choices = dict[object, list[ReminderChoice]]
# The columns of the unique key.
ONCE = ("journey_id", "user_id", "kind", "key")


def plan(now: datetime) -> None:
    """Write down every mail that is due at this moment and not yet planned.

    Running it again, or twice at once, plans nothing twice: the database's unique key decides.
    """
    by_journey: Choices = defaultdict(list)
    for choice in ReminderChoice.objects.standing():
        by_journey[choice.journey_id].append(choice)
    rows = [
        *_appointments(by_journey, now),
        *_after_visits(by_journey, now),
        *_check_ins(now),
        *_share_ends(by_journey, now),
        *_doses(by_journey, now),
    ]
    # What is due stays due for days: only what is new is looked into, for that asks much more.
    known = Reminder.objects.filter(key__in=[row.key for row in rows])
    planned = set(known.values_list(*ONCE))
    new = [row for row in rows if tuple(getattr(row, name) for name in ONCE) not in planned]
    Reminder.objects.bulk_create(
        [row for row in new if still_wanted(row, now)], ignore_conflicts=True
    )


def still_wanted(reminder: Reminder, now: datetime) -> bool:
    """Whether this mail should go out now: asked when it is planned and again before it is sent.

    Not when the journey is paused or closed, when the person no longer sees it or this part of it,
    when they stopped it, when what it is about is gone, past, or somebody else's alone, nor when
    it is old or another mail says as much.
    """
    choice = _choice_behind(reminder)
    access = access_for(choice.user, choice.journey) if choice else None
    if access is None or not _chosen(reminder.kind, choice):
        return False
    if reminder.due_at < now - NEWS_FOR:
        return False
    area = AREAS.get(reminder.kind)
    if area is not None and not access.sees(area):
        return False
    return _still_there(reminder, choice, access, now)


def not_before(reminder: Reminder, now: datetime) -> datetime:
    """Return from when on this mail may go: now, or the end of the quiet hours that are now.

    A mail about a dose was planned outside them; after them it would be of no use.
    """
    choice = _choice_behind(reminder)
    if choice is None or reminder.kind == Reminder.Kind.DOSE:
        return now
    return choice.after_quiet(now)


def _choice_behind(reminder: Reminder) -> ReminderChoice | None:
    rows = ReminderChoice.objects.standing()
    return rows.filter(journey_id=reminder.journey_id, user_id=reminder.user_id).first()


def _chosen(kind: str, choice: ReminderChoice) -> bool:
    return {
        Reminder.Kind.APPOINTMENT: bool(choice.leads),
        Reminder.Kind.AFTER_VISIT: choice.after_visit,
        Reminder.Kind.CHECK_IN: choice.check_in != ReminderChoice.CheckIn.OFF,
        Reminder.Kind.SHARE_END: choice.share_end,
        Reminder.Kind.DOSE: choice.doses,
    }[Reminder.Kind(kind)]


def _still_there(reminder: Reminder, choice: ReminderChoice, access: Access, now: datetime) -> bool:
    if reminder.kind == Reminder.Kind.SHARE_END:
        return Share.objects.ending(now, max(SHARE_LEADS)).filter(pk=reminder.about).exists()
    if reminder.kind == Reminder.Kind.CHECK_IN:
        return _is_newest(reminder, access)
    if reminder.kind == Reminder.Kind.DOSE:
        return now < reminder.due_at + DOSE_IS_NEWS_FOR and _is_open(reminder, access)
    visits = access.journey.appointments.readable_by(access.user)
    if reminder.kind == Reminder.Kind.APPOINTMENT:
        return _is_next_word(reminder, choice, visits, now)
    rows = visits.to_look_back(now).filter(starts_at__gt=now - AFTER_VISIT)
    return any(_day_key(row) == reminder.key for row in rows)


def _is_newest(reminder: Reminder, access: Access) -> bool:
    """Whether nobody wrote anything down since, and no later mail asks for it."""
    written = access.journey.check_ins.present().filter(created_at__gt=reminder.due_at)
    later = Reminder.objects.like(reminder).filter(due_at__gt=reminder.due_at)
    return not written.exists() and not later.exists()


def _is_next_word(
    reminder: Reminder, choice: ReminderChoice, visits: AppointmentQuerySet, now: datetime
) -> bool:
    """Whether the visit stands as the mail has it, and no other mail tells of it as well."""
    visit = visits.upcoming(now).filter(pk=reminder.about).first()
    leads = {_lead_key(visit, lead): lead for lead in choice.leads} if visit else {}
    if reminder.key not in leads:
        return False
    lead = leads[reminder.key]
    others = [key for key, shorter in leads.items() if shorter < lead]
    if lead == A_DAY:
        day = visits.taking_place().filter(day=visit.day).order_by("starts_at", "pk")
        earlier = takewhile(lambda row: row != visit, day)
        others += [_lead_key(row, A_DAY) for row in earlier]
    mails = Reminder.objects.like(reminder).kept().filter(key__in=others)
    # One that went out before this visit stood there told nobody of it.
    return not mails.exclude(sent_at__lt=visit.edited_at or visit.created_at).exists()


def _lead_key(visit: Appointment, lead: timedelta) -> str:
    return f"{visit.pk}:{lead.total_seconds():.0f}:{visit.starts_at:%Y%m%d%H%M}"


def _day_key(visit: Appointment) -> str:
    return visit.day.isoformat()


def _reminder(
    choice: ReminderChoice,
    kind: str,
    key: str,
    due: datetime,
    now: datetime,
    about: object = None,
) -> Iterator[Reminder]:
    """Yield the mail if it is due by now and now is not in the person's quiet hours."""
    if kind != Reminder.Kind.DOSE:
        due = choice.after_quiet(max(due, now))
    if due <= now:
        yield Reminder(
            journey_id=choice.journey_id,
            user_id=choice.user_id,
            kind=kind,
            key=key,
            about=about,
            due_at=due,
            try_after=due,
        )


def _appointments(by_journey: Choices, now: datetime) -> Iterable[Reminder]:
    rows = Appointment.objects.filter(journey_id__in=by_journey).upcoming(now)
    # A day and the quiet hours before it.
    for row in rows.filter(starts_at__lte=now + 2 * A_DAY):
        for choice in by_journey[row.journey_id]:
            # The shortest lead that is due: two mails at once would be one too many.
            for lead in sorted(choice.leads):
                due = _before(row, lead, choice)
                if due <= now:
                    if row.created_at <= due:
                        key = _lead_key(row, lead)
                        yield from _reminder(
                            choice, Reminder.Kind.APPOINTMENT, key, due, now, row.pk
                        )
                    break


def _before(visit: Appointment, lead: timedelta, choice: ReminderChoice) -> datetime:
    """Return when a mail is due: before quiet hours that end only when the visit has begun.

    It is counted from the morning where the time of the visit is not known yet.
    """
    due = visit.starts_at - lead - (TO_MORNING if visit.time is None else timedelta())
    return due if choice.after_quiet(due) < visit.starts_at else choice.before_quiet(due)


def _after_visits(by_journey: Choices, now: datetime) -> Iterable[Reminder]:
    """One mail a day, however many visits it had; none about what was written down later."""
    rows = Appointment.objects.filter(journey_id__in=by_journey).to_look_back(now)
    for row in rows.filter(starts_at__gt=now - AFTER_VISIT):
        for choice in by_journey[row.journey_id]:
            morning = datetime.combine(row.day + A_DAY, MORNING, tzinfo=choice.zone)
            due = morning.astimezone(UTC)
            if row.created_at < due:
                yield from _reminder(choice, Reminder.Kind.AFTER_VISIT, _day_key(row), due, now)


def _check_ins(now: datetime) -> Iterable[Reminder]:
    """From the last check-in, the person's last mail about one, or the day of their choice."""
    newest = CheckIn.objects.filter(journey=OuterRef("journey"), deleted_at=None)
    mails = Reminder.objects.filter(
        journey=OuterRef("journey"), user=OuterRef("user"), kind=Reminder.Kind.CHECK_IN
    )
    phase = StageEntry.objects.filter(journey=OuterRef("journey")).on(now.date())
    rows = ReminderChoice.objects.standing().exclude(check_in=ReminderChoice.CheckIn.OFF)
    rows = rows.annotate(
        last_check_in=Subquery(newest.order_by("-created_at").values("created_at")[:1]),
        last_mail=Subquery(mails.order_by("-due_at").values("due_at")[:1]),
        phase=Subquery(phase.values("phase")[:1]),
    )
    for row in rows:
        moments = (row.created_at, row.last_check_in, row.last_mail)
        due = max(filter(None, moments)) + timedelta(days=_days(row))
        local = due.astimezone(row.zone).date()
        yield from _reminder(row, Reminder.Kind.CHECK_IN, local.isoformat(), due, now)


def _days(row: ReminderChoice) -> int:
    if row.check_in == ReminderChoice.CheckIn.DAILY and row.phase in DAILY_IN:
        return 1
    return RHYTHM.get(row.phase, WEEK)


def _share_ends(by_journey: Choices, now: datetime) -> Iterable[Reminder]:
    """Owner and caregiver are told twice before it ends."""
    rows = Share.objects.ending(now, max(SHARE_LEADS)).filter(journey_id__in=by_journey)
    for row in rows:
        for lead in sorted(SHARE_LEADS):
            due = row.ends_at - lead
            if due <= now:
                break
        else:
            continue
        if row.created_at > due:
            continue
        key = f"{row.pk}:{lead.days}:{row.ends_at:%Y%m%d}"
        for choice in by_journey[row.journey_id]:
            if choice.user_id in (row.user_id, choice.journey.owner_id):
                yield from _reminder(choice, Reminder.Kind.SHARE_END, key, due, now, row.pk)


def _doses(by_journey: Choices, now: datetime) -> Iterable[Reminder]:
    """One mail a time of day, however many doses are due then; none in quiet hours."""
    wanted = [key for key, rows in by_journey.items() if any(row.doses for row in rows)]
    for medicine in OwnMedicine.objects.present().filter(journey_id__in=wanted).with_plans():
        for choice in by_journey[medicine.journey_id]:
            # The times on the list are those of the place where the patient is.
            zone = choice.journey.owner.zone
            day = now.astimezone(zone).date()
            plan = medicine.plan_on(day) if choice.doses else None
            for slot in filter(None, plan.slots_on(day) if plan else []):
                due = datetime.combine(day, time.fromisoformat(slot), tzinfo=zone)
                due = due.astimezone(UTC)
                if due + DOSE_IS_NEWS_FOR > now and choice.after_quiet(due) == due:
                    key = f"{day.isoformat()} {slot}"
                    yield from _reminder(choice, Reminder.Kind.DOSE, key, due, now)


def _is_open(reminder: Reminder, access: Access) -> bool:
    """Whether a dose of this time is due that this reader may see and nobody wrote down."""
    day, _space, slot = reminder.key.partition(" ")
    on = date.fromisoformat(day)
    written = access.journey.doses.readable_by(access.user).on(on)
    due = due_on(medicines_of(access), written, on)
    return any(row.slot == slot and row.dose is None for row in due)
