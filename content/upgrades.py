"""After an upgrade: what was edited here beside what came, until somebody has chosen."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.catalogue import rules
from content.file_format import CATALOGUES, Catalogue, Child
from content.models import KeptField, PendingChange
from content.plain_rows import child_rows, plain_columns, plain_row, rows_of
from content.rendering import rerender
from content.second_look import RULES, hides_call, hold, name_of, replaces_freely

BY_NAME = {catalogue.name: catalogue for catalogue in CATALOGUES}


class Outdated(ValidationError):
    """What the editor saw is no longer what stands there."""


@dataclass(frozen=True)
class Choice:
    """A field that waits, with its row and what stands in it now."""

    kept: KeptField
    catalogue: Catalogue
    row: models.Model
    ours: Any

    @property
    def seen(self) -> str:
        """A mark of both texts: a decision only counts for the texts that the editor saw."""
        both = json.dumps([self.ours, self.kept.theirs], sort_keys=True)
        return hashlib.sha256(both.encode()).hexdigest()

    @property
    def child(self) -> Child | None:
        """The list that the field is, if it is one."""
        return next((one for one in self.catalogue.children if one.name == self.kept.field), None)

    @property
    def label(self) -> str:
        if self.child:
            return capfirst(self.child.model._meta.verbose_name_plural)
        return capfirst(self.row._meta.get_field(self.kept.field).verbose_name)


def choices() -> list[Choice]:
    """Return what waits for a decision, row by row; what has become equal does not."""
    waiting = list(KeptField.objects.open())
    rows = {
        name: {catalogue.key_of(plain_columns(catalogue, row)): row for row in rows_of(catalogue)}
        for name in {kept.file for kept in waiting}
        if (catalogue := BY_NAME.get(name))
    }
    found = [_choice(kept, rows.get(kept.file, {}).get(kept.key)) for kept in waiting]
    return [one for one in found if one and one.ours != one.kept.theirs]


def _choice(kept: KeptField, row: models.Model | None) -> Choice | None:
    """Return the choice, or None where the row or the field is gone."""
    if row is None:
        return None
    values = plain_row(BY_NAME[kept.file], row)
    if kept.field not in values:
        return None
    return Choice(kept, BY_NAME[kept.file], row, values[kept.field])


def settle() -> None:
    """Close what needs no decision any more: the texts are equal, or the row is gone."""
    waiting = {one.kept.pk for one in choices()}
    for kept in KeptField.objects.open().exclude(pk__in=waiting):
        kept.close(KeptField.Status.SETTLED)


@transaction.atomic
def keep(pk: int, seen: str, user: Any) -> None:
    """Keep what was edited here. Raises Outdated."""
    _as_seen(pk, seen).kept.close(KeptField.Status.REFUSED, name_of(user))


@transaction.atomic
def take(pk: int, seen: str, user: Any) -> PendingChange | None:
    """Put the new text in place of ours; return the change if it waits for a second editor.

    Raises Outdated, or ValidationError when the new text may not stand there.
    """
    choice = _as_seen(pk, seen)
    pending = None
    before = _faults()
    if choice.child:
        _take_list(choice, choice.child)
    else:
        pending = _take_column(choice, user)
    rerender()
    if _faults() - before:
        raise ValidationError(_("With this text the call levels could not be checked any more."))
    choice.kept.close(KeptField.Status.TAKEN, name_of(user))
    return pending


def _faults() -> set[str]:
    """Return the symptoms whose call levels cannot be checked, and "" for the whole table."""
    table = rules()
    broken = {slug for slug, symptom in table.symptoms.items() if symptom.broken}
    return broken | ({""} if table.broken else set())


def _as_seen(pk: int, seen: str) -> Choice:
    """Return the choice, locked, if both texts are still those that the editor saw."""
    kept = KeptField.objects.select_for_update().get(pk=pk)
    if kept.status != KeptField.Status.OPEN:
        raise Outdated(_("Somebody has decided this already."))
    choice = next((one for one in choices() if one.kept.pk == pk), None)
    if choice is None:
        raise Outdated(_("There is nothing to decide here any more."))
    model = choice.catalogue.model
    # Forms lock their row while they save it, too: from here on nobody else changes it.
    list(model.objects.select_for_update().filter(pk=choice.row.pk))
    choice = _choice(kept, rows_of(choice.catalogue).filter(pk=choice.row.pk).first())
    if choice is None or choice.seen != seen:
        raise Outdated(
            _("One of the texts has changed since you saw them. Nothing is changed yet.")
        )
    return choice


def _take_column(choice: Choice, user: Any) -> PendingChange | None:
    row, name, theirs = choice.row, choice.kept.field, choice.kept.theirs
    before = type(row)._default_manager.get(pk=row.pk)
    linked = choice.catalogue.links.get(name)
    if linked:
        value = linked.objects.filter(slug=theirs).first()
        if value is None:
            raise ValidationError(_("There is no %(name)s here.") % {"name": theirs})
    else:
        value = row._meta.get_field(name).to_python(theirs)
    setattr(row, name, value)
    if hides_call(before, row):
        raise ValidationError(
            _("This row tells people to call now. It cannot be archived or switched off.")
        )
    row.full_clean()
    pending = hold(row, user)
    if pending is None:
        _save(row)
    return pending


def _take_list(choice: Choice, child: Child) -> None:
    stored = child.model.objects.filter(**{child.parent: choice.row})
    new = child_rows(child, choice.row, choice.kept.theirs)
    if child.model in RULES and not replaces_freely(list(stored), new):
        raise ValidationError(
            _(
                "This list holds rows that need a second editor, or that are only here. "
                "Please change them one by one in the form of the symptom."
            )
        )
    stored.delete()
    for row in new:
        row.full_clean()
        row.save()
    _save(choice.row)


def _save(row: models.Model) -> None:
    # The history says so beside what changed; its column is short.
    row._change_reason = str(_("Taken over from an upgrade"))[:100]
    row.save()
