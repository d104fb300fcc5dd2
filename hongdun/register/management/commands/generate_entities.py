from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hongdun.base.progress import Bar
from hongdun.base.scope import system_scope
from hongdun.lib import plausible, plausible_owners
from hongdun.org.models import Level, Organ
from hongdun.register.actions import RegisterError, intake
from hongdun.register.models import Entity, VersionKind

if TYPE_CHECKING:
    from hongdun.register.models import ImportRun

MOST = plausible.STRIDE


class Command(BaseCommand):
    help = (
        "生成虚构的市场主体，用于演示和压力测试；同一种子总是生成同样的主体，中断后接着生成；生产环境拒绝。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="以 JSON 输出合计")
        parser.add_argument("--if-empty", action="store_true", help="登记簿已有市场主体时不生成")

    def handle(self, *_: object, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("生产环境的登记簿不能有虚构的市场主体。")
        if options["if_empty"] and Entity.objects.exists():
            return
        count, seed = options["count"], options["seed"]
        if not 0 < count < MOST or seed < 0:
            raise CommandError(f"--count 应在 1 与 {MOST - 1} 之间，--seed 不能为负数")
        try:
            run = _generate(count, seed)
        except RegisterError as error:
            raise CommandError(str(error)) from error
        with system_scope("生成报告"):
            tally = intake.totals(run)
        # Every made-up entity bears the remark that it is one.
        words = (
            f"虚构的市场主体：已生成 {tally[intake.REMARKED]:,} 户，登记簿已有 {tally[intake.PRESENT]:,} 户"
        )
        self.stdout.write(json.dumps(tally) if options["json"] else words)


def _generate(count: int, seed: int) -> ImportRun:
    made_up, bar = world(), Bar(count)
    what = intake.Load(
        source=f"generate:{seed}:{count}",
        title=f"演示数据 {count} 户（种子 {seed}）",
        organ=Organ.objects.get(level=Level.REGION).code,
        kind=VersionKind.GENERATE,
        keep_notes=False,
    )
    run = intake.load(
        what,
        range(1, count + 1),
        lambda place: plausible_owners.entity(made_up, seed, place),
        progress=bar.show,
    )
    bar.close()
    return run


def world() -> plausible.World:
    names = {
        organ.code: _place(organ)
        for organ in Organ.objects.filter(level__lte=Level.COUNTY).select_related("parent")
    }
    if not names:
        raise CommandError("机关目录为空，请先执行 hongdun load-reference")
    tables = files("hongdun.register").joinpath("tables")

    def table(name: str) -> plausible.Table:
        return plausible.read_table(tables.joinpath(f"{name}.csv").read_text("utf-8").splitlines())

    return plausible.read(table, names)


def _place(organ: Organ) -> str:
    """兴宁区 from 南宁市兴宁区市场监督管理局."""
    name = organ.name.removesuffix("市场监督管理局")
    return name.removeprefix(organ.parent.name.removesuffix("市场监督管理局")) if organ.parent else name
