"""Whether a name is free: periods and exceptions of art. 17, scope, split, reservations (企业名称登记管理规定)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hongdun.base.clock import today
from hongdun.base.scope import acting
from hongdun.register import actions as register
from hongdun.register import queries
from hongdun.register.queries import Naming
from tests.register.builders import OTHER, changed, founded, officer

if TYPE_CHECKING:
    from hongdun.register.models import Entity
    from hongdun.register.queries import Check

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
BORNE = "南宁红豆商贸有限公司"
SAME_TRADE = "南宁红豆有限公司"
NANNING = 450_103_000


def check(name: str, *, on: date | None = None, **known: object) -> Check:
    return queries.check_name(name, Naming(organ=NANNING, **known), on=on)  # type: ignore[arg-type]


def rules(found: Check) -> tuple[list[str], list[str]]:
    return [each.rule for each in found.blocking], [each.rule for each in found.warnings]


def ended(entity: Entity, on: date, status: str = "cancelled") -> None:
    actor = officer(entity.organ)
    with acting(actor):
        register.set_status(entity=entity, status=status, on=on, reason="决议解散", case_id=None, actor=actor)


@pytest.mark.parametrize(("days", "blocked"), [(0, True), (364, True), (366, False), (800, False)])
def test_a_cancelled_name_is_kept_for_a_year(days: int, blocked: bool) -> None:  # noqa: FBT001
    ended(founded(name=BORNE), today() - timedelta(days=days))
    found = check(SAME_TRADE)
    assert bool(found.blocking) is blocked
    if blocked:
        assert "已注销、未满 1 年" in found.blocking[0].explanation
        assert found.blocking[0].article == "企业名称登记管理规定第十七条"


def test_the_year_ends_on_its_corresponding_day() -> None:
    ended(founded(name=BORNE), date(2025, 3, 1))
    assert check(SAME_TRADE, on=date(2026, 3, 1)).blocking
    assert not check(SAME_TRADE, on=date(2026, 3, 2)).blocking


@pytest.mark.parametrize(("days", "blocked"), [(364, True), (366, False)])
def test_a_given_up_name_is_kept_for_a_year(days: int, blocked: bool) -> None:  # noqa: FBT001
    changed(founded(name=BORNE), today() - timedelta(days=days), name="南宁邕江绿豆商贸有限公司")
    assert bool(check(SAME_TRADE).blocking) is blocked


def test_an_annulled_name_is_kept_for_a_year() -> None:
    ended(founded(name=BORNE), today() - timedelta(days=100), "annulled")
    [finding] = check(SAME_TRADE).blocking
    assert "撤销" in finding.explanation


def test_a_revoked_company_still_bears_its_name() -> None:
    ended(founded(name=BORNE), today() - timedelta(days=900), "revoked")
    assert check(SAME_TRADE).blocking


def test_an_investment_link_frees_every_name_of_that_enterprise() -> None:
    entity = founded(name=BORNE)
    found = check(SAME_TRADE, investors=frozenset({entity.uscc}))
    assert rules(found) == ([], [])
    assert [each.rule for each in found.freed] == ["same_trade"]
    ended(entity, today() - timedelta(days=10))
    assert not check(SAME_TRADE, investors=frozenset({entity.uscc})).blocking


def test_an_assignment_frees_a_name_given_up_but_not_one_that_is_borne() -> None:
    entity = founded(name=BORNE)
    assert check(SAME_TRADE, assigned=frozenset({entity.uscc})).blocking
    changed(entity, today() - timedelta(days=10), name="南宁邕江绿豆商贸有限公司")
    assert not check(SAME_TRADE, assigned=frozenset({entity.uscc})).blocking


def test_an_assignment_does_not_free_an_annulled_name() -> None:
    entity = founded(name=BORNE)
    ended(entity, today() - timedelta(days=10), "annulled")
    assert check(SAME_TRADE, assigned=frozenset({entity.uscc})).blocking
    assert not check(SAME_TRADE, investors=frozenset({entity.uscc})).blocking


def test_names_are_compared_within_the_city_and_a_regions_name_everywhere() -> None:
    founded(name="柳州红豆商贸有限公司", actor=officer(OTHER))
    assert rules(check("南宁红豆商贸有限公司")) == ([], ["elsewhere"])
    assert rules(check("广西红豆商贸有限公司"))[0] == ["same_trade"]
    assert rules(check("南宁红豆餐饮有限公司")) == ([], [])


def test_moving_the_split_changes_what_is_found() -> None:
    founded(name="南宁红豆生物科技有限公司")
    assert rules(check("南宁红豆生物科技有限公司"))[0] == ["same_name"]
    assert rules(check("南宁红豆环保科技有限公司")) == ([], [])
    moved = check("南宁红豆环保科技有限公司", trade="红豆环保", industry="科技")
    assert moved.parts.trade == "红豆环保"
    founded(name="南宁红豆环保技术有限公司", actor=officer(450_102_000))
    assert rules(check("南宁红豆环保科技有限公司", trade="红豆环保", industry="科技"))[0] == []


def test_a_split_that_a_person_moved_is_what_others_are_compared_with() -> None:
    actor = officer()
    from tests.register.builders import FOUNDED, company

    with acting(actor):
        register.establish(
            particulars=company(name="南宁红豆环保科技有限公司"), organ=actor.organ or 0, on=FOUNDED, case_id=None,
            actor=actor, naming=Naming(trade="红豆环保", industry="科技"),
        )  # fmt: skip
    assert rules(check("南宁红豆环保技术有限公司"))[0] == []
    assert rules(check("南宁红豆环保有限公司", trade="红豆环保", industry=""))[0] == ["same_trade"]


def test_warnings_name_the_rule_and_the_other() -> None:
    entity = founded(name=BORNE)
    [finding] = check("南宁虹豆商贸有限公司").warnings
    assert (finding.rule, finding.bearer and finding.bearer.uscc) == ("homophone", entity.uscc)
    assert BORNE in finding.explanation
    assert "第四条第二项" in finding.article


def test_an_entity_may_take_what_is_near_to_its_own() -> None:
    entity = founded(name=BORNE)
    assert rules(check(SAME_TRADE, bearer=entity.pk)) == ([], [])


def test_many_near_names_are_counted_and_not_all_listed() -> None:
    for first in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥":
        founded(name=f"南宁{first}红豆商贸有限公司")
    found = check(BORNE)
    assert (len(found.warnings), found.more) == (20, 2)


def test_two_with_the_same_trade_name_are_not_both_entered() -> None:
    founded(name=BORNE)
    with pytest.raises(register.RegisterError, match=r"第十七条.*换一个字号"):
        founded(name=SAME_TRADE)
    founded(name="南宁红豆物流有限公司")


def test_what_is_wrong_with_the_name_itself_stands_first() -> None:
    founded(name=BORNE)
    found = check("中国红豆商贸有限公司")
    assert found.blocking[0].bearer is None
    assert any("国务院" in each.explanation for each in found.blocking)
