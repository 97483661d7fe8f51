"""What somebody had typed when their page was lost.

It lies in their session: for them alone, on this device alone, and gone when they sign out.
"""

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
    if len(text) <= MOST:
        _drafts(request)[str(journey.pk)] = [timezone.now().isoformat(), text]
        request.session.modified = True


def draft_of(request: HttpRequest, journey: Journey) -> Draft | None:
    """Return what was typed for this journey within the last day, or None."""
    kept = request.session.get(DRAFTS, {}).get(str(journey.pk))
    if kept is None:
        return None
    at, text = datetime.fromisoformat(kept[0]), kept[1]
    return Draft(QueryDict(text), at) if at > timezone.now() - KEPT_FOR else None


def forget_draft(request: HttpRequest, journey: Journey) -> None:
    if _drafts(request).pop(str(journey.pk), None) is not None:
        request.session.modified = True


def _drafts(request: HttpRequest) -> dict[str, list[str]]:
    return request.session.setdefault(DRAFTS, {})
