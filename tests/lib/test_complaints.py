from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import uscc
from hongdun.lib.complaints import SIMILAR, Suggestion, classify, likeness, prefill, signals
from hongdun.lib.complaints.classes import AXES, Axis, classes, label, rows

TODAY = date(2026, 11, 24)
CODE = uscc.compose("9", "1", "450102", "MA5K0001")
HOTPOT = "我在火锅店吃饭，菜里吃出一只蟑螂，当晚拉肚子，要求退款赔偿。"


@pytest.mark.parametrize("axis", AXES)
def test_tables_are_trees_without_gaps(axis: Axis) -> None:
    known = classes(axis)
    assert all(not each.above or each.above in known for each in known.values())
    assert len({each.label for each in known.values()}) == len(known)


def test_learned_tables_speak_of_known_classes() -> None:
    assert {row["code"] for row in rows("learned_objects")} <= set(classes("object"))
    assert set(rows("learned_destinations")[0]) - {"gram"} == {row["code"] for row in rows("destinations")}


def test_a_label_names_the_classes_above() -> None:
    assert label("object", "10501") == "商品 / 家用电器 / 空调、冰箱、洗衣机"
    assert label("problem", "price") == "价格"


@pytest.mark.parametrize(
    ("text", "object_", "problem", "mode"),
    [
        (HOTPOT, "20101", "food_safety", "offline"),
        ("健身房跑路了，年卡里还有八个月，卡里余额退不了款", "20501", "contract", "prepaid"),
        ("在淘宝网店下单买的手机，收到是假货", "10601", "counterfeit", "platform"),
        ("直播间主播卖的翡翠手镯，鉴定为假", "11001", "counterfeit", "live_stream"),
        ("农贸市场的猪肉摊缺斤少两，八两秤", "10102", "measurement", "offline"),
        ("小区电梯困人，电梯年检过期没人管", "11501", "special_equipment", ""),
        ("加油站加油机跳枪不准", "10804", "measurement", "offline"),
    ],
)
def test_suggests_classes(text: str, object_: str, problem: str, mode: str) -> None:
    found = classify(text)
    assert found.objects[0].code == object_
    assert found.problems[0].code == problem
    assert (found.modes[0].code if found.modes else "") == mode
    assert found.problems[0].words
    assert found.elsewhere is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我要求退款，而且是假货，请依法查处", "both"),
        ("买的衣服一洗就掉色，要求退款", "complaint"),
        ("匿名举报一家黑作坊，请查处", "report"),
        ("请问办理营业执照需要什么材料", "consultation"),
        ("建议增加农贸市场的公平秤", "suggestion"),
    ],
)
def test_suggests_the_kind(text: str, kind: str) -> None:
    assert classify(text).kinds[0].code == kind


def test_says_who_else_handles_it() -> None:
    elsewhere = classify("公司拖欠工资，没有交社保，不签劳动合同，请人社局处理养老保险和工伤待遇").elsewhere
    assert elsewhere is not None
    assert elsewhere.code == "labour"


def test_nothing_is_suggested_for_nothing() -> None:
    found = classify("")
    assert found == Suggestion((), (), (), (), ())
    assert found.elsewhere is None
    assert not signals("")


@given(st.text(alphabet="退款假货手机奶粉的了a1。 \n", max_size=200))
def test_confidences_are_shares(text: str) -> None:
    found = classify(text)
    for guesses in (found.objects, found.problems, found.modes, found.kinds, found.destinations):
        assert sum(each.confidence for each in guesses) <= 1.002
        assert list(guesses) == sorted(guesses, key=lambda one: -one.confidence)


def test_signals_name_the_words_that_gave_them() -> None:
    found = {
        each.code: each.words
        for each in signals("八十多岁的老人吃了过期药住院，村里有 30 多人上当，已经 17 岁")
    }
    assert found["injury"] == ("住院",)
    assert found["food_drug"] == ("过期药",)
    assert found["elderly"] == ("八十多岁", "老人")
    assert found["many"] == ("30 多人",)
    assert found["minors"] == ("17 岁",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("没有受伤", set()),
        ("受伤", {"injury"}),
        ("共 9 人", set()),
        ("共 10 人", {"many"}),
        ("18岁", set()),
        ("59岁", set()),
        ("60岁", {"elderly"}),
        ("不给钱就继续投诉到底", {"extortion"}),
    ],
)
def test_signals_at_their_limits(text: str, codes: set[str]) -> None:
    assert {each.code for each in signals(text)} == codes


def test_prefills_sums_days_and_numbers() -> None:
    found = prefill(
        "3月5日花了1,280.5元，11月25日又付 2万元，昨天打 138 0013 8000 和 0771-5551234 没人接；"
        "订单号 TB20260305001，2026-02-30 是错的",
        TODAY,
    )
    assert found.sums == (Decimal("1280.50"), Decimal(20000))
    assert found.claim == Decimal(20000)
    assert found.dates == (date(2026, 3, 5), date(2025, 11, 25), date(2026, 11, 23))
    assert found.phones == ("13800138000", "0771-5551234")
    assert found.orders == ("TB20260305001",)


def test_takes_only_numbers_whose_check_is_right() -> None:
    found = prefill("身份证 11010519491231002X，写错 110105194912310021，企业 " + CODE, TODAY)
    assert found.identities == ("11010519491231002X",)
    assert found.codes == (CODE,)
    assert found.phones == ()


def test_the_same_matter_told_again_is_alike() -> None:
    again = "前几天在火锅店吃饭，菜里吃出一只蟑螂，当天晚上拉肚子，要求退款并赔偿"
    assert likeness(HOTPOT, again) >= SIMILAR
    assert likeness(HOTPOT, HOTPOT) == 1
    assert likeness(HOTPOT, "健身房跑路了，年卡里还有八个月余额") < 0.2
    assert likeness("", HOTPOT) == 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_symmetric_and_a_share(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
