"""Send the reminders that are due: each is claimed first, so that two runs send one mail."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from journeys import emails
from journeys.models import Journey, Reminder, ReminderChoice, User
from journeys.reminders import not_before, still_wanted

logger = logging.getLogger("careguide.reminders")

# A run that died in the middle leaves its claim; after this long another takes over.
CLAIM_LASTS = timedelta(minutes=15)
# How long to wait after the first, second ... try that failed; then as long as the last.
WAITS = [timedelta(minutes=minutes) for minutes in (2, 10, 30, 60, 180)]
# What a mail server says when it does not take a mail: it is certain that nobody got it.
REFUSED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)
# How often a mail is tried that the mail server says it will never take (its codes from 500 on).
MOST_TRIES, NEVER = 3, 500
# With what the owner of a journey begins, and with what anybody else.
FOR_OWNERS = {
    "day_before": True,
    "after_visit": True,
    "check_in": ReminderChoice.CheckIn.USUAL,
}
FOR_OTHERS = {
    "day_before": False,
    "after_visit": False,
    "check_in": ReminderChoice.CheckIn.OFF,
}


def choice_of(*, journey: Journey, user: User) -> ReminderChoice:
    """Return what this person is reminded of, unsaved if they never chose.

    The owner starts with the usual ones, anybody else with the end of their share alone.
    """
    saved = ReminderChoice.objects.filter(journey=journey, user=user).first()
    if saved is not None:
        return saved
    begins_with = FOR_OWNERS if journey.owner_id == user.pk else FOR_OTHERS
    return ReminderChoice(journey=journey, user=user, **begins_with)


def begin_as_owner(journey: Journey) -> None:
    """Give a new owner the usual reminders.

    Who saw the journey before keeps what they chose, also that they want none; what they only
    began with as somebody else's helper is no choice of theirs.
    """
    untouched = ReminderChoice.objects.filter(journey=journey, user=journey.owner, **FOR_OTHERS)
    untouched.update(**FOR_OWNERS)
    choice_of(journey=journey, user=journey.owner).save()


def change_choice(choice: ReminderChoice, *, stopped: bool) -> None:
    """Save what the person chose; `stopped` ends all mails and keeps the rest of the choice."""
    if stopped:
        choice.stopped_at = choice.stopped_at or timezone.now()
    else:
        choice.stopped_at = None
    choice.save()


def stop(choice: ReminderChoice) -> None:
    """End all mails to this person about this journey. Doing it twice is no different."""
    ReminderChoice.objects.filter(pk=choice.pk, stopped_at=None).update(stopped_at=timezone.now())


def send_due(now: datetime | None = None) -> int:
    """Send every reminder that is due; return how many went out.

    A mail server that is down delays them. What it refused is tried again later; what it refused
    for good, three times at most. Where it did not say whether it took a mail, that mail is
    repeated once, under the same message id.
    """
    now = now or timezone.now()
    sent = 0
    connection = get_connection()
    for reminder in Reminder.objects.waiting(now).select_related("user", "journey"):
        if _is_put_off(reminder, now) or not _claim(reminder, now):
            continue
        if not still_wanted(reminder, now):
            _settle(reminder, dropped_at=now)
            continue
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            # Nothing was handed over; the others would meet the same closed door.
            _again(reminder, now, error)
            break
        sent += _send(reminder, connection, now)
    connection.close()
    return sent


def _is_put_off(reminder: Reminder, now: datetime) -> bool:
    """Let a mail that is late, or was planned late, wait for the end of quiet hours."""
    later = not_before(reminder, now)
    if later <= now:
        return False
    Reminder.objects.waiting(now).filter(pk=reminder.pk, claimed_at=None).update(try_after=later)
    return True


def _claim(reminder: Reminder, now: datetime) -> bool:
    """Take this mail for this run, by one conditional update that only one run can win."""
    rows = Reminder.objects.filter(pk=reminder.pk, sent_at=None, dropped_at=None)
    free = rows.filter(claimed_at=None, try_after__lte=now)
    if free.update(claimed_at=now, tries=F("tries") + 1):
        # Another run may have tried it since this one read it.
        reminder.refresh_from_db(fields=["tries", "unsure"])
        return True
    stale = rows.filter(claimed_at__lt=now - CLAIM_LASTS)
    # Somebody died while sending: they may have handed it over.
    if stale.filter(unsure=False).update(claimed_at=now, tries=F("tries") + 1, unsure=True):
        reminder.refresh_from_db(fields=["tries", "unsure"])
        return True
    stale.update(dropped_at=now)
    return False


def _send(reminder: Reminder, connection: BaseEmailBackend, now: datetime) -> int:
    try:
        emails.send_reminder(reminder, connection)
    except REFUSED as error:
        if reminder.tries >= MOST_TRIES and _is_for_good(error):
            logger.warning("A reminder was refused for good: %s", type(error).__name__)
            _settle(reminder, dropped_at=now)
        else:
            _again(reminder, now, error)
        connection.close()
        return 0
    except (OSError, smtplib.SMTPException) as error:
        connection.close()
        if reminder.unsure:
            _settle(reminder, dropped_at=now)
        else:
            _again(reminder, now, error, unsure=True)
        return 0
    _settle(reminder, sent_at=now)
    return 1


def _is_for_good(error: Exception) -> bool:
    """Whether the server will never take this mail. That it dislikes the sender is our fault."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= NEVER for code, _said in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= NEVER


def _again(reminder: Reminder, now: datetime, error: Exception, **fields: bool) -> None:
    logger.warning("A reminder was not sent: %s", type(error).__name__)
    wait = WAITS[min(reminder.tries, len(WAITS)) - 1]
    _settle(reminder, claimed_at=None, try_after=now + wait, **fields)


@transaction.atomic
def _settle(reminder: Reminder, **fields: object) -> None:
    Reminder.objects.filter(pk=reminder.pk).update(**fields)
