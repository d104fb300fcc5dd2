"""What was registered is told the tax, social security, seal-makers and banks, each the fields that it may have."""

from __future__ import annotations

from datetime import date

import pytest

from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.outbox.models import Message
from hongdun.registration import handovers
from tests.exchange.builders import deliver
from tests.org.builders import an_actor, enter
from tests.registration import changes as build
from tests.registration.test_change import sent_scope_change

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


def heard() -> dict[str, dict[str, str]]:
    """By department: what it was sent."""
    deliver()
    with system_scope("测试"):
        return {m.body["department"]: m.body for m in Message.objects.filter(topic=handovers.SENT)}


def test_a_change_is_told_each_department_with_its_own_fields_and_stands_in_the_file() -> None:
    deliver()  # who hears from now on has no history
    entity, client = build.company(), build.agent()
    case = sent_scope_change(client, entity)
    build.approve(case)
    found = heard()
    deliver()  # what was told on is told the departments' queues
    assert set(found) == {"tax", "insurance", "bank", "fund"}  # a seal bears the name, which is what it was
    assert found["tax"]["fields"]["scope"] == "软件开发"
    assert "scope" not in found["bank"]["fields"]
    assert all("phone" not in each["fields"] for each in found.values())
    with system_scope("测试"):
        case = Case.objects.get(pk=case.pk)
        rows = handovers.sent(case)
    assert [row.label for row in rows] == [
        "税务机关", "社会保险经办机构", "开户银行（银企信息共享平台）", "住房公积金管理中心"
    ]  # fmt: skip
    assert all(str(row.value).endswith("待送达") for row in rows)
    assert "已推送税务机关（待送达）" in build.said(client.get(f"/my/{case.number}/"))
    enter(client, an_actor("examiner", organ=build.QINGXIU, login="reads.files"))
    trail = build.said(client.get(f"/cases/{case.number}/trail/"))
    assert "向税务机关推送：统一社会信用代码、名称" in trail


def test_every_field_and_occasion_of_the_table_is_known() -> None:
    known = set(handovers.FIELDS) | {handovers.UNTIL[0]}
    occasions = frozenset({"established", "changed", "renamed", "corrected", "cancelled", "objections"})
    table = handovers.recipients(occasions, on=date(2026, 11, 24))
    assert {each.department for each in table} == {"tax", "seal", "insurance", "bank", "fund"}
    assert {field for each in table for field in each.fields} <= known
    assert handovers.recipients(occasions, on=date(2022, 2, 28)) == []
