from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from hongdun.base.scope import system_scope
from hongdun.lib import apikeys
from hongdun.parties import actions
from hongdun.parties.models import ApiKey

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "调整一个接口密钥的额度；0 为不限量"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("hint", help=f"密钥的前 {apikeys.HINT} 个字符，申请人在“接口密钥”页面可以看到")
        parser.add_argument("--per-minute", type=int, required=True)
        parser.add_argument("--per-day", type=int, required=True)

    def handle(self, *_: object, **options: object) -> None:
        hint, per_minute, per_day = str(options["hint"]), options["per_minute"], options["per_day"]
        assert isinstance(per_minute, int)
        assert isinstance(per_day, int)
        if min(per_minute, per_day) < 0:
            raise CommandError("额度不能为负数；0 为不限量")
        with system_scope("调整接口密钥的额度") as actor:
            found = list(ApiKey.objects.filter(hint=apikeys.hint(hint), revoked=None))
            if len(found) != 1:
                raise CommandError(f"没有以 {hint} 开头的在用密钥，请核对前 {apikeys.HINT} 个字符")
            actions.set_quota(found[0], per_minute=per_minute, per_day=per_day, actor=actor)
        self.stdout.write(f"{found[0]}：每分钟 {per_minute or '不限'} 次，每日 {per_day or '不限'} 次")
