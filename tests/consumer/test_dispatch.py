"""Whose case it is, why, and which way it may go."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hongdun.base.scope import acting
from hongdun.cases import actions as cases
from hongdun.cases.models import Task
from hongdun.consumer.models import Kind
from hongdun.consumer.queries import dispatch, jurisdiction, scoring
from hongdun.consumer.queries.jurisdiction import Facts
from hongdun.consumer.routing import forms as routing
from hongdun.lib.particulars import Domicile
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.consumer.test_publicity import closed
from tests.register.builders import founded, officer

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
QINGXIU, LIUZHOU_COUNTY = build.COUNTY, build.OTHER_CITY


def at(name: str, organ: int) -> object:
    division = str(organ // 1000)
    return founded(name=name, domicile=Domicile("某路1号", division), actor=officer(organ)).pk


def test_a_shop_goes_to_the_county_of_its_address() -> None:
    found = jurisdiction.of(Facts(entity=at("甲店", QINGXIU)))  # type: ignore[arg-type]
    assert found.county == QINGXIU
    assert "住所" in found.reason


@pytest.mark.parametrize(("lawful", "reachable"), [(False, True), (True, False)])
def test_without_a_lawful_address_or_unreachable_it_goes_to_the_platforms_county(
    *, lawful: bool, reachable: bool
) -> None:
    shop, platform = at("甲店", QINGXIU), at("乙平台", LIUZHOU_COUNTY)
    displayed = jurisdiction.of(Facts(entity=shop, platform=platform))  # type: ignore[arg-type]
    assert displayed.county == QINGXIU
    facts = Facts(shop, platform, shows_lawful_address=lawful, reachable=reachable)  # type: ignore[arg-type]
    assert jurisdiction.of(facts).county == LIUZHOU_COUNTY


def test_unknown_goes_to_the_county_of_the_sale_and_else_to_nobody() -> None:
    assert jurisdiction.of(Facts(sale_division="450103")).county == QINGXIU
    assert jurisdiction.of(Facts(sale_division="999999")).county is None
    assert jurisdiction.of(Facts()).county is None


def test_the_power_outweighs_load_and_skill_and_the_reasons_are_said() -> None:
    by = build.operator()
    [case] = build.filed(by)
    make.officer("station", organ=build.SIBLING)
    with acting(by):
        first, *rest = dispatch.proposals(case)
    assert (first.organ, first.is_proposed) == (QINGXIU, True)
    assert any("交易发生地" in reason for reason in first.reasons)
    assert not any(each.is_proposed for each in rest)
    assert rest[0].organ == build.SIBLING  # the only other one with somebody at work


def test_injury_minors_and_food_come_first() -> None:
    score = scoring.urgency({"injury", "minors"}, is_food_or_drug=True)
    assert score.points == 75
    assert score.reasons == ("造成人身伤害", "涉及未成年人", "涉及食品药品安全")
    assert scoring.urgency(set(), is_food_or_drug=False).points == 0


def test_back_goes_to_who_passed_it_on_also_over_a_level() -> None:
    region = build.operator(450_000_000)
    clerk = build.operator(QINGXIU)
    [case] = build.filed(region)
    build.go(case, "route", "send", region, data={"route_to": str(QINGXIU)})
    build.go(case, "route", "back", clerk, opinion="经营者不在本县")
    assert build.reload(case).organ == 450_000_000


def test_not_even_raw_sql_moves_a_case_sideways() -> None:
    clerk = build.operator(QINGXIU)
    [case] = build.filed(clerk)
    with acting(clerk):
        for target in (build.SIBLING, build.OTHER_CITY, QINGXIU, 450_103_999):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT cases_route(%s, %s, '试')", [case.id, target])
    stranger = build.operator(build.SIBLING)
    with acting(stranger), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cases_route(%s, %s, '试')", [case.id, build.CITY])


def test_a_disputed_power_goes_to_the_common_superior_after_seven_working_days() -> None:
    city, clerk = build.operator(), build.operator(QINGXIU)
    examiner = make.officer("examiner", organ=QINGXIU)
    [case] = build.filed(city)
    build.go(case, "route", "send", city, data={"route_to": str(QINGXIU)})
    build.go(case, "route", "keep", clerk)
    build.go(case, "accept", "dispute", examiner, opinion="兴宁区先收到")
    with acting(examiner):
        assert Task.objects.waiting().get(case=case).due_rule == "consumer_dispute"
    build.go(case, "dispute", "raise", examiner, opinion="协商不成")
    assert build.reload(case).organ == build.CITY
    build.go(
        case, "designate", "designate", city, data={"route_to": str(build.SIBLING)}, opinion="兴宁区先收到"
    )
    assert build.reload(case).organ == build.SIBLING


def test_a_report_without_power_is_pointed_elsewhere_and_not_passed_on() -> None:
    clerk = build.operator(QINGXIU)
    [case] = build.filed(clerk, Kind.REPORT)
    with pytest.raises(cases.Incomplete):
        build.go(case, "route", "elsewhere", clerk, opinion=" ")
    build.go(case, "route", "elsewhere", clerk, opinion="青秀区烟草专卖局")
    closed = build.reload(case)
    assert closed.closed
    assert closed.organ == QINGXIU
    assert closed.matter.result == "elsewhere"


def test_a_station_sends_back_what_is_not_its_own() -> None:
    clerk, examiner = build.operator(QINGXIU), make.officer("examiner", organ=QINGXIU)
    head = make.officer("head", organ=build.STATION)
    [case] = build.filed(clerk)
    build.go(case, "route", "keep", clerk)
    build.go(case, "accept", "accept", examiner)
    build.go(case, "place", "place", examiner, data={"route_to": str(build.STATION)})
    build.go(case, "assign", "back", head, opinion="属于新竹所辖区")
    found = build.reload(case)
    assert (found.organ, found.station) == (QINGXIU, None)


def test_what_an_organ_closed_counts_for_it_and_for_those_above() -> None:
    """Counted at each closing, in the month of it."""
    entity = founded()
    for _ in range(2):
        case, _approver = closed(entity)
    clerk = build.operator()
    [new] = build.filed(clerk, object_class=build.reload(case).matter.object_class)
    with acting(clerk):
        found = {each.organ: each.reasons for each in dispatch.proposals(new)}
    assert "一年内办结同类 2 件" in found[build.COUNTY]
    assert not any("办结同类" in reason for reason in found[build.SIBLING])


def test_units_where_nobody_handles_it_are_folded_unless_the_place_is_theirs() -> None:
    by = build.operator()
    [case] = build.filed(by)
    with acting(by):
        assert not routing.Route(case=case).folded, "nobody anywhere: all are shown"
        make.officer("station", organ=build.SIBLING)
        shown = str(routing.Route(case=case))
    before, after = shown.split("没有承办岗位人员的单位")
    for organ in (QINGXIU, build.SIBLING):
        assert f'value="{organ}"' in before
    assert 'value="450123000"' in after


def test_a_folded_unit_that_was_chosen_is_in_sight() -> None:
    by = build.operator()
    [case] = build.filed(by)
    make.officer("station", organ=build.SIBLING)
    with acting(by):
        shown = str(routing.Route({"route_to": "450123000"}, case=case))
    assert 'value="450123000"' in shown.split("没有承办岗位人员的单位", maxsplit=1)[0]
