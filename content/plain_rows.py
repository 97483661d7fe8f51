"""Rows as the plain values that files have, and back; so that both can be compared."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from content.file_format import TERSE, Catalogue, Child, Record


def records_of(catalogue: Catalogue) -> Iterable[Record]:
    """Yield every row of the catalogue as it stands in its file."""
    for row in rows_of(catalogue):
        values = plain_row(catalogue, row)
        record = {}
        if catalogue.file == "guide":
            record["folder"] = f"{row.section.number:02d}-{row.section.slug}"
        for name in catalogue.columns:
            value = values[name]
            if value or name not in TERSE or catalogue.file == "guide":
                record[name] = _for_file(catalogue.model, name, value)
        for child in catalogue.children:
            entries = [
                {name: _for_file(child.model, name, value) for name, value in entry.items()
                 if value not in ([], {}, "", None)}
                for entry in values[child.name]
            ]  # fmt: skip
            if entries or catalogue.file == "guide":
                record[child.name] = entries
        yield record


def rows_of(catalogue: Catalogue) -> models.QuerySet:
    """Return all rows of the catalogue in the order of its file, with their lists."""
    return (
        catalogue.model.objects.order_by(
            *(["section__number"] if "section" in catalogue.links else []),
            *(catalogue.model._meta.ordering or ["pk"]),
        )
        .select_related(*catalogue.links)
        .prefetch_related(
            *(
                models.Prefetch(
                    _accessor(child),
                    child.model.objects.order_by(*["order"] * has_order(child), "pk"),
                )
                for child in catalogue.children
            )
        )
    )


def _accessor(child: Child) -> str:
    return child.model._meta.get_field(child.parent).remote_field.get_accessor_name()


def plain_row(catalogue: Catalogue, row: models.Model) -> Record:
    """Return a row with its lists as its file would have it, dates and numbers as texts."""
    record = plain_columns(catalogue, row)
    for child in catalogue.children:
        record[child.name] = [
            plain(child.model, child.fields, {name: getattr(one, name) for name in child.fields})
            for one in getattr(row, _accessor(child)).all()
        ]
    return record


def plain_columns(catalogue: Catalogue, row: models.Model) -> Record:
    """Return the columns of a row that its file has, without its lists."""
    values = {name: getattr(row, name) for name in catalogue.columns}
    values |= {name: values[name].slug for name in catalogue.links}
    return plain(catalogue.model, catalogue.columns, values)


def plain(model: type[models.Model], names: Iterable[str], values: Record) -> Record:
    """Return the named columns in a form that JSON keeps; what is missing has its default."""
    record = {}
    for name in names:
        column = model._meta.get_field(name)
        value = values.get(name)
        if value is None and not column.null:
            value = column.get_default()
        if not column.is_relation:
            value = column.to_python(value)
        record[name] = _json(value)
    return record


def _json(value: Any) -> Any:
    """Return `value` as JSON has it; texts without the marks that editors leave at their ends."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Decimal):
        return str(value.normalize() + 0)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_json(one) for one in value]
    if isinstance(value, dict):
        # In one order: some databases keep the keys in an order of their own.
        return {key: _json(value[key]) for key in sorted(value)}
    return value


def typed(model: type[models.Model], values: Record) -> Record:
    """Return plain values as the model's own types."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in values.items()}


def child_rows(child: Child, row: models.Model, entries: Iterable[Record]) -> list[models.Model]:
    """Return the rows of a list of `row`, not saved yet, in the order of the file."""
    ordered = has_order(child)
    return [
        child.model(
            **{child.parent: row},
            **typed(child.model, entry),
            **({"order": place} if ordered else {}),
        )
        for place, entry in enumerate(entries)
    ]


def _for_file(model: type[models.Model], name: str, value: Any) -> Any:
    """Return a stored value as YAML writes it best: dates as dates, decimals as numbers."""
    column = model._meta.get_field(name)
    if value and isinstance(column, models.DateField):
        return date.fromisoformat(value)
    if value is not None and isinstance(column, models.DecimalField):
        return float(value)
    return value


def has_order(child: Child) -> bool:
    """Whether the rows of a list keep their place in a column, and not by their keys."""
    return "order" not in child.fields and any(
        column.name == "order" for column in child.model._meta.concrete_fields
    )
