"""Save the answers about recent treatment: only what changed becomes a new row."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from journeys.call_check import latest_answers
from journeys.models import Journey, RecentTreatment, User


@transaction.atomic
def answer_windows(
    *, journey: Journey, by: User, answers: Iterable[tuple[str, str, date | None]]
) -> None:
    """Save (window, answer, last time). A repeated "no" is new, too: it holds for a week."""
    latest = latest_answers(journey)
    rows = []
    for window, answer, last_on in answers:
        before = latest.get(window)
        same = before and (before.answer, before.last_on) == (answer, last_on)
        unsaid = before is None and answer == RecentTreatment.Answer.NOT_SURE
        if unsaid or (same and answer != RecentTreatment.Answer.NO):
            continue
        rows.append(
            RecentTreatment(
                journey=journey, author=by, window=window, answer=answer, last_on=last_on
            )
        )
    RecentTreatment.objects.bulk_create(rows)
