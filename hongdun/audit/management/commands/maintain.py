from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

MONTHS = 24


class Command(BaseCommand):
    help = "由数据库所有者定期运行：把审计表的月分区补到今后 24 个月"

    def handle(self, *_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class"
                " WHERE oid = 'audit_event'::regclass"
            )
            if cursor.fetchone() != (True,):
                raise CommandError("maintain 须以数据库所有者身份运行：请设 HONGDUN_DB_ROLE=owner。")
            cursor.execute("SELECT hd_audit_extend(%s)", [MONTHS])
            made = cursor.fetchone()
        self.stdout.write(f"新建 {made[0] if made else 0} 个月分区。")
