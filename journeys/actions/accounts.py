"""Delete an account, after some days to think it over; help somebody back into theirs."""

import logging
import uuid
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from careguide.account import change_address, end_second_factor, sign_out_everywhere
from careguide.idle import forget
from journeys import audit, emails
from journeys.actions.journeys import shut_everybody_out
from journeys.models import AccessEvent, JourneyRecord, Revision, User
from journeys.models.base import UNDO_FOR

logger = logging.getLogger("careguide.purge")


@transaction.atomic
def ask_to_delete(user: User) -> None:
    """Hide the account, end all its sharing, and say by mail until when it can be kept."""
    if user.is_going:
        return
    for journey in user.own_journeys.all():
        shut_everybody_out(journey=journey, by=user)
    user.delete_after = timezone.now() + timedelta(days=settings.DELETION_GRACE_DAYS)
    user.save(update_fields=["delete_after"])
    transaction.on_commit(lambda: emails.send_going(user))


def keep(user: User) -> None:
    """Change one's mind. What was shared stays ended."""
    User.objects.filter(pk=user.pk).update(delete_after=None)


@transaction.atomic
def recover(user: User, *, new_email: str, end_second_step: bool) -> None:
    """Give an account another address, or take its second step away, and tell its person.

    The password stops working: whoever gets in next has read a mail to the address.
    """
    addresses = [user.email]
    if new_email:
        change_address(user, new_email)
        addresses.append(user.email)
    if end_second_step:
        end_second_factor(user)
    user.set_unusable_password()
    user.save()
    sign_out_everywhere(user)
    for journey in user.own_journeys.all():
        audit.record_event(journey=journey, by=None, kind=AccessEvent.Kind.RECOVERED, about=user)
    for address in addresses:
        transaction.on_commit(lambda address=address: emails.send_recovered(address))


def purge_accounts(now: datetime) -> int:
    """Delete every account whose time has come, with all it owns; return how many.

    What such a person wrote on the journeys of others stays there, without their name.
    """
    gone = 0
    for user in User.objects.to_delete(now):
        _purge(user, now)
        gone += 1
    return gone


@transaction.atomic
def _purge(user: User, now: datetime) -> None:
    # They may have changed their mind since they were read.
    if not User.objects.to_delete(now).filter(pk=user.pk).exists():
        return
    sign_out_everywhere(user)
    forget(user.pk)
    user.delete()
    # That it happened may be known, whom it was about may not.
    logger.info("An account was deleted on request.")


def purge_records(now: datetime) -> int:
    """Delete what was put away and can no longer be taken back; return how many records."""
    gone = 0
    for model in apps.get_app_config("journeys").get_models():
        if not issubclass(model, JourneyRecord):
            continue
        with transaction.atomic():
            rows = model.objects.filter(deleted_at__lt=now - UNDO_FOR)
            ids = list(rows.values_list("pk", flat=True))
            _forget_corrections(model, ids)
            rows.delete()
            gone += len(ids)
    return gone


def _forget_corrections(model: type[JourneyRecord], ids: list[uuid.UUID]) -> None:
    """Delete what these records, and the records that go with them, said before corrections."""
    Revision.objects.filter(model=model._meta.model_name, record_id__in=ids).delete()
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            Revision.objects.filter(
                model=relation.related_model._meta.model_name,
                **{f"before__{relation.field.name}__in": [str(pk) for pk in ids]},
            ).delete()
