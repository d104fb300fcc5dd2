from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib.scopeitems import Item, split


def test_heads_items_and_the_remark_on_the_whole() -> None:
    scope = split(
        "许可项目：食品销售；餐饮服务（依法须经批准的项目，经相关部门批准后方可开展经营活动。）"
        "。一般项目：软件开发；日用百货销售（除食品）。"
    )
    assert scope.items == (
        Item("食品销售", "许可项目"),
        Item("餐饮服务", "许可项目"),
        Item("软件开发", "一般项目"),
        Item("日用百货销售（除食品）", "一般项目"),
    )
    assert scope.remarks == ("（依法须经批准的项目，经相关部门批准后方可开展经营活动。）",)


def test_brackets_hold_their_semicolons() -> None:
    assert split("销售：化工产品（除危险品；除监控品）、钢材;房屋租赁").items == (
        Item("销售：化工产品（除危险品；除监控品）、钢材"),
        Item("房屋租赁"),
    )


def test_an_unclosed_bracket_does_not_swallow_the_rest() -> None:
    assert [item.text for item in split("汽油（危化品证有效期内；日用百货；快递").items] == [
        "汽油（危化品证有效期内",
        "日用百货",
        "快递",
    ]


def test_a_lone_bracket_is_a_remark() -> None:
    scope = split("房屋租赁。（凡涉及许可证的项目凭许可证在有效期限内经营）")
    assert scope.items == (Item("房屋租赁"),)
    assert scope.remarks == ("（凡涉及许可证的项目凭许可证在有效期限内经营）",)


def test_nothing_in_nothing_out() -> None:
    assert split("").items == split("；。").items == ()


@given(st.text("甲乙丙（）；。、：", max_size=40))
def test_no_character_but_separators_gets_lost(text: str) -> None:
    scope = split(text)
    kept = "".join([item.text for item in scope.items] + list(scope.remarks))
    assert sorted(character for character in kept if character in "甲乙丙") == sorted(
        character for character in text if character in "甲乙丙"
    )
