from __future__ import annotations

import csv
from importlib.resources import files

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError

from hongdun.base.scope import system_scope
from hongdun.lib import residents
from hongdun.org import actions as org
from hongdun.org.models import Officer, Post
from hongdun.parties import actions, queries
from hongdun.parties.models import Account

PASSWORD = "Hongdun-2026"  # noqa: S105 - shown to everyone; demo accounts can't log in in production


class Command(BaseCommand):
    help = "建立演示用的工作人员和申请人（可重复运行；生产环境拒绝）"

    def handle(self, *_: object, **__: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("生产环境不能建立演示账号。")
        officers, applicants = load_officers(), load_applicants()
        self.stdout.write(f"演示工作人员 {officers} 人，申请人 {applicants} 人")


def rows(table: str) -> list[dict[str, str]]:
    text = files("hongdun.parties").joinpath("tables", table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def load_officers() -> int:
    """Each line of the table is one post; an officer with several lines has several posts."""
    known = set(Officer.objects.filter(is_demo=True).values_list("login", flat=True))
    new = [row for row in rows("demo_officers.csv") if row["login"] not in known]
    secret = make_password(PASSWORD)
    made: dict[str, Officer] = {}
    with system_scope("演示数据") as actor:
        for row in new:
            officer = made.get(row["login"]) or org.add_officer(
                login=row["login"],
                name=row["name"],
                organ=int(row["organ"]),
                password=secret,
                totp=pyotp.random_base32(),
                is_demo=True,
                actor=actor,
            )
            made[row["login"]] = officer
            post = Post(
                officer=officer,
                organ_id=int(row["organ"]),
                role=row["role"],
                certificate_no=row["certificate_no"],
            )
            org.add_post(post=post, actor=actor)
    return len(made)


def load_applicants() -> int:
    new = [
        row
        for row in rows("demo_applicants.csv")
        if not Account.objects.filter(login_hash=queries.login_hash(row["phone"])).exists()
    ]
    for row in new:
        body = row["serial"] + "01"
        actions.register_account(
            name=row["name"],
            id_number=body + residents.check_character(body),
            phone=row["phone"],
            password=PASSWORD,
            is_demo=True,
        )
    return len(new)
