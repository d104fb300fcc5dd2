from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hongdun.statistics.actions import folding


class Command(BaseCommand):
    help = "把统计与全部投诉举报案件逐件核对并补正；恢复备份或者批量导入案件之后运行，可以中断后重新运行"

    def handle(self, *_: Any, **__: Any) -> None:
        made_good = folding.recount(everything=True)
        folding.fold_all()
        self.stdout.write(f"已核对，补正 {made_good} 项。")
