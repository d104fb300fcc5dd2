"""Kinds of entities that are founded: who contributes and how many, who serves, which name and papers, each with its article.

Numbers are dated rules of `law/tables/rules.csv`; what a type is called and how its licence looks is in
`lib/entitytypes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from hongdun.registration.wording import ROLES

Pays = Literal["five_years", "before", "agreed", "none"]
WAYS = ("货币", "实物", "知识产权", "土地使用权", "股权", "债权")
PROPERTY = ("货币", "实物", "知识产权", "土地使用权", "其他财产权利")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Who contributes. `least`, `most`: codes of dated rules; `one`: exactly one. `who`: natural, organisation or both.

    `standings`: what one row can be, where the law tells them apart. `pays`: until when. `managing`: some run the
    business. `address`: their homes are registered (条例 art. 8). `foreign`: some come from outside.
    """

    noun: str
    total: str
    verb: str = "认缴"
    least: str = ""
    most: str = ""
    one: bool = False
    who: tuple[str, ...] = ("natural", "organisation")
    standings: tuple[str, ...] = ()
    standing_label: str = ""
    ways: tuple[str, ...] = WAYS
    pays: Pays = "agreed"
    managing: bool = False
    address: bool = False
    foreign: bool = False

    @property
    def heading(self) -> str:
        """What the page of contributions is called."""
        return f"{self.noun}和出资" if "出资" in self.total else f"{self.total}和{self.noun}出资"


