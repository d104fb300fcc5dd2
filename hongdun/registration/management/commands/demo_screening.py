"""Let the rules decide registrations in one city of the demonstration, so that both ways can be tried."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.registration.screening import actions
from hongdun.registration.screening.models import Switch
from hongdun.registration.screening.registry import FILINGS

GUILIN = 450_300_000
SHARE = 10


class Command(BaseCommand):
    help = "演示：桂林市开通自动审核（其余各市由人员办理）"

    def handle(self, **_: Any) -> None:
        with system_scope("演示数据") as actor:
            there = set(Switch.objects.filter(organ=GUILIN).values_list("procedure_code", flat=True))
            for procedure in FILINGS.keys() - there:
                actions.lay_switch(
                    organ=GUILIN, procedure=procedure, on=True, share=SHARE, valid_from=clock.today(),
                    basis="演示", actor=actor,
                )  # fmt: skip
