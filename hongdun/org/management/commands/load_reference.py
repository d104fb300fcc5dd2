from __future__ import annotations

import csv
from importlib.resources import files

from django.core.management.base import BaseCommand
from django.db import transaction

from hongdun.base import reference
from hongdun.law import actions as law
from hongdun.lib import organs
from hongdun.org.models import Organ


class Command(BaseCommand):
    help = "装入机关名录和法规期限等基础数据（以数据库所有者身份运行，可重复运行）"

    def handle(self, *_: object, **__: object) -> None:
        with transaction.atomic():
            self.stdout.write(f"机关 {load_organs()} 个")
        self.stdout.write("，".join(f"{table} {count} 行" for table, count in law.load_tables().items()))
        for label, load in reference.LOADERS.items():
            self.stdout.write(f"{label} {load()} 条")


def load_organs() -> int:
    """Insert or update every organ of the table, parents first; organs that left the table stay."""
    text = files("hongdun.org").joinpath("tables", "organs.csv").read_text(encoding="utf-8")
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda row: (row["level"], row["code"]))
    Organ.objects.bulk_create(
        [
            Organ(
                code=int(row["code"]),
                name=row["name"],
                short=row["short"],
                level=int(row["level"]),
                mark=row["mark"],
                parent_id=organs.parent(int(row["code"])),
                division=row["division"],
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "short", "level", "mark", "parent", "division"],
    )
    return len(rows)