@dataclass(frozen=True, slots=True)
class Role:
    """A duty that somebody holds: at least and at most how many, by which article."""

    code: str
    label: str
    least: int = 0
    most: int = 200
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One filing of establishment. `law`: its grounds, `papers`: its required documents in the law tables.

    `checklist`: what its examiner looks at, of `establishment/checks.py`.

    `applies_to`: the type of entity there; `demanded`: conditional papers that this kind always needs; `left_out`: those
    that never concern it. `board`: its people are those of a company. `parent`: it is a branch of whom.
    """

    code: str
    label: str
    about: str
    checklist: str
    types: tuple[str, ...]
    roles: tuple[Role, ...]
    holders: Holders | None = None
    law: str = "establishment"
    papers: str = "establishment"
    applies_to: str = ""
    demanded: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    board: Literal["", "limited", "stock"] = ""
    parent: Literal["", "domestic", "foreign"] = ""
    group: bool = False

    @property
    def foreign(self) -> bool:
        return bool(self.holders and self.holders.foreign)


SHAREHOLDERS = Holders(
    noun="股东", total="注册资本", least="shareholders_least", most="shareholders_most", pays="five_years"
)
PROMOTERS = Holders(
    noun="发起人", total="注册资本", verb="认购", least="promoters_least", most="promoters_most", pays="before",
    standings=("home", "abroad"), standing_label="住所在哪里",
)  # fmt: skip
PARTNERS = Holders(
    noun="合伙人",
    total="出资额",
    least="partners_least",
    ways=(*PROPERTY, "劳务"),
    managing=True,
    address=True,
)
LIMITED_PARTNERS = replace(
    PARTNERS, least="limited_partners_least", most="limited_partners_most",
    standings=("general", "limited"), standing_label="承担责任方式",
)  # fmt: skip
INVESTOR = Holders(
    noun="投资人", total="出资额", verb="出资", one=True, who=("natural",), ways=PROPERTY, pays="none", address=True,
    standings=("own", "family"), standing_label="以什么财产出资",
)  # fmt: skip
MEMBERS = Holders(
    noun="成员", total="成员出资总额", verb="出资", least="cooperative_members_least", pays="none",
    ways=("货币", "实物", "知识产权", "土地经营权", "林权", "其他"),
    standings=("farmer", "citizen", "unit"), standing_label="成员类型",
)  # fmt: skip
UNION_MEMBERS = replace(
    MEMBERS,
    noun="成员社",
    least="union_members_least",
    who=("organisation",),
    standings=(),
    standing_label="",
)
SPONSORS = Holders(noun="出资人（主管部门）", total="出资额", verb="出资", who=("organisation",), pays="none")

# By type: who contributes, where it isn't what the kind says.
BY_TYPE: dict[str, Holders] = {
    "1110": replace(SHAREHOLDERS, noun="出资人", one=True, who=("organisation",)),
    "1151": replace(SHAREHOLDERS, one=True, who=("natural",)),
    "1153": replace(SHAREHOLDERS, one=True, who=("organisation",)),
    "4533": LIMITED_PARTNERS,
    "9110": UNION_MEMBERS,
    "5140": replace(SHAREHOLDERS, one=True, who=("natural",), foreign=True),
    "5150": replace(SHAREHOLDERS, one=True, who=("organisation",), foreign=True),
    "5200": replace(PROMOTERS, foreign=True),
    "5430": replace(LIMITED_PARTNERS, foreign=True),
    "6140": replace(SHAREHOLDERS, one=True, who=("natural",), foreign=True),
    "6150": replace(SHAREHOLDERS, one=True, who=("organisation",), foreign=True),
    "6200": replace(PROMOTERS, foreign=True),
    "6430": replace(LIMITED_PARTNERS, foreign=True),
}
STANDING_WORDS = {
    "home": "在中国境内有住所",
    "abroad": "在中国境内没有住所",
    "general": "普通合伙人（无限连带责任）",
    "limited": "有限合伙人（以认缴出资额为限）",
    "farmer": "农民",
    "citizen": "非农民（公民）",
    "unit": "企业、事业单位或者社会组织",
    "own": "个人财产",
    "family": "家庭共有财产",
}

LIAISON = Role("liaison", "登记联络员", 1, 1, "市场主体登记管理条例第九条第一款第七项")
RECIPIENT = Role("document_recipient", "法律文件送达接受人", 1, 1, "市场主体登记管理条例第九条第一款第七项")
COMPANY_ROLES = tuple(Role(code, label) for code, label in ROLES.items())
DELEGATE = Role("delegate", "委派代表（执行事务合伙人为单位的）")
STOCK_PAPERS = frozenset({"capital_verification", "securities_approval", "property_transfer"})

COMPANY = Kind(
    code="company_establishment", checklist="Company",
    label="公司", about="设立有限责任公司，网上申请，领取营业执照。不收费。",
    types=("1130", "1151", "1153", "1190", "1110", "1140"), holders=SHAREHOLDERS, roles=COMPANY_ROLES, board="limited",
    applies_to="company", left_out=STOCK_PAPERS | {"notarised_identity"}, group=True,
)  # fmt: skip
STOCK = Kind(
    code="stock_establishment", checklist="Stock",
    label="股份有限公司", about="设立股份有限公司，发起人 1 至 200 人，由设区的市登记。不收费。",
    types=("1220",), holders=PROMOTERS, roles=COMPANY_ROLES, board="stock", applies_to="company",
    left_out=frozenset({"notarised_identity"}), group=True,
)  # fmt: skip
PARTNERSHIP = Kind(
    code="partnership_establishment", checklist="Partnership",
    label="合伙企业", about="设立普通、特殊普通或者有限合伙企业。不收费。",
    types=("4531", "4533", "4532"), holders=PARTNERS, roles=(DELEGATE, LIAISON), applies_to="partnership",
    left_out=frozenset({"notarised_identity"}),
)  # fmt: skip
SOLE = Kind(
    code="sole_establishment", checklist="Sole",
    label="个人独资企业", about="一个自然人投资，以个人财产承担无限责任的企业。不收费。",
    types=("4540",), holders=INVESTOR, roles=(LIAISON,), applies_to="sole",
)  # fmt: skip
COOPERATIVE = Kind(
    code="cooperative_establishment", checklist="Cooperative",
    label="农民专业合作社",
    about="五名以上成员设立农民专业合作社，三个以上合作社设立联合社。不收费。",
    types=("9100", "9110"), holders=MEMBERS, applies_to="cooperative",
    roles=(
        Role("legal_representative", "理事长（法定代表人）", 1, 1, "农民专业合作社法第三十三条第一款"),
        Role("council", "理事"), Role("executive_supervisor", "执行监事", 0, 1, "农民专业合作社法第三十三条第二款"),
        Role("supervisor", "监事"), Role("manager", "经理", 0, 1), Role("finance", "财务会计人员"), LIAISON,
    ),
)  # fmt: skip
LEGAL_PERSON = Kind(
    code="legal_person_establishment", checklist="LegalPerson",
    label="非公司企业法人", about="设立全民所有制、集体所有制、股份合作制等企业法人。不收费。",
    types=("3100", "3200", "3400", "3500"), holders=SPONSORS, applies_to="non_company",
    roles=(
        Role("legal_representative", "法定代表人", 1, 1, "市场主体登记管理条例第八条"),
        Role("finance", "财务负责人"), LIAISON,
    ),
)  # fmt: skip
BRANCH = Kind(
    code="branch_establishment", checklist="Branch",
    label="分支机构", about="公司、合伙企业、合作社等在外地或者本地设分公司、分社、分店。不收费。",
    types=("2100", "2200", "4551", "4552", "4553", "4560", "9200", "4310", "4320", "4340", "5810", "5840", "6810"),
    roles=(Role("person_in_charge", "负责人", 1, 1, "市场主体登记管理条例第八条"), LIAISON),
    law="branch_establishment", papers="branch_establishment", parent="domestic",
)  # fmt: skip
FOREIGN = Kind(
    code="foreign_establishment", checklist="Foreign",
    label="外商投资公司", about="外国和港、澳、台投资者设立公司，由设区的市登记。不收费。",
    types=("5100", "5140", "5150", "5200", "6100", "6140", "6150", "6200"),
    holders=replace(SHAREHOLDERS, foreign=True), roles=(*COMPANY_ROLES, RECIPIENT), board="limited", applies_to="company",
    left_out=STOCK_PAPERS, demanded=frozenset({"notarised_identity"}), group=True,
)  # fmt: skip
FOREIGN_PARTNERSHIP = Kind(
    code="foreign_partnership_establishment", checklist="ForeignPartnership",
    label="外商投资合伙企业",
    about="外国和港、澳、台投资者设立或者参加合伙企业，由设区的市登记。不收费。",
    types=("5410", "5430", "5420", "6410", "6430"), holders=replace(PARTNERS, foreign=True),
    roles=(DELEGATE, LIAISON, RECIPIENT), applies_to="partnership", demanded=frozenset({"notarised_identity"}),
)  # fmt: skip
FOREIGN_BRANCH = Kind(
    code="foreign_branch_establishment", checklist="ForeignBranch",
    label="外国公司分支机构",
    about="外国公司经中国主管机关批准，在中国境内设立分支机构。不收费。", types=("7100",),
    roles=(Role("person_in_charge", "代表人或者代理人（负责人）", 1, 1, "公司法第二百四十五条第一款"), LIAISON),
    law="branch_establishment", papers="foreign_branch_establishment", parent="foreign",
)  # fmt: skip

KINDS: dict[str, Kind] = {
    each.code: each
    for each in (
        COMPANY, STOCK, PARTNERSHIP, SOLE, COOPERATIVE, BRANCH, FOREIGN, FOREIGN_PARTNERSHIP, LEGAL_PERSON,
        FOREIGN_BRANCH,
    )
}  # fmt: skip
_OF_TYPE = {code: kind for kind in KINDS.values() for code in kind.types}


def of_type(entity_type: str) -> Kind | None:
    """How an entity of this type is founded; None for types that are founded no more."""
    return _OF_TYPE.get(entity_type)


def holders_of(entity_type: str) -> Holders:
    """Who contributes to an entity of this type; shareholders where the type doesn't say otherwise."""
    kind = of_type(entity_type)
    return BY_TYPE.get(entity_type) or (kind and kind.holders) or SHAREHOLDERS
