"""Loading the law's tables; done by the owner at set-up, for nobody else may write them."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from hongdun.law import queries
from hongdun.law.models import CalendarDay, Ground, RequiredDocument, Rule, Statute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Field = models.Field[Any, Any]

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
    fields = {field.name: field for field in model._meta.concrete_fields}  # noqa: SLF001 - public by use
    rows = list(_rows(name, fields))
    model._default_manager.bulk_create(  # noqa: SLF001
        [model(**row) for row in rows],
        update_conflicts=True,
        unique_fields=KEYS[name],
        update_fields=sorted(set(fields) - set(KEYS[name]) - {"id"}),
    )
    return len(rows)


def _rows(name: str, fields: Mapping[str, Field]) -> Iterator[dict[str, object]]:
    text = (files("hongdun.law") / "tables" / f"{name}.csv").read_text("utf-8")
    for position, row in enumerate(csv.DictReader(text.splitlines())):
        cells = {fields[column].attname: _cell(fields[column], cell) for column, cell in row.items()}
        yield cells | ({"position": position} if "position" in fields else {})


def _cell(field: Field, text: str) -> object:
    if isinstance(field, models.DateField):
        return date.fromisoformat(text) if text else None
    if isinstance(field, models.BooleanField):
        return text == "1"
    return int(text) if isinstance(field, models.IntegerField) else text
