"""A complaint from the telephone to the closed file: city, county, station and back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Task
from hongdun.consumer.queries import progress
from hongdun.documents.models import Document
from tests.cases import builders as make
from tests.consumer import builders as build

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_city_to_county_to_station_to_the_printed_statement() -> None:
    city, clerk = build.operator(), build.operator(build.COUNTY)
    examiner, approver = (make.officer(role, organ=build.COUNTY) for role in ("examiner", "approver"))
    head, lead = (make.officer(role, organ=build.STATION) for role in ("head", "station"))
    [case] = build.filed(city)
    build.go(case, "route", "send", city, data={"route_to": str(build.COUNTY)})
    assert build.reload(case).organ == build.COUNTY
    build.go(case, "route", "keep", clerk)
    build.go(case, "accept", "accept", examiner)
    build.go(case, "place", "place", examiner, data={"route_to": str(build.STATION)})
    moved = build.reload(case)
    assert (moved.organ, moved.station) == (build.STATION, build.STATION)
    build.go(case, "assign", "assign", head, data={"lead": str(lead.person)})
    with system_scope("测试"):
        assert Task.objects.waiting().get(case=case).assignee == lead.person
    both = {"complainant_agrees": True, "merchant_agrees": True}
    build.go(case, "consent", "agreed", lead, data=both)
    build.go(case, "arrange", "arrange", lead, data={
        "way": "site", "at": "2026年11月30日上午9时", "place": "南湖所", "mediator": "卢海峰", "recusal_days": 2,
    })  # fmt: skip
    build.go(case, "mediate", "agree", lead)
    build.go(case, "record", "statement", lead, data={"agreement": "商家退还货款 399 元。", "recovered": 399})
    build.go(case, "review", "pass", head)
    build.go(case, "close", "close", approver)
    closed = build.reload(case)
    assert closed.closed
    assert (closed.matter.result, closed.matter.recovered) == ("settled", Decimal(399))
    with system_scope("测试"):
        kinds = set(Document.objects.filter(case_id=case.id).values_list("kind", flat=True))
    assert {
        "dispatch_notice",
        "acceptance",
        "mediation_notice",
        "mediation_notice_merchant",
        "statement",
    } <= kinds
    found = progress.find(case.number, build.LISI.phone)
    assert found
    assert progress.of(found).state == "已办结"
    assert progress.find(case.number, "13900000000") is None


def test_a_county_cannot_forward_to_another_county() -> None:
    city, clerk = build.operator(), build.operator(build.COUNTY)
    [case] = build.filed(city)
    build.go(case, "route", "send", city, data={"route_to": str(build.COUNTY)})
    with pytest.raises(cases.NotAllowed, match="第四十一条"):
        build.go(case, "route", "send", clerk, data={"route_to": str(build.SIBLING)})
    head = make.officer("head", organ=build.COUNTY)
    with acting(head), pytest.raises(cases.NotAllowed, match="不得自行移送"):
        cases.transfer(case.number, to=build.SIBLING, actor=head, reason="归他们管")
    build.go(case, "route", "back", clerk, opinion="经营者在柳州")
    assert build.reload(case).organ == build.CITY
