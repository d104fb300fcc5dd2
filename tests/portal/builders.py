"""Entities with everything that a public page can show, made up."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader

from hongdun.base.recent import Recent
from hongdun.base.scope import acting, system_scope
from hongdun.lib import uscc
from hongdun.lib.entityrows import Row
from hongdun.lib.money import Money
from hongdun.lib.particulars import Domicile, PersonEntry, Scope, Share
from hongdun.portal.views import extract
from hongdun.register import actions as register
from hongdun.register.actions import bulk
from hongdun.register.models import VersionKind
from tests.register.builders import COUNTY, FOUNDED, FOUNDER, changed, company, founded, officer

if TYPE_CHECKING:
    from hongdun.register.models import Entity

FIRST_NAME = "南宁邕江红豆数字科技有限公司"
NUMBER = re.compile(r"[0-9A-Z]{18}(?:-[0-9A-Z]{5}){6}")
NAME = "广西邕江绿豆数字科技有限公司"
SCOPE = (
    "一般项目：软件开发；信息系统集成服务；数据处理和存储支持服务；计算机软硬件及辅助设备批发；办公设备销售；"
    "互联网销售（除销售需要许可的商品）。许可项目：第二类增值电信业务；食品销售（依法须经批准的项目，经相关部门批准后方可"
    "开展经营活动）。"
)


def forget_papers() -> None:
    """Papers of an earlier test stay signed in this process, though its register is gone."""
    extract.SIGNED = Recent(extract.KEPT)


def well_known() -> Entity:
    """A company renamed, moved and enlarged, with its sheets of the licence and two branches."""
    people = (
        PersonEntry("覃红豆", "legal_representative", FOUNDER),
        PersonEntry("覃红豆", "executive_director", FOUNDER),
        PersonEntry("韦绿豆", "supervisor"),
    )
    entity = founded(name=FIRST_NAME, scope=Scope(SCOPE), people=people)
    sheets(entity, FOUNDED)
    tower = Domicile("南宁市青秀区民族大道166号上东国际T3栋1208室", "450103")
    entity = changed(entity, date(2018, 7, 9), domicile=tower)
    holders = (
        Share("覃红豆", Money(Decimal(3_000_000)), date(2030, 3, 1), person=FOUNDER),
        Share("桂林漓水投资有限公司", Money(Decimal(2_000_000)), date(2030, 3, 1)),
    )
    capital = Money(Decimal(5_000_000))
    entity = changed(entity, date(2020, 5, 1), name=NAME, capital=capital, shares=holders)
    sheets(entity, date(2020, 5, 1))
    branches(entity, 2)
    return entity


def number_on(paper: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    return NUMBER.findall("".join(text.split()))[0]


def sheets(entity: Entity, on: date) -> None:
    actor = officer(entity.organ)
    with acting(actor):
        for copy, number in (("original", 0), ("duplicate", 1)):
            register.record_licence(
                entity=entity, copy=copy, duplicate_no=number, on=on, case_id=None, actor=actor
            )


def loaded(name: str) -> None:
    """A company as an older register handed it over, whatever the law of names says of it today."""
    row = Row(uscc.compose("9", "1", "450102", uscc.body(1, "MD")), COUNTY, company(name=name), {})
    with system_scope("测试"):
        bulk.write([bulk.line(1, row)], kind=VersionKind.IMPORT)


def branches(entity: Entity, count: int, *, ending: str = "分公司") -> None:
    """Branches as an older register handed them over: nothing but the name ties them to the parent."""
    lines = []
    for number in range(1, count + 1):
        code = uscc.compose("9", "1", "450102", uscc.body(number, "MB"))
        name = f"{entity.name}第{number:03}{ending}"
        state = company(name=name, type="2000", capital=None, shares=(), established=FOUNDED)
        lines.append(bulk.line(number, Row(code, COUNTY, state, {})))
    with system_scope("测试"):
        bulk.write(lines, kind=VersionKind.IMPORT)


def ended(entity: Entity, status: str = "cancelled", *, on: date = date(2022, 1, 1)) -> Entity:
    actor = officer(entity.organ)
    with acting(actor):
        return register.set_status(
            entity=entity, status=status, on=on, reason="决议解散", case_id=None, actor=actor
        )
