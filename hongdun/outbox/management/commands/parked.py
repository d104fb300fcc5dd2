from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from hongdun.base.actor import system
from hongdun.outbox import queries
from hongdun.outbox.actions import retry_parked
from hongdun.outbox.models import Failure

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "列出多次处理失败而搁置的消息（有则退出码为 1）；用 --retry 重新投递其中一条"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", type=UUID, metavar="编号", help="重新投递这一条")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["retry"]:
            self._retry(options["retry"])
            return
        found = list(queries.parked())
        if options["json"]:
            names = ("id", "consumer", "position", "attempts", "error", "parked_at")
            rows = [{name: getattr(each, name) for name in names} for each in found]
            self.stdout.write(json.dumps(rows, default=str, ensure_ascii=False))
        else:
            for each in found:
                at = f"{localtime(each.parked_at):%Y-%m-%d %H:%M}"
                self.stdout.write(f"{each.id}　{at}　{each.consumer}　第 {each.position} 号：{each.error}")
            self.stdout.write(f"搁置的消息共 {len(found)} 条。")
        if found:
            sys.exit(1)

    def _retry(self, failure: UUID) -> None:
        try:
            retry_parked(failure, actor=system("重新投递"))
        except Failure.DoesNotExist:
            raise CommandError(f"没有编号为 {failure} 的搁置消息；不带参数运行可列出全部。") from None
        self.stdout.write("已重新投递。")
