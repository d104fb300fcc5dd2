from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyotp
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hongdun.base.scope import system_scope
from hongdun.org import queries as org
from hongdun.org.models import Credential, Officer
from hongdun.parties.management.commands.load_demo import PASSWORD, rows
from hongdun.parties.models import Account
from hongdun.parties.queries import login_hash

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "列出演示账号、口令和当前的动态验证码"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出，供脚本使用")

    def handle(self, *_: object, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("生产环境没有演示账号。")
        accounts = [*officers(), *applicants()]
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False))
            return
        self.stdout.write(f"演示账号（口令都是 {PASSWORD}）：")
        for account in accounts:
            self.stdout.write("  {login:<14}{code:<9}{name}　{what}".format(**account))
        self.stdout.write(
            "工作人员从 /desk/login/ 登录，第二列是此刻的动态验证码；申请人从 /account/login/ 登录。"
        )


def officers() -> list[dict[str, str]]:
    with system_scope("列出演示账号"):
        secrets = dict(Credential.objects.filter(officer__is_demo=True).values_list("officer_id", "totp"))
    return [
        {
            "login": officer.login,
            "password": PASSWORD,
            "code": pyotp.TOTP(secrets[officer.id]).now(),
            "name": officer.name,
            "what": "、".join(str(post) for post in org.posts_of(officer.id)),
        }
        for officer in Officer.objects.filter(is_demo=True).order_by("login")
    ]


def applicants() -> list[dict[str, str]]:
    return [
        {"login": row["phone"], "password": PASSWORD, "code": "", "name": row["name"], "what": "申请人"}
        for row in rows("demo_applicants.csv")
        if Account.objects.filter(login_hash=login_hash(row["phone"]), is_demo=True).exists()
    ]
