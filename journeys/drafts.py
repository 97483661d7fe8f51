"""What somebody had typed when their page was lost.

It lies in their session: for them alone, on this device alone, and gone when they sign out.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from careguide.idle import DRAFTS
from journeys.models import Journey

KEPT_FOR = timedelta(days=1)
# A long check-in has some 4 KB; what is longer is no draft of ours.
MOST = 20_000


@dataclass(frozen=True)
class Draft:
    """The fields of a form as they were sent, and when."""

    data: QueryDict
    at: datetime


def keep_draft(request: HttpRequest, journey: Journey) -> None:
    """Keep the posted fields of the check-in of this journey; too long a text is passed over."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    text = data.urlencode()
    if len(text) <= MOST and not _was_saved(journey, data):
        _drafts(request)[str(journey.pk)] = [timezone.now().isoformat(), text]
        request.session.modified = True


def draft_of(request: HttpRequest, journey: Journey) -> Draft | None:
    """Return what was typed for this journey within the last day and not saved, or None."""
    kept = request.session.get(DRAFTS, {}).get(str(journey.pk))
    if kept is None:
        return None
    draft = Draft(QueryDict(kept[1]), datetime.fromisoformat(kept[0]))
    is_old = draft.at <= timezone.now() - KEPT_FOR
    return None if is_old or _was_saved(journey, draft.data) else draft


def forget_draft(request: HttpRequest, journey: Journey) -> None:
    if _drafts(request).pop(str(journey.pk), None) is not None:
        request.session.modified = True


def _was_saved(journey: Journey, data: QueryDict) -> bool:
    """Whether the form was saved: what a page sends by itself may come in after that."""
    try:
        client_id = uuid.UUID(data.get("client_id", ""))
    except ValueError:
        return False
    return journey.check_ins.filter(client_id=client_id).exists()


def _drafts(request: HttpRequest) -> dict[str, list[str]]:
    return request.session.setdefault(DRAFTS, {})
