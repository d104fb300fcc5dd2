"""The conditions and switches that the release itself brings, from its tables."""

from __future__ import annotations

import csv
import json
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from hongdun.lib import organs
from hongdun.registration.screening.models import Condition, Switch

if TYPE_CHECKING:
    from collections.abc import Iterator


def load() -> int:
    """Bring the release's conditions in; what bureaus laid down stays. Run again, it changes nothing."""
    found = [_released(position, row) for position, row in enumerate(_rows("conditions"))]
    fields = [field.name for field in Condition._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    Condition.objects.bulk_create(found, update_conflicts=True, unique_fields=["id"], update_fields=fields)
    _load_switches()
    return len(found)


def _load_switches() -> None:
    """Filings that the law itself has decided on the spot; a bureau's own switch prevails from its day on."""
    Switch.objects.bulk_create(
        (
            Switch(
                id=uuid5(NAMESPACE_URL, f"hongdun:switch/{row['procedure']}"), organ=organs.REGION_BUREAU,
                procedure_code=row["procedure"], on=True, share=int(row["share"]),
                valid_from=date.fromisoformat(row["valid_from"]), basis=row["basis"],
            )
            for row in _rows("switches")
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = (files("hongdun.registration.screening") / "tables" / f"{table}.csv").read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _released(position: int, row: dict[str, str]) -> Condition:
    return Condition(
        id=_id_of(row), organ=organs.REGION_BUREAU, procedure_code=row["procedure"], code=row["code"], fact=row["fact"],
        test=row["test"], value=json.loads(row["value"]), label=row["label"], statute_id=row["statute"],
        article=row["article"], valid_from=date.fromisoformat(row["valid_from"]), position=position,
    )  # fmt: skip


def _id_of(row: dict[str, str]) -> UUID:
    return uuid5(NAMESPACE_URL, f"hongdun:condition/{row['procedure']}/{row['code']}/{row['valid_from']}")
