"""A day of 12315 in the demonstration, made through the product's own actions: work on every desk, figures behind it."""

from __future__ import annotations

from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from hongdun.base import clock
from hongdun.base.scope import acting, current, system_scope
from hongdun.site.demo import floor, matters
from hongdun.statistics.actions import desk, folding
from hongdun.statistics.outbreak import actions as outbreaks

ON_DUTY = (("nn.head", "leader"), ("nn.clerk", "officer"), ("qx.head", "leader"))


class Command(BaseCommand):
    help = "演示：一天的投诉举报、电话和值班（可重复运行；生产环境拒绝）"

    def handle(self, **_: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("生产环境不能建立演示用的投诉举报。")
        if matters.are_there():
            return
        with transaction.atomic():  # all of it or nothing: interrupted, it begins anew
            fill(Random(12315))  # noqa: S311 - the same day each time


def fill(dice: Random) -> None:
    matters.fill(dice)
    floor.fill(dice)
    with system_scope("演示数据"):
        outbreaks.watch(actor=current())
    folding.recount(everything=True)
    folding.fold_all()
    for login, kind in ON_DUTY:
        by = matters.officer(login)
        assert by.person is not None
        with acting(by):
            desk.put_on_duty(officer=by.person, day=clock.today(), kind=kind, actor=by)
