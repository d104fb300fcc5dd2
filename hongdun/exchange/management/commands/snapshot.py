from __future__ import annotations

from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from hongdun.exchange.actions import snapshots


class Command(BaseCommand):
    help = "制作当天的开放数据快照和增量（已有的不重做；每天凌晨也会自动制作）"

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            made = snapshots.make()
        except snapshots.SnapshotError as error:
            raise CommandError(str(error)) from error
        except psycopg.OperationalError as error:
            raise CommandError(
                f"数据库不可用：{error}\n请先执行 hongdun up，或检查 DATABASE_URL。"
            ) from error
        for file in made.files:
            self.stdout.write(f"{made.folder / file['name']}　{file['rows']:,} 行　{file['bytes']:,} 字节")
        self.stdout.write(f"含至第 {made.manifest['position']} 号变更。")
