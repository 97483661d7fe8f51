"""Load the content files into the database, and write the database back as such files.

What staff edited here stays as it is and is put up for decision; what they deleted stays deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from content.file_format import CATALOGUES, Catalogue, Child, Record
from content.files import ContentError, read, write
from content.models import KeptField, LoadedItem, touch_content
from content.plain_rows import (
    child_rows,
    plain,
    plain_columns,
    plain_row,
    records_of,
    rows_of,
)
from content.rendering import rerender
from content.upgrades import settle

DATA = Path(__file__).resolve().parent / "data"


@dataclass
class Report:
    """What a load did: names as "file slug", and for what was kept "file slug: field"."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.added or self.updated)


def load(directory: Path = DATA) -> Report:
    """Bring the database up to the files in `directory`.

    Raises ContentError, which names file and slug, and then nothing is loaded.
    """
    report = Report()
    errors: list[str] = []
    with transaction.atomic():
        for catalogue in CATALOGUES:
            errors += _Load(catalogue, directory, report).run()
        if errors:
            raise ContentError(errors)
        rerender()
        settle()
        if report.changed:
            touch_content()
    return report


def export(directory: Path) -> None:
    """Write all content as files below `directory`, in the format that `load` reads."""
    write(
        directory,
        [(catalogue, list(records_of(catalogue))) for catalogue in CATALOGUES],
    )


def edited_fields(row: models.Model) -> dict[str, Any]:
    """Return the shipped value of each field of `row` that was edited here."""
    catalogue = next(one for one in CATALOGUES if isinstance(row, one.model))
    current = plain_row(catalogue, row)
    shipped = getattr(row, "shipped", {})
    return {name: value for name, value in shipped.items() if current.get(name) != value}


