from __future__ import annotations

import pytest

from hongdun.lib import entitytypes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("南宁红豆贸易有限公司", "1100"),
        ("领冠电子（梧州）有限公司", "1100"),
        ("广西红豆股份有限公司", "1200"),
        ("太平红豆保险有限公司平果支公司", "2000"),
        ("红豆石化销售有限公司广西梧州石油分公司藤县便利店", "2000"),
        ("红豆银行股份有限公司凤山县支行", "2000"),
        ("红豆集团有限公司南宁绿豆有限公司", "1100"),
        ("南宁红豆投资中心（有限合伙）", "4533"),
        ("红豆管理有限公司绿豆合伙企业（普通合伙）", "4531"),
        ("红豆企业（有限合伙）南宁分公司", None),
        ("红豆（香港）有限公司南宁代表处", None),
        ("红豆电子有限公司（RED BEAN ELECTRO", None),
        ("田林县供销储运公司", None),
    ],
)
def test_what_an_enterprise_name_proves(name: str, code: str | None) -> None:
    guessed = entitytypes.guess(name, "enterprise")
    assert (guessed.code if guessed else None) == code


def test_who_stands_for_an_entity_of_unknown_type_is_left_open() -> None:
    assert entitytypes.UNKNOWN.representative_label == "法定代表人（负责人）"
