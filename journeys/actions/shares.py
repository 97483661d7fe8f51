"""Invite, accept, agree, change, end and leave a share; hand a journey over."""

from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from journeys import audit, emails
from journeys.actions.reminders import begin_as_owner, choice_of
from journeys.models import AccessEvent, Area, Journey, Role, Share, User
from journeys.models.shares import LONGEST_SHARE, SHARE_LASTS, hash_token, make_token


class NotSentError(Exception):
    """The mail could not be sent, so the invitation was taken back."""


class CannotAcceptError(Exception):
    """The invitation cannot be taken up by this person."""


@transaction.atomic
def invite(
    *,
    journey: Journey,
    by: User,
    email: str,
    role: str,
    areas: Iterable[str],
    ends_at: datetime,
    hands_over: bool = False,
) -> Share:
    """Make an invitation and mail its link. An open one to the same address is replaced.

    One that hands the journey over replaces every other that does, whoever it went to, also one
    that was taken up and waits: a journey has one heir, the last who was named.
    Raises NotSentError when the mail cannot be sent; the invitation is then ended again.
    """
    now = timezone.now()
    email = email.strip().lower()
    journey.shares.open(now).filter(user=None, invited_email=email).update(revoked_at=now)
    if hands_over:
        _end(journey.shares.hand_overs())
    token = make_token()
    share = Share.objects.create(
        journey=journey,
        role=role,
        areas=list(areas),
        ends_at=ends_at,
        invited_email=email,
        invited_at=now,
        token_hash=hash_token(token),
        hands_over=hands_over,
    )
    audit.record_event(journey=journey, by=by, kind=AccessEvent.Kind.INVITED)
    transaction.on_commit(lambda: _mail(share=share, token=token, by=by))
    return share


def _mail(*, share: Share, token: str, by: User) -> None:
    try:
        emails.send_invitation(to=share.invited_email, token=token, by=by)
    except (OSError, SMTPException) as error:
        _end(share.journey.shares.filter(pk=share.pk))
        raise NotSentError from error


@transaction.atomic
def accept(*, share: Share, by: User) -> bool:
    """Take an invitation up. Returns whether it counts at once.

    The mailed link proves the address it was sent to; another address waits for the owner's word.
    Raises CannotAcceptError for staff, for the owner, when somebody was quicker, and when the
    journey was handed over already.
    """
    if by.is_staff or by.is_going or share.journey.owner_id == by.pk:
        raise CannotAcceptError
    now = timezone.now()
    proven = by.email.lower() == share.invited_email
    # A person has one open share of a journey: a new invitation takes the place of the old.
    share.journey.shares.filter(user=by, revoked_at=None).exclude(pk=share.pk).update(
        revoked_at=now
    )
    try:
        with transaction.atomic():
            # One conditional update, so that a link used twice at once makes one share.
            taken = Share.objects.filter(pk=share.pk, user=None, revoked_at=None).update(
                user=by, token_hash="", accepted_at=now if proven else None
            )
    except IntegrityError as error:
        raise CannotAcceptError from error
    if not taken:
        raise CannotAcceptError
    audit.record_event(journey=share.journey, by=by, kind=AccessEvent.Kind.JOINED)
    if proven:
        _begin(share, by)
    return proven


@transaction.atomic
def agree(*, share: Share, by: User) -> None:
    """The owner lets in the person who took the link up from another address.

    Raises CannotAcceptError when the journey was handed over to somebody else meanwhile.
    """
    Share.objects.filter(pk=share.pk, accepted_at=None, revoked_at=None).exclude(user=None).update(
        accepted_at=timezone.now()
    )
    share.refresh_from_db()
    if share.accepted_at:
        _note(share, by, AccessEvent.Kind.LET_IN)
        _begin(share, share.user)


def _begin(share: Share, user: User) -> None:
    """Let a share that counts from now on have its effect."""
    if share.hands_over:
        _hand_over(share=share, to=user)
    else:
        # So that they are told before it ends; they can end these mails themselves.
        choice_of(journey=share.journey, user=user).save()


@transaction.atomic
def renew(*, share: Share, by: User) -> None:
    """Let a share last another while, counted from its end; never longer than a share may."""
    ends_at = min(share.ends_at + SHARE_LASTS, timezone.now() + LONGEST_SHARE)
    Share.objects.filter(pk=share.pk, revoked_at=None).update(ends_at=ends_at)
    _note(share, by, AccessEvent.Kind.SHARE)


@transaction.atomic
def narrow(*, share: Share, by: User) -> None:
    """Leave only the appointments, if they are shared at all. Nobody is told."""
    areas = [area for area in share.areas if area == Area.APPOINTMENTS]
    Share.objects.filter(pk=share.pk, revoked_at=None).update(areas=areas)
    _note(share, by, AccessEvent.Kind.SHARE)


@transaction.atomic
def change(*, share: Share, by: User, role: str, areas: Iterable[str], ends_at: datetime) -> None:
    Share.objects.filter(pk=share.pk, revoked_at=None).update(
        role=role, areas=list(areas), ends_at=ends_at
    )
    _note(share, by, AccessEvent.Kind.SHARE)


@transaction.atomic
def end(*, journey: Journey, by: User, shares: Iterable[Share] | None = None) -> None:
    """End these shares, or all of the journey, invitations included."""
    rows = journey.shares.filter(revoked_at=None).select_related("user")
    if shares is not None:
        rows = rows.filter(pk__in=[share.pk for share in shares])
    ended = list(rows)
    _end(rows)
    for share in ended:
        left = share.user_id == by.pk
        _note(share, by, AccessEvent.Kind.LEFT if left else AccessEvent.Kind.ENDED)


def forget_addresses(now: datetime) -> None:
    """Empty the addresses of invitations that are over: they may be of people who never came."""
    Share.objects.invited_for_nothing(now).update(invited_email="", token_hash="")


def _end(rows: QuerySet[Share]) -> None:
    rows.update(revoked_at=timezone.now(), token_hash="")


def _note(share: Share, by: User, kind: AccessEvent.Kind) -> None:
    about = share.user if share.user_id != by.pk else None
    audit.record_event(journey=share.journey, by=by, kind=kind, about=about)


def _hand_over(*, share: Share, to: User) -> None:
    """Make `to` the owner. Who kept the journey until now stays on it as a manager.

    Raises CannotAcceptError when the journey is not, or no longer, kept for somebody.
    """
    journey, now = share.journey, timezone.now()
    keeper = journey.owner
    # One conditional update, so that a journey is handed over once.
    kept = Journey.objects.kept_for_others().filter(pk=journey.pk)
    if not kept.update(owner=to, kept_for_another=False):
        raise CannotAcceptError
    _end(journey.shares.hand_overs())
    journey.refresh_from_db()
    audit.record_event(journey=journey, by=to, kind=AccessEvent.Kind.HANDED)
    begin_as_owner(journey)
    Share.objects.create(
        journey=journey,
        user=keeper,
        role=Role.MANAGER,
        areas=list(Area.values),
        accepted_at=now,
        ends_at=now + SHARE_LASTS,
    )
