"""Types of market entities: the register's codes, the words that stand for them, and what a name proves."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["enterprise", "individual", "cooperative"]
Layout = Literal[
    "company", "legal_person", "sole_proprietorship", "partnership", "cooperative", "branch", "individual"
]

KINDS: dict[Kind, str] = {"enterprise": "企业", "individual": "个体工商户", "cooperative": "农民专业合作社"}
# Digit 2 of a unified code whose first digit is 9 (GB 32100-2015 table 1).
KIND_OF_DIGIT: dict[str, Kind] = {"1": "enterprise", "2": "individual", "3": "cooperative"}
DIGIT_OF_KIND: dict[Kind, str] = {kind: digit for digit, kind in KIND_OF_DIGIT.items()}


@dataclass(frozen=True, slots=True)
class EntityType:
    code: str
    label: str
    kind: Kind = "enterprise"
    branch: bool = False
    legal_person: bool = True

    @property
    def representative_label(self) -> str:
        """What the law calls the person who stands for such an entity (登记管理条例 art. 8)."""
        if self.kind == "individual":
            return "经营者"
        if self.partnership:
            return "执行事务合伙人"
        if self.code == "4540":
            return "投资人"
        if self.code == "0000":
            return "法定代表人（负责人）"
        return "法定代表人" if self.legal_person and not self.branch else "负责人"

    @property
    def capital_label(self) -> str:
        """Only legal persons have registered capital; others state contributions (登记管理条例 art. 8)."""
        if self.kind == "cooperative":
            return "成员出资总额"
        if self.partnership or self.code == "4540" or self.code.startswith("3"):
            return "出资额"
        return "注册资本"

    @property
    def partnership(self) -> bool:
        return self.code.startswith(("453", "54", "64"))

    @property
    def foreign(self) -> bool:
        """Invested in from outside, or the branch of a foreign company."""
        return self.code[:1] in {"5", "6"} or self.code == "7100"

    @property
    def licence(self) -> Layout:
        """Which items its licence bears, and under which labels (登记管理条例实施细则 art. 6, 23)."""
        if self.branch:
            return "branch"
        if self.kind != "enterprise":
            return self.kind
        if self.partnership:
            return "partnership"
        if self.code == "4540":
            return "sole_proprietorship"
        return "legal_person" if self.code.startswith("3") else "company"


TYPES: dict[str, EntityType] = {
    each.code: each
    for each in (
        EntityType("1100", "有限责任公司"),
        EntityType("1110", "有限责任公司（国有独资）"),
        EntityType("1120", "有限责任公司（外商投资企业投资）"),
        EntityType("1130", "有限责任公司（自然人投资或控股）"),
        EntityType("1140", "有限责任公司（国有控股）"),
        EntityType("1150", "一人有限责任公司"),
        EntityType("1151", "有限责任公司（自然人独资）"),
        EntityType("1153", "有限责任公司（非自然人投资或控股的法人独资）"),
        EntityType("1190", "其他有限责任公司"),
        EntityType("1200", "股份有限公司"),
        EntityType("1210", "股份有限公司（上市）"),
        EntityType("1220", "股份有限公司（非上市）"),
        EntityType("2000", "内资分公司", branch=True, legal_person=False),
        EntityType("2100", "有限责任公司分公司", branch=True, legal_person=False),
        EntityType("2200", "股份有限公司分公司", branch=True, legal_person=False),
        EntityType("3100", "全民所有制"),
        EntityType("3200", "集体所有制"),
        EntityType("3400", "股份合作制"),
        EntityType("3500", "联营"),
        EntityType("4110", "国有事业单位营业", legal_person=False),
        EntityType("4120", "集体事业单位营业", legal_person=False),
        EntityType("4210", "国有社团法人营业", legal_person=False),
        EntityType("4300", "内资企业法人分支机构（非法人）", branch=True, legal_person=False),
        EntityType("4310", "全民所有制分支机构（非法人）", branch=True, legal_person=False),
        EntityType("4320", "集体分支机构（非法人）", branch=True, legal_person=False),
        EntityType("4340", "股份合作制分支机构", branch=True, legal_person=False),
        EntityType("4410", "国有经营单位（非法人）", legal_person=False),
        EntityType("4420", "集体经营单位（非法人）", legal_person=False),
        EntityType("4530", "合伙企业", legal_person=False),
        EntityType("4531", "普通合伙企业", legal_person=False),
        EntityType("4532", "特殊普通合伙企业", legal_person=False),
        EntityType("4533", "有限合伙企业", legal_person=False),
        EntityType("4540", "个人独资企业", legal_person=False),
        EntityType("4551", "普通合伙企业分支机构", branch=True, legal_person=False),
        EntityType("4552", "特殊普通合伙企业分支机构", branch=True, legal_person=False),
        EntityType("4553", "有限合伙企业分支机构", branch=True, legal_person=False),
        EntityType("4560", "个人独资企业分支机构", branch=True, legal_person=False),
        EntityType("5100", "有限责任公司（外商投资）"),
        EntityType("5140", "有限责任公司（外国自然人独资）"),
        EntityType("5150", "有限责任公司（外国法人独资）"),
        EntityType("5200", "股份有限公司（外商投资）"),
        EntityType("5410", "外商投资普通合伙企业", legal_person=False),
        EntityType("5420", "外商投资特殊普通合伙企业", legal_person=False),
        EntityType("5430", "外商投资有限合伙企业", legal_person=False),
        EntityType("5810", "外商投资企业分公司", branch=True, legal_person=False),
        EntityType("5840", "外商投资合伙企业分支机构", branch=True, legal_person=False),
        EntityType("6100", "有限责任公司（港、澳、台资）"),
        EntityType("6140", "有限责任公司（港、澳、台自然人独资）"),
        EntityType("6150", "有限责任公司（港、澳、台法人独资）"),
        EntityType("6200", "股份有限公司（港、澳、台资）"),
        EntityType("6410", "港、澳、台投资普通合伙企业", legal_person=False),
        EntityType("6430", "港、澳、台投资有限合伙企业", legal_person=False),
        EntityType("6810", "港、澳、台投资企业分公司", branch=True, legal_person=False),
        EntityType("7100", "外国（地区）公司分支机构", branch=True, legal_person=False),
        EntityType("7200", "外国（地区）企业常驻代表机构", legal_person=False),
        EntityType("9100", "农民专业合作社", kind="cooperative"),
        EntityType("9110", "农民专业合作社联合社", kind="cooperative"),
        EntityType("9200", "农民专业合作社分支机构", kind="cooperative", branch=True, legal_person=False),
        EntityType("9500", "个体工商户", kind="individual", legal_person=False),
        EntityType("0000", "类型未载明"),
    )
}
UNKNOWN = TYPES["0000"]

# Words of older registers that mean one of the codes; brackets of either width are made full-width first.
_WORDS: dict[str, str] = {
    "分公司": "2000",
    "普通合伙": "4531",
    "有限合伙": "4533",
    "国有企业": "3100",
    "联营企业": "3500",
    "农民专业合作经济组织": "9100",
    "农民专业合作社联合社": "9110",
    "有限责任公司 国有企业": "1140",
    "有限责任公司 私营企业": "1130",
    "有限责任公司 外商投资企业": "5100",
    "有限责任公司 港、澳、台": "6100",
    "股份有限公司 国有企业": "1220",
    "股份有限公司 外商投资企业": "5200",
    "股份有限公司 港、澳、台": "6200",
    "个体": "9500",
    "个体户": "9500",
} | {each.label: each.code for each in TYPES.values()}
_CODE_OF = {words.replace(" ", ""): code for words, code in _WORDS.items()}
_BRACKETS = str.maketrans("()", "（）")

_TAIL = re.compile(r"（[^（）]*）$")
# Representative offices belong to foreign companies and are no branches.
_COMPANY_BRANCH = re.compile(r"有限(责任)?公司[^（].*(?<!代表处)(?<!代表机构)$")
_BRANCH = re.compile(r"(公司|企业|厂|社|银行|中心|集团).*(分公司|支公司|分厂|分店|分行|支行|分社|分理处)$")


def get(code: str) -> EntityType:
    return TYPES.get(code, UNKNOWN)


def read(text: str) -> EntityType | None:
    """The type that a register's words or code name; None when they name none of ours."""
    words = "".join(text.translate(_BRACKETS).split())
    return TYPES.get(_CODE_OF.get(words, words))


