"""The form that a name must show for its type, and the type of a branch by that of its parent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongdun.lib.names import forms

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Form:
    """`types`: beginnings of type codes. A name ends in one of `ends` and holds none of `never`."""

    types: tuple[str, ...]
    ends: tuple[str, ...]
    says: str
    article: str
    never: tuple[str, ...] = ()


LIMITED = ("有限公司", "有限责任公司")
STOCK = ("股份有限公司", "股份公司")
FORMS = (
    Form(("12", "52", "62"), STOCK, "股份有限公司的名称须以“股份有限公司”或“股份公司”结尾", "公司法第七条"),
    Form(("11", "51", "61"), LIMITED, "有限责任公司的名称须以“有限公司”或“有限责任公司”结尾", "公司法第七条", STOCK),
    Form(("4532", "542"), ("（特殊普通合伙）",), "名称须以“（特殊普通合伙）”结尾", "合伙企业法第五十六条"),
    Form(("4531", "541", "641"), ("（普通合伙）",), "名称须以“（普通合伙）”结尾", "合伙企业法第十五条"),
    Form(("4533", "543", "643"), ("（有限合伙）",), "名称须以“（有限合伙）”结尾", "合伙企业法第六十二条"),
    Form(
        ("4540",), (), "个人独资企业的名称应当与其责任形式相符合，不能使用“公司”“有限”“责任”字样",
        "个人独资企业法第十一条", ("公司", "有限", "责任"),
    ),
    Form(("9110",), ("联合社",), "名称须以“联合社”结尾", "企业名称登记管理规定第十条"),
    Form(("9100",), ("专业合作社",), "名称须以“专业合作社”结尾", "企业名称登记管理规定第十条"),
    Form(("3",), (), "只有依照公司法设立的公司可以使用“有限公司”“股份公司”字样", "公司法第七条", (*LIMITED, *STOCK)),
)  # fmt: skip
# Type of the parent (its beginning): type of its branch.
BRANCHES = {
    "11": "2100", "12": "2200", "4531": "4551", "4532": "4552", "4533": "4553", "4540": "4560", "91": "9200",
    "31": "4310", "32": "4320", "34": "4340", "51": "5810", "52": "5810", "54": "5840", "61": "6810", "62": "6810",
}  # fmt: skip


def problem(name: str, entity_type: str, *, parent: Mapping[str, Any]) -> str:
    """Why a name doesn't suit its type, with the article and the remedy; empty where it does."""
    if parent:
        return _branch_problem(name, parent)
    for form in FORMS:
        if entity_type.startswith(form.types):
            wrong = any(word in name for word in form.never) or not name.endswith(form.ends or ("",))
            return f"{form.says}（{form.article}）。" if wrong else ""
    return ""


def _branch_problem(name: str, parent: Mapping[str, Any]) -> str:
    """名称规定 art. 13: a branch bears its parent's name, words like 分公司, and of a foreign one its country."""
    article = "企业名称登记管理规定第十三条"
    own = (
        name.removeprefix(parent["country"]).removeprefix(f"（{parent['country']}）")
        if parent.get("country")
        else name
    )
    if parent.get("country") and own == name:
        return f"境外企业分支机构须在名称中标明国籍（{article}），请以“{parent['country']}”开头。"
    if not own.startswith(parent["name"].removeprefix(parent.get("country", ""))):
        return f"分支机构的名称须冠以隶属企业的名称“{parent['name']}”（{article}）。"
    if not own.endswith(forms.BRANCH_ENDS):
        return f"分支机构的名称须缀以“分公司”“分厂”“分店”等字词（{article}）。"
    return ""


def branch_type(parent_type: str) -> str:
    """The type of a branch whose parent has this type; empty where the parent's isn't exact enough."""
    return next((branch for start, branch in BRANCHES.items() if parent_type.startswith(start)), "")
