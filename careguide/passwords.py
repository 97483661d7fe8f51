"""A password that is quickly guessed is refused: common or leaked ones, rows of keys, this site."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What whoever knows this site would try first, beside its name.
WORDS = ("careguide", "leukemia", "leukaemia", "chemotherapy", "hospital", "patient")
# Of 0 to 4; from 3 on, more than a hundred million guesses are needed.
STRONG_ENOUGH = 3
# The library takes no more, and so many letters are strong by themselves.
JUDGED = 72


class GuessableValidator:
    """Refuse what zxcvbn, with its lists of leaked passwords and of words, would guess soon."""

    def validate(self, password: str, user: Any = None) -> None:
        # Its lists take some memory, and a sign-in needs none of them.
        from zxcvbn import zxcvbn  # noqa: PLC0415

        known = [settings.SITE_NAME, *WORDS]
        if user is not None:
            known += [user.email, *user.email.replace("@", ".").split("."), *user.name.split()]
        if zxcvbn(password[:JUDGED], user_inputs=known)["score"] < STRONG_ENOUGH:
            raise ValidationError(
                _("This would be guessed too soon. Please add a few words to it."), code="guessable"
            )

    def get_help_text(self) -> str:
        return _("A short sentence is a good password.")
