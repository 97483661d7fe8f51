"""Words that whoever knows this site would try first make no password."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Beside the name of the site. Not the words of the guide: a sentence with one of them is fine.
WORDS = ("careguide", "leukemia", "leukaemia", "chemotherapy", "hospital", "password", "patient")
# What must be left of a password without them.
LEFT = 8


class OwnWordsValidator:
    """Refuse a password that is little more than such words."""

    def validate(self, password: str, user: Any = None) -> None:
        left = password.casefold()
        for word in (settings.SITE_NAME.casefold(), *WORDS):
            left = left.replace(word, "") if word else left
        if left != password.casefold() and len(left) < LEFT:
            raise ValidationError(
                _("This is mostly a word that others would try first. Please add to it."),
                code="own_words",
            )

    def get_help_text(self) -> str:
        return _("A short sentence is a good password.")
