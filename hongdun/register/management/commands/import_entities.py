from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hongdun.base.clock import now, today
from hongdun.base.progress import Bar
from hongdun.base.scope import system_scope
from hongdun.lib import divisions, entityrows, tabular
from hongdun.lib.entityrows import REMARKS, Refused, Row
from hongdun.org.models import Level, Organ
from hongdun.register.actions import RegisterError, intake
from hongdun.register.models import VersionKind

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import datetime

    from hongdun.register.models import ImportRun

HEAD = ("行号（不计表头）", "统一社会信用代码", "名称", "结果", "备注或原因")


class Command(BaseCommand):
    help = "导入已有的登记数据（CSV 或 CSV.zst）；可重复执行，中断后接着导入。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--report", type=Path, help="逐行结果写入这个 CSV 文件")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出合计")

    def handle(self, *_: object, **options: Any) -> None:
        path: Path = options["file"]
        report: Path | None = options["report"]
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}")
        if report and not report.absolute().parent.is_dir():
            raise CommandError(f"结果文件所在的目录不存在：{report.absolute().parent}")
        began = now()
        try:
            run = _load(path)
        except (tabular.TableError, RegisterError) as error:
            raise CommandError(str(error)) from error
        with system_scope("导入报告"):
            tally = intake.totals(run)
            if report:
                _report(run, report)
        words = "\n".join((_heading(run, began), *_lines(tally), _footing(report)))
        self.stdout.write(json.dumps(tally, ensure_ascii=False) if options["json"] else words)


def _load(path: Path) -> ImportRun:
    table = tabular.Table(path, entityrows.COLUMNS)
    bar = Bar(table.size)
    what = intake.Load(
        source=tabular.fingerprint(path),
        title=path.name,
        organ=_region(),
        kind=VersionKind.IMPORT,
    )
    lines = files("hongdun.org").joinpath("tables/divisions.csv").read_text("utf-8").splitlines()
    reader = entityrows.Reader(divisions.read(lines), what.organ, today())

    def read(record: dict[str, str] | int) -> Row:
        if isinstance(record, int):
            raise Refused(f"本行有 {record} 列，应为 {len(table.columns)} 列")
        return reader.read(record)

    run = intake.load(what, table, read, progress=lambda _: bar.show(table.read))
    bar.close()
    return run


def _region() -> int:
    region = Organ.objects.filter(level=Level.REGION).first()
    if region is None:
        raise CommandError("机关目录为空，请先执行 hongdun load-reference")
    return region.code


def _report(run: ImportRun, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for place, code, name, outcome, remarks in intake.notes(run):
            cells = map(tabular.cell, (code, name, intake.OUTCOMES[outcome], remarks))
            writer.writerow((place, *cells))


def _heading(run: ImportRun, began: datetime) -> str:
    """What this run of the command did, because the figures are those of the file, whenever it was loaded."""
    if run.finished and run.finished < began:
        return f"{run.title} 已于 {_moment(run.finished)} 导入，这次没有改动登记簿。当时的结果："
    if run.started < began:
        return f"{run.title} 自 {_moment(run.started)} 中断后接着导入，现已完成。前后合计："
    return f"{run.title} 已导入，用时 {(now() - began).total_seconds():.0f} 秒："


def _moment(when: datetime) -> str:
    return f"{timezone.localtime(when):%Y-%m-%d %H:%M}"


def _footing(report: Path | None) -> str:
    return f"逐行结果：{report}" if report else "逐行结果：再次执行并加 --report 结果.csv（不会重复导入）"


def _lines(tally: Counter[str]) -> Iterator[str]:
    for outcome, label in intake.OUTCOMES.items():
        yield f"{tally[outcome]:>10,}  {label}"
    yield f"{sum(tally[outcome] for outcome in intake.OUTCOMES):>10,}  合计"
    remarks = sorted(((tally[f"remark:{code}"], label) for code, label in REMARKS.items()), reverse=True)
    if any(number for number, _ in remarks):
        yield "其中备注（一行可有多条）："
    yield from (f"{number:>10,}  {label}" for number, label in remarks if number)
