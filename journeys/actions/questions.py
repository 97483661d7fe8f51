"""Questions: taken from the guide, starred, taken to a visit and on to the next."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from journeys.models import Appointment, Journey, Question, User
from journeys.models.questions import MOST_STARRED


def take_question(*, journey: Journey, by: User, slug: str, text: str) -> None:
    """Put a suggested question on the list. Taking it twice is taking it once."""
    try:
        with transaction.atomic():
            make_room(journey=journey, by=by, slug=slug)
            Question.objects.create(journey=journey, author=by, suggested=slug, text=text)
    except IntegrityError:
        # The database holds one present question per suggestion, also in a race.
        if not journey.questions.present().filter(suggested=slug).exists():
            raise


def make_room(*, journey: Journey, by: User, slug: str) -> None:
    """Let who keeps this suggested question to themselves keep it as one of their own.

    There is one present question per suggestion. Nobody may learn of a hidden one because theirs
    finds no place.
    """
    if slug:
        rows = journey.questions.present().filter(suggested=slug)
        rows.hidden_from(by).update(suggested="")


@transaction.atomic
def star_question(*, question: Question, by: User) -> bool:
    """Turn the star on or off. Returns False when `by` sees three others starred already."""
    rows = Question.objects.filter(pk=question.pk)
    if question.starred:
        rows.update(starred=False)
        return True
    starred = question.journey.questions.readable_by(by).open().filter(starred=True).count()
    if starred >= MOST_STARRED:
        return False
    rows.update(starred=True)
    return True


def attach_questions(questions: Sequence[Question], *, visit: Appointment | None) -> None:
    """Say at which visit these are to be asked; None takes them off the one they stand with."""
    Question.objects.filter(pk__in=[row.pk for row in questions]).update(appointment=visit)
