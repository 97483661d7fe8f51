"""Take a suggested question onto the list; star up to three."""

from django.db import IntegrityError, transaction

from journeys.models import Journey, Question, User
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