class _Load:
    """The load of one catalogue."""

    def __init__(self, catalogue: Catalogue, directory: Path, report: Report) -> None:
        self.catalogue = catalogue
        self.model = catalogue.model
        self.report = report
        self.records = read(directory, catalogue)
        self.errors: list[str] = []
        self.linked = {
            name: {row.slug: row for row in model.objects.all()}
            for name, model in catalogue.links.items()
        }

    def run(self) -> list[str]:
        """Create and update rows; return the faults found."""
        rows = {
            self.catalogue.key_of(plain_columns(self.catalogue, row)): row
            for row in rows_of(self.catalogue)
        }
        loaded = set(
            LoadedItem.objects.filter(file=self.catalogue.name).values_list("key", flat=True)
        )
        seen: set[str] = set()
        added: list[tuple[models.Model, Record]] = []
        changed: list[tuple[models.Model, Record]] = []
        for where, record in self.records:
            key = self.catalogue.key_of(record)
            name = f"{where} {key}"
            if key in seen:
                self.errors.append(f"{name}: stands there twice.")
            seen.add(key)
            wanted = self._wanted(name, record)
            if wanted is None:
                continue
            row = rows.get(key)
            if row is not None and row.shipped == wanted:
                self.report.unchanged += 1
            elif row is not None:
                if changes := self._changes(name, row, wanted):
                    self.report.updated.append(name)
                changed.append((row, changes))
            elif key in loaded:
                self.report.deleted.append(name)
            else:
                self.report.added.append(name)
                added.append((self.model(shipped=wanted), wanted))
        self._validate([*added, *changed])
        if not self.errors:
            self._save(added, changed)
            LoadedItem.objects.bulk_create(
                LoadedItem(file=self.catalogue.name, key=key) for key in sorted(seen - loaded)
            )
        return self.errors

    def _wanted(self, name: str, record: Record) -> Record | None:
        """Return the record with every column in its stored form, or None when it is faulty."""
        known = {*self.catalogue.columns, *(child.name for child in self.catalogue.children)}
        if unknown := [str(key) for key in record if key not in known]:
            self.errors.append(f"{name}: unknown field {', '.join(unknown)}.")
            return None
        try:
            wanted = plain(self.model, self.catalogue.columns, record)
            for child in self.catalogue.children:
                entries = record.get(child.name) or []
                if faults := {str(key) for entry in entries for key in entry} - {*child.fields}:
                    raise ValidationError(f"{child.name}: unknown field {', '.join(faults)}")
                wanted[child.name] = [plain(child.model, child.fields, entry) for entry in entries]
        except (ValidationError, TypeError, AttributeError) as error:
            self.errors.append(f"{name}: {_words(error)}")
            return None
        for link, rows in self.linked.items():
            if wanted[link] not in rows:
                self._without(name, link, wanted[link])
                return None
        return wanted

    def _without(self, name: str, link: str, slug: str) -> None:
        """Say why a record finds no section: staff deleted it, or there never was one."""
        catalogue = next(one for one in CATALOGUES if one.model is self.catalogue.links[link])
        if LoadedItem.objects.filter(file=catalogue.name, key=slug).exists():
            self.report.deleted.append(name)
        else:
            self.errors.append(f"{name}: there is no {link} {slug!r}.")

    def _changes(self, name: str, row: models.Model, wanted: Record) -> Record:
        """Return what of the new file values the row takes; what was edited here is kept."""
        current = plain_row(self.catalogue, row)
        changes = {}
        for column, value in wanted.items():
            before = row.shipped.get(column)
            if value in (before, current[column]):
                continue
            if current[column] == before:
                changes[column] = value
            else:
                self.report.kept.append(f"{name}: {column}")
                key = self.catalogue.key_of(current)
                KeptField.objects.queue(self.catalogue.name, key, column, value)
        row.shipped = wanted
        return changes

    def _validate(self, rows: Iterable[tuple[models.Model, Record]]) -> None:
        """Set the new values on the rows and check each against its model."""
        for row, values in rows:
            name = f"{self.catalogue.name} {self.catalogue.key_of(row.shipped)}"
            for column, value in values.items():
                if column in self.linked:
                    setattr(row, column, self.linked[column][value])
                elif column in self.catalogue.columns:
                    setattr(row, column, self.model._meta.get_field(column).to_python(value))
            if hasattr(row, "refresh"):
                row.refresh()
            try:
                row.clean_fields(exclude=self.catalogue.links)
                for child in self.catalogue.children:
                    for one in values.get(child.name, []):
                        child.model(**one).clean_fields(exclude=[child.parent])
            except ValidationError as error:
                self.errors.append(f"{name}: {_words(error)}")

    def _save(
        self,
        added: list[tuple[models.Model, Record]],
        changed: list[tuple[models.Model, Record]],
    ) -> None:
        _create(self.model, [row for row, _values in added])
        columns = _bulk_columns(self.model)
        for row, _values in changed:
            if hasattr(row, "updated_at"):
                row.updated_at = timezone.now()
        # A row that only learned of a newer file value has no new history.
        touched = [row for row, values in changed if values]
        if hasattr(self.model, "history"):
            bulk_update_with_history(touched, self.model, columns, batch_size=50)
        else:
            self.model.objects.bulk_update(touched, columns, batch_size=50)
        rest = [row for row, values in changed if not values]
        self.model.objects.bulk_update(rest, ["shipped"], batch_size=50)
        for child in self.catalogue.children:
            self._save_children(child, [*added, *changed])

    def _save_children(self, child: Child, rows: list[tuple[models.Model, Record]]) -> None:
        replaced = [(row, values[child.name]) for row, values in rows if child.name in values]
        child.model.objects.filter(**{f"{child.parent}__in": [row for row, _ in replaced]}).delete()
        _create(
            child.model,
            [one for row, entries in replaced for one in child_rows(child, row, entries)],
        )


def _create(model: type[models.Model], rows: list[models.Model]) -> None:
    if hasattr(model, "history"):
        bulk_create_with_history(rows, model, batch_size=200)
    else:
        model.objects.bulk_create(rows, batch_size=200)


def _bulk_columns(model: type[models.Model]) -> list[str]:
    return [column.name for column in model._meta.concrete_fields if not column.primary_key]


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError) and hasattr(error, "message_dict"):
        return "; ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
