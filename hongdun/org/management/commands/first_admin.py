from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import pyotp
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError

from hongdun.base.clock import today
from hongdun.base.scope import system_scope
from hongdun.org import actions
from hongdun.org.models import Level, Officer, Organ, Post, Role

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "建立自治区局的第一位系统管理员，显示一次口令和验证器密钥；已有系统管理员时拒绝"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--login", required=True, help="登录名")
        parser.add_argument("--name", required=True, help="姓名")

    def handle(self, *_: Any, **options: Any) -> None:
        _refuse_second(options["login"])
        password, totp = secrets.token_urlsafe(12), pyotp.random_base32()
        with system_scope("建立第一位系统管理员") as actor:
            region = Organ.objects.filter(level=Level.REGION).first()
            if region is None:
                raise CommandError("机关目录为空，请先执行 hongdun load-reference")
            officer = actions.add_officer(
                login=options["login"],
                name=options["name"],
                organ=region.code,
                password=make_password(password),
                totp=totp,
                actor=actor,
            )
            actions.add_post(post=Post(officer=officer, organ=region, role=Role.ADMIN), actor=actor)
        self.stdout.write(f"登录名　　{officer.login}\n口令　　　{password}\n验证器密钥　{totp}")
        self.stdout.write("只显示这一次。请从 /desk/login/ 登录，再到 /desk/officers/ 新增其他人员。")


def _refuse_second(login: str) -> None:
    """From the second on, an administrator adds officers on the page, and the audit says who did."""
    if Post.objects.on(today()).filter(role=Role.ADMIN, officer__is_demo=False).exists():
        raise CommandError("已有系统管理员，请由其在“人员和岗位”页面新增人员。")
    if Officer.objects.filter(login=login).exists():
        raise CommandError(f"登录名“{login}”已有人使用，请换一个。")
