from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hongdun.lib.entitytypes import KINDS
from hongdun.register import queries as register

if TYPE_CHECKING:
    from hongdun.register.queries import Check, Finding


class Command(BaseCommand):
    help = "比对名称：怎样拆分，哪些理由使它不能使用，与哪些名称近似。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="拟用的名称")
        parser.add_argument("--city", default="", help="登记机关所在设区市，四位，例如 4501")
        parser.add_argument("--kind", default="enterprise", choices=list(KINDS), help="主体类型")
        parser.add_argument("--trade", default="", help="字号（拆分有误时）")
        parser.add_argument("--industry", default="", help="行业（拆分有误时）")
        parser.add_argument("--investor", action="append", default=[], help="有投资关系的企业的代码")
        parser.add_argument("--suggest", action="store_true", help="不能使用时推荐几个名称")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *_: object, **options: Any) -> None:
        city = str(options["city"])
        if city and not (city.isascii() and city.isdecimal() and int(city) in register.CITIES[1:]):
            raise CommandError("--city 应为四位的设区市代码，例如 4501（南宁市）")
        naming = register.Naming(
            organ=int(city) * 100_000 if city else None, kind=options["kind"], trade=options["trade"],
            industry=options["industry"], investors=frozenset(options["investor"]),
        )  # fmt: skip
        found = register.check_name(options["name"], naming)
        suggested = register.suggest(options["name"], naming) if options["suggest"] and not found.free else []
        if options["json"]:
            self.stdout.write(json.dumps(_told(found, suggested), ensure_ascii=False))
            return
        parts = found.parts
        self.stdout.write(
            f"行政区划 {parts.place or '（无）'}　字号 {parts.trade}　行业 {parts.industry or '（无）'}　"
            f"组织形式 {parts.form or '（无）'}　与{'全区' if found.region_wide else '本市'}的名称比对"
        )
        for title, findings in (
            ("不能使用", found.blocking),
            ("近似提示", found.warnings),
            ("可以使用", found.freed),
        ):
            for each in findings:
                self.stdout.write(f"{title}：{each.explanation}（{each.article}）")
        if found.more:
            self.stdout.write(f"另有 {found.more} 个近似的名称没有列出")
        if suggested:
            self.stdout.write(f"可以考虑：{'、'.join(suggested)}")
        self.stdout.write("可以申报" if found.free else "不能申报，请换一个字号")


def _told(found: Check, suggested: list[str]) -> dict[str, Any]:
    def told(findings: list[Finding]) -> list[dict[str, str]]:
        return [
            {"rule": each.rule, "article": each.article, "explanation": each.explanation} for each in findings
        ]

    return {
        "free": found.free, "trade": found.parts.trade, "industry": found.parts.industry,
        "blocking": told(found.blocking), "warnings": told(found.warnings), "freed": told(found.freed),
        "more": found.more, "suggestions": suggested,
    }  # fmt: skip
