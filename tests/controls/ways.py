"""The ways in which controls are switched off."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from journeys import access, check_in_page, ical
from journeys.access import ROLE_PERMISSIONS, Access, Permission
from journeys.actions import calendar_feed
from journeys.actions import shares as sharing
from journeys.forms.check_ins import CheckInForm
from journeys.models import Area, Journey, Share, StageEntry, SymptomEntry
from journeys.models import calendar_feed as calendar_feed_models
from journeys.models import shares as share_models
from journeys.models.base import RecordQuerySet
from journeys.models.journeys import JourneyQuerySet
from journeys.models.shares import ShareQuerySet

Switch = Callable[[], None]


def put(owner: Any, name: str, instead: Any) -> Switch:
    return lambda: setattr(owner, name, instead)


def without_middleware(path: str) -> Switch:
    def switch_off() -> None:
        assert path in settings.MIDDLEWARE
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != path]

    return switch_off


def granted(role: str, permission: Permission) -> Switch:
    return lambda: ROLE_PERMISSIONS.update({role: ROLE_PERMISSIONS[role] | {permission}})


def active_but(left_out: str) -> Switch:
    def active(self: ShareQuerySet, at: Any) -> ShareQuerySet:
        counts = {"accepted_at__lte": at, "revoked_at": None, "ends_at__gt": at}
        del counts[left_out]
        return self.filter(**counts)

    return put(ShareQuerySet, "active", active)


def invited_but(*left_out: str) -> Switch:
    def invited(self: ShareQuerySet, token: str, at: Any) -> ShareQuerySet:
        counts = {
            "token_hash": share_models.hash_token(token),
            "user": None,
            "revoked_at": None,
            "invited_at__gt": at - share_models.INVITATION_LASTS,
            "ends_at__gt": at,
        }
        return self.filter(**{name: row for name, row in counts.items() if name not in left_out})

    return put(ShareQuerySet, "invited", invited)


def everybody_sees_every_journey() -> None:
    JourneyQuerySet.visible_to = lambda self, user: self.all()


def staff_may_join() -> None:
    def visible_to(self: JourneyQuerySet, user: Any) -> JourneyQuerySet:
        shared = Share.objects.active(timezone.now()).filter(user=user).values("journey_id")
        return self.filter(Q(owner=user) | Q(pk__in=shared))

    def access_for(user: Any, journey: Journey) -> Access | None:
        share = access.share_of(user, journey)
        return Access(user, journey, share.role, frozenset(share.areas)) if share else None

    JourneyQuerySet.visible_to, access.access_for = visible_to, access_for


def links_work_again() -> None:
    accept = sharing.accept

    def accept_and_keep(*, share: Share, by: Any) -> bool:
        secret = share.token_hash
        counts = accept(share=share, by=by)
        Share.objects.filter(pk=share.pk).update(token_hash=secret)
        return counts

    sharing.accept = accept_and_keep
    invited_but("user")()


def any_address_will_do() -> None:
    accept = sharing.accept

    def accept_anybody(*, share: Share, by: Any) -> bool:
        share.invited_email = by.email.lower()
        return accept(share=share, by=by)

    sharing.accept = accept_anybody


def tokens_in_the_clear() -> None:
    share_models.hash_token = sharing.hash_token = lambda token: token


def mood_in_check_ins() -> None:
    show = check_in_page.show_check_in

    def show_all(check_in: Any, reader: Access, rules: Any) -> Any:
        everything = frozenset(Area.values)
        return show(check_in, Access(reader.user, reader.journey, reader.role, everything), rules)

    check_in_page.show_check_in = show_all


def mood_in_forms() -> None:
    init = CheckInForm.__init__

    def init_with_all(self: CheckInForm, *args: Any, areas: Any, **kwargs: Any) -> None:
        init(self, *args, areas=frozenset(Area.values), **kwargs)

    CheckInForm.__init__ = init_with_all


def stage_for_everybody(reader: Access, on: Any = None) -> StageEntry | None:
    return StageEntry.current(reader.journey, on or timezone.localdate())


def symptoms_for_everybody(reader: Access, at: Any) -> frozenset[str]:
    entries = SymptomEntry.objects.filter(journey=reader.journey)
    return frozenset(entries.values_list("symptom", flat=True))


def create_twice(self: RecordQuerySet, *, journey: Journey, client_id: Any, **fields: Any) -> Any:
    return self.create(journey=journey, **fields), True


def last_one_wins(record: Any, *, by: Any, expected_version: int) -> None:
    record.save()


class Clear:
    """What encrypts nothing."""

    def encrypt(self, data: bytes) -> bytes:
        return data

    def decrypt(self, data: bytes) -> bytes:
        return data


def feeds_outlive_their_share() -> None:
    calendar_feed._access = lambda feed: access.access_for(feed.user, feed.journey)


def feed_secrets_in_the_clear() -> None:
    calendar_feed.hash_token = calendar_feed_models.hash_token = lambda token: token


def feeds_tell_all() -> None:
    calendar_of = ical.calendar_of
    ical.calendar_of = lambda rows, *, detailed, alarm_hours=0: calendar_of(
        rows, detailed=True, alarm_hours=alarm_hours
    )


def for_staff_too(view: Any) -> Any:
    view.policy = ("signed-in", None)
    return view
