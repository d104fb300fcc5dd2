from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hongdun.library.actions import load_statutes


class Command(BaseCommand):
    help = "装入法律法规文本（以数据库所有者身份运行）：目录里每部法规每个版本一个 .md 文件，可重复运行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="放法规文本的目录")

    def handle(self, *_: Any, folder: Path, **__: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"没有目录 {folder}，请核对路径。")
        self.stdout.write(f"已装入 {load_statutes(folder)} 条法条。")
