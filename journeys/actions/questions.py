"""Questions: taken from the guide, starred, put in order, taken to a visit and on to the next."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from journeys.models import Appointment, Journey, Question, User
from journeys.models.questions import MOST_STARRED


def take_question(*, journey: Journey, by: User, slug: str, text: str) -> None:
    """Put a suggested question on the list. Taking it twice is taking it once."""
    try:
        with transaction.atomic():
            Question.objects.create(journey=journey, author=by, suggested=slug, text=text)
    except IntegrityError:
        # The database holds one present question per suggestion, also in a race.
        if not journey.questions.present().filter(suggested=slug).exists():
            raise


@transaction.atomic
def star_question(*, question: Question) -> bool:
    """Turn the star on or off. Returns False when three others are starred already."""
    rows = Question.objects.filter(pk=question.pk)
    if question.starred:
        rows.update(starred=False)
        return True
    starred = question.journey.questions.open().filter(starred=True).count()
    if starred >= MOST_STARRED:
        return False
    rows.update(starred=True)
    return True


def attach_question(*, question: Question, visit: Appointment | None) -> None:
    """Say at which visit it is to be asked; None takes it off the one it stands with."""
    Question.objects.filter(pk=question.pk).update(appointment=visit)


def carry_over(*, questions: Sequence[Question], to: Appointment) -> None:
    """Take questions that were not asked to a later visit."""
    Question.objects.filter(pk__in=[row.pk for row in questions]).update(appointment=to)


@transaction.atomic
def move_question(*, rows: Sequence[Question], question: Question, down: bool) -> None:
    """Let it change places with its neighbor in `rows`, the list as its reader has it."""
    order = list(rows)
    place = order.index(question)
    other = place + (1 if down else -1)
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for number, row in enumerate(order):
        row.order = number
    Question.objects.bulk_update(order, ["order"])
