"""What an editor hears when saving: what must be mended, and what is hard to read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.checks.readings import reading_of
from content.checks.rows import CHECKED, faults
from content.checks.texts import Targets
from content.checks.whole import has_tag
from content.models import Status, SuggestedQuestion, Topic
from content.reading import allowed_words


def look_over(form: forms.ModelForm) -> list[str]:
    """Put what must be mended beside its field; of a draft, return it in words instead.

    Nothing is asked of archived rows. Fields that are refused already are left alone.
    """
    row = form.instance
    if not isinstance(row, CHECKED) or row.status == Status.ARCHIVED:
        return []
    found = [one for one in faults(row, Targets.load()) if one[0] not in form.errors]
    if row.status == Status.DRAFT:
        return [_in_words(row, column, words) for column, words in found]
    for column, words in found:
        if column in form.fields:
            form.add_error(column, f"{capfirst(words)}.")
        else:
            form.add_error(None, f"{_label(row, column)}: {words}.")
    return []


def tell(request: HttpRequest, row: Any, notes: list[str]) -> None:
    """Say after saving what is still to be mended in a draft and what is hard to read."""
    for words in notes:
        messages.warning(request, _("Mend this before you publish. %(what)s") % {"what": words})
    if row.status == Status.ARCHIVED:
        return
    if isinstance(row, Topic):
        for words in reading_of(row, allowed_words()).faults:
            messages.warning(request, f"{words}.")
    if isinstance(row, SuggestedQuestion) and not has_tag(row):
        words = _("Nobody is shown this question yet: say in a relevance rule when it matters.")
        messages.warning(request, words)


def _in_words(row: Any, column: str, words: str) -> str:
    return f"{_label(row, column)}: {words}."


def _label(row: Any, column: str) -> str:
    return capfirst(row._meta.get_field(column).verbose_name)
