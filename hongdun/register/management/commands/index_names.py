from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hongdun.base.progress import Bar
from hongdun.register.actions import indexing


class Command(BaseCommand):
    help = "更新检索和查重的索引：只处理旧版本生成的行；可随时中断，再次执行即接着做。"

    def handle(self, *_: object, **__: Any) -> None:
        waiting = indexing.outdated()
        if not waiting:
            self.stdout.write("检索索引都是最新的。")
            return
        bar = Bar(waiting)
        done = indexing.remake(progress=bar.show)
        bar.close()
        self.stdout.write(f"已更新 {done:,} 行检索索引。")
