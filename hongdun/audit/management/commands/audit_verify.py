from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from hongdun.audit.queries import verify

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "核对审计记录：查出被改动、删除、插入的行和断裂的封存链；有问题时退出码为 1"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        started = time.monotonic()
        report = verify()
        seconds = round(time.monotonic() - started, 2)
        if options["json"]:
            body = {
                "events": report.events,
                "seals": report.seals,
                "seconds": seconds,
                "count": report.count,
                "findings": [asdict(finding) for finding in report.findings],
            }
            self.stdout.write(json.dumps(body, ensure_ascii=False))
        else:
            for finding in report.findings:
                self.stdout.write(str(finding))
            if report.count > len(report.findings):
                self.stdout.write(f"……其余 {report.count - len(report.findings)} 处略")
            verdict = f"发现 {report.count} 处问题" if report.count else "未发现问题"
            self.stdout.write(
                f"核对 {report.events} 条审计记录、{report.seals} 个封存，用时 {seconds} 秒：{verdict}。"
            )
        if report.count:
            sys.exit(1)
