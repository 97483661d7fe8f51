"""Which changes of the call levels need a second editor, and how they take effect.

A row that means "call now" or more is never changed by one editor alone, and no level is lowered
by one alone. Words of the other rows, and levels that only rise, are free.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.call_rules import Level
from content.models import (
    CallLevel,
    CallSettings,
    CallWindow,
    Centre,
    CombinationRule,
    PendingChange,
    Status,
    Symptom,
    SymptomAnchor,
    SymptomSign,
    SymptomThreshold,
    SymptomWindowLevels,
)
from content.plain_rows import plain, typed
from content.rendering import rerender

# The columns that decide a level. The others of these models are words.
JUDGING: dict[type[models.Model], set[str]] = {
    Symptom: {"score_from", "after_rule", "after_levels", "status"},
    SymptomAnchor: {"score", "level"},
    SymptomSign: {"slug", "level", "level_by_window"},
    SymptomThreshold: {
        *("measure", "op", "value", "unit", "level"),
        *("when_window", "when_sign", "replace_by"),
    },
    SymptomWindowLevels: {"window", "levels"},
    CombinationRule: {"level", "conditions", "enabled", "status"},
    CallLevel: {"status"},
    CallWindow: {"days", "hours", "counts_as_any", "unknown_present_in", "status"},
    CallSettings: {"values", "status"},
    Centre: {"fever_limit", "fever_limit_unit"},
}
# Of these the words, too, are those that somebody acts on.
RULES = (SymptomAnchor, SymptomSign, SymptomThreshold, SymptomWindowLevels)
ACTED_ON = {
    CombinationRule: {"text", *JUDGING[CombinationRule]},
    CallLevel: {"name", "act", "status"},
}
CHILDREN = ("anchors", "signs", "thresholds", "window_levels")


def means_call(row: models.Model) -> bool:
    """Whether a row, or one of the rows of a symptom, gives "call now" or more."""
    if isinstance(row, Symptom):
        own = row.after_levels if row.after_rule == Symptom.AfterRule.LEVELS else []
        rows = [one for name in CHILDREN for one in getattr(row, name).all()] if row.pk else []
        return _calls(own) or any(means_call(one) for one in rows)
    if isinstance(row, CallLevel):
        return _calls([row.slug])
    by_window = getattr(row, "level_by_window", {}) or {}
    levels = [getattr(row, "level", ""), *by_window.values(), *(getattr(row, "levels", []) or [])]
    return _calls(levels)


def _calls(levels: Iterable[str]) -> bool:
    return any(level in (Level.NOW, Level.AMBULANCE) for level in levels)


def held_fields(before: models.Model, after: models.Model) -> list[str]:
    """Return the columns of a change that wait for a second editor."""
    model = type(before)
    judging = JUDGING.get(model, set())
    if not judging:
        return []
    names = [
        column.name
        for column in model._meta.concrete_fields
        if column.editable and not column.primary_key and not column.is_relation
    ]
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    if means_call(before) and model is not Symptom:
        held = set(names) if model in RULES else ACTED_ON.get(model, judging)
        return [name for name in changed if name in held and not _shows_again(name, after)]
    return [name for name in changed if name in judging and not _only_raises(name, before, after)]


def _shows_again(name: str, after: models.Model) -> bool:
    return (name == "status" and after.status == Status.PUBLISHED) or (
        name == "enabled" and after.enabled
    )


def _only_raises(name: str, before: models.Model, after: models.Model) -> bool:
    """Whether a change can only lead to a higher level. What is archived still counts."""
    old, new = getattr(before, name), getattr(after, name)
    if name == "level":
        return _at_least(new, old)
    if name == "levels":
        return len(old) == len(new) and all(map(_at_least, new, old))
    if name == "level_by_window":
        return all(_at_least(new.get(window, ""), level) for window, level in old.items())
    if name == "after_levels":
        # While it has no levels of its own they say nothing; that it takes them is held.
        own = before.after_rule == Symptom.AfterRule.LEVELS
        return not own or (len(old) == len(new) and all(map(_at_least, new, old)))
    if name == "status":
        return new != Status.DRAFT
    return name == "enabled" and bool(new)


def _at_least(new: str, old: str) -> bool:
    return bool(new) and Level(new).rank >= Level(old).rank


def may_hide(row: models.Model) -> bool:
    """Whether a row may be archived, switched off or taken back to a draft."""
    return not means_call(row)


def hides_call(before: models.Model, after: models.Model) -> bool:
    """Whether a change takes a row away from readers that tells them to call now."""

    def shown(row: models.Model) -> bool:
        status = getattr(row, "status", Status.PUBLISHED)
        return status == Status.PUBLISHED and getattr(row, "enabled", True)

    return shown(before) and not shown(after) and not may_hide(before)


def replaces_freely(before: list[models.Model], after: list[models.Model]) -> bool:
    """Whether one editor may put the rows of a symptom's rule `after` in place of `before`.

    None may go, none may need a second editor, and none may wait for one already.
    """
    new = {_rule_key(row): row for row in after}
    waits = PendingChange.objects.open().filter(
        model__in={row._meta.model_name for row in before}, row__in=[row.pk for row in before]
    )
    return not waits.exists() and all(
        _rule_key(row) in new and not held_fields(row, new[_rule_key(row)]) for row in before
    )


def _rule_key(row: models.Model) -> tuple[Any, ...]:
    """Return by what a row is known among those of its symptom."""
    unique = next(one for one in row._meta.constraints if isinstance(one, models.UniqueConstraint))
    return tuple(getattr(row, name) for name in unique.fields if name != "symptom")


def hold(row: models.Model, user: Any) -> PendingChange | None:
    """Take what needs a second editor out of a changed `row`, which then can be saved."""
    before = type(row)._default_manager.get(pk=row.pk)
    names = held_fields(before, row)
    if not names:
        return None
    old, new = (plain(type(row), names, _values(one, names)) for one in (before, row))
    for name in names:
        setattr(row, name, getattr(before, name))
    return PendingChange.objects.create(
        model=row._meta.model_name,
        row=row.pk,
        what=describe(before),
        changes={name: {"from": old[name], "to": new[name]} for name in names},
        asked_by=name_of(user),
        asked_by_key=str(user.pk),
    )


def _values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def name_of(user: Any) -> str:
    """Return an editor as text: the name, and the address that nobody else has."""
    return f"{user.shown_name} ({user.get_username()})"


def describe(row: models.Model) -> str:
    """Return a row in words, with the symptom it belongs to."""
    words = f"{capfirst(row._meta.verbose_name)}: {row}"
    return f"{row.symptom} · {words}" if hasattr(row, "symptom") else words


def row_of(pending: PendingChange) -> models.Model | None:
    """Return the row that a change is about, or None when it is gone."""
    model = apps.get_model("content", pending.model)
    return model._default_manager.filter(pk=pending.row).first()


@transaction.atomic
def confirm(pending: PendingChange, user: Any) -> models.Model:
    """Let a change take effect and return its row. Raises ValidationError when it may not."""
    pending = PendingChange.objects.select_for_update().get(pk=pending.pk)
    row = row_of(pending)
    if pending.accepted is not None or row is None:
        raise ValidationError(_("Somebody has decided this already."))
    now = plain(type(row), pending.changes, _values(row, pending.changes))
    if any(now[name] != change["from"] for name, change in pending.changes.items()):
        raise ValidationError(_("The row has changed since. Reject this, and ask again."))
    wanted = {name: change["to"] for name, change in pending.changes.items()}
    for name, value in typed(type(row), wanted).items():
        setattr(row, name, value)
    if isinstance(row, Centre):
        # Its limit is no part of the version that was signed.
        row.call_levels_signed_version = ""
    _decide(pending, user, accepted=True)
    words = _("Asked by %(one)s, confirmed by %(other)s")
    # The history keeps it beside what changed; its column is short.
    row._change_reason = (words % {"one": pending.asked_by, "other": pending.decided_by})[:100]
    row.full_clean()
    row.save()
    # The search words of a symptom hold the words of its rows.
    rerender()
    return row


def reject(pending: PendingChange, user: Any) -> None:
    """Put a change away for good; the one who asked may do so, too."""
    if pending.accepted is None:
        _decide(pending, user, accepted=False)


def _decide(pending: PendingChange, user: Any, *, accepted: bool) -> None:
    pending.accepted, pending.decided_at = accepted, timezone.now()
    pending.decided_by, pending.decided_by_key = name_of(user), str(user.pk)
    pending.validate_constraints()
    pending.save()