def guess(name: str, kind: Kind) -> EntityType | None:
    """The type that a stored name proves; None where the law leaves the form open.

    公司法 art. 7: only such companies bear 有限公司 / 股份有限公司; 合作社 by its own law, art. 12. A branch bears the
    company's whole name and words of its own after it (企业名称登记管理规定 art. 13).
    """
    if kind == "individual":
        return TYPES["9500"]
    bare = _TAIL.sub("", name)
    if kind == "cooperative":
        return _cooperative(bare)
    for ending, code in (("股份有限公司", "1200"), ("有限公司", "1100"), ("有限责任公司", "1100")):
        if bare.endswith(ending):
            return TYPES[code]
    if _COMPANY_BRANCH.search(bare) and not name.endswith("合伙）"):
        return TYPES["2000"]
    if _BRANCH.search(bare):
        return None
    return _partnership(name)


def _cooperative(bare: str) -> EntityType:
    if bare.endswith("联合社"):
        return TYPES["9110"]
    return TYPES["9100"] if bare.endswith("合作社") else TYPES["9200" if "合作社" in bare else "9100"]


def _partnership(name: str) -> EntityType | None:
    """合伙企业法 art. 15, 56, 62: the form stands in the name, usually in brackets at its end."""
    for words, code in (("特殊普通合伙", "4532"), ("普通合伙", "4531"), ("有限合伙", "4533")):
        if words in name:
            return TYPES[code]
    return TYPES["4540"] if name.endswith("（个人独资）") else None
