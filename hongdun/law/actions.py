"""Loading the law's tables; done by the owner at set-up, for nobody else may write them."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import models, transaction

from hongdun.law import queries
from hongdun.law.models import CalendarDay, Ground, RequiredDocument, Rule, Statute

if TYPE_CHECKING:
    from collections.abc import Iterator

# Order matters: rules, grounds and documents name their statute.
TABLES: dict[str, type[models.Model]] = {
    "statutes": Statute,
    "rules": Rule,
    "grounds": Ground,
    "required_documents": RequiredDocument,
    "calendar": CalendarDay,
}
KEYS: dict[str, list[str]] = {
    "statutes": ["code"],
    "rules": ["code", "valid_from"],
    "grounds": ["code", "valid_from"],
    "required_documents": ["procedure", "code", "valid_from"],
    "calendar": ["date"],
}


def load_tables() -> dict[str, int]:
    """Bring the tables to what the release says; returns rows by table. Run again, it changes nothing."""
    with transaction.atomic():
        counts = {name: _load(name, model) for name, model in TABLES.items()}
    queries.forget()
    return counts


def _load(name: str, model: type[models.Model]) -> int:
    """Rows are never deleted, since decisions refer to them: a rule ends by its last day in the table."""
    rows = [model(**cells) for cells in _rows(name, model)]
    kept = {field.attname for field in model._meta.concrete_fields} - {"id"}  # noqa: SLF001 - public by use
    model._default_manager.bulk_create(  # noqa: SLF001
        rows, update_conflicts=True, unique_fields=KEYS[name], update_fields=sorted(kept - set(KEYS[name]))
    )
    return len(rows)


def _rows(name: str, model: type[models.Model]) -> Iterator[dict[str, object]]:
    ordered = any(field.name == "position" for field in model._meta.fields)  # noqa: SLF001
    with (files("hongdun.law") / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for position, row in enumerate(csv.DictReader(lines)):
            cells = {_column(model, column): _cell(model, column, text) for column, text in row.items()}
            yield cells | ({"position": position} if ordered else {})


def _column(model: type[models.Model], column: str) -> str:
    return model._meta.get_field(column).attname  # noqa: SLF001


def _cell(model: type[models.Model], column: str, text: str) -> object:
    field = model._meta.get_field(column)  # noqa: SLF001
    if isinstance(field, models.DateField):
        return date.fromisoformat(text) if text else None
    if isinstance(field, models.BooleanField):
        return text == "1"
    return int(text) if isinstance(field, models.IntegerField) else text
