"""What an examiner looks at when an entity of some kind is founded (细则 art. 25–30)."""

from __future__ import annotations

from typing import ClassVar

from hongdun.registration.steps import forms

Points = tuple[tuple[str, str], ...]

NAME = ("name", "名称符合规定，标明组织形式，没有相同名称（名称规定第六条、第十条、第十七条）")
DOMICILE = ("domicile", "住所（经营场所）证明与申报一致（细则第二十五条）")
SCOPE = ("scope", "经营范围用语规范，许可项目已分列，须先经批准的附有批准文件（条例第十四条、细则第十二条）")
DOCUMENTS = ("documents", "材料齐全，签字盖章完整（条例第十六条）")
COMMON: Points = (NAME, DOMICILE, SCOPE, DOCUMENTS)
NOTARISED = ("notarised", "境外投资者的主体资格文件经公证、认证（细则第二十四条）")
LIABILITY = ("liability", "合伙人、承担责任方式、执行事务合伙人与合伙协议一致（细则第六条、第十一条）")


class Company(forms.Checklist):
    """Of a limited company."""


class Stock(forms.Checklist):
    points: ClassVar[Points] = (
        *COMMON,
        ("paid", "发起人一人以上二百人以下，股款已全额缴纳（公司法第九十二条、第九十八条）"),
        ("people", "法定代表人及董事、监事、高级管理人员具备任职资格（条例第十二条）"),
    )


class Partnership(forms.Checklist):
    points: ClassVar[Points] = (
        *COMMON,
        LIABILITY,
        (
            "barred",
            "普通合伙人不是国有独资公司、国有企业、上市公司、公益性事业单位和社会团体（合伙企业法第三条）",
        ),
        ("professional", "特殊的普通合伙企业附有合伙人的职业资格文件（细则第二十八条）"),
    )


class Sole(forms.Checklist):
    points: ClassVar[Points] = (
        *COMMON,
        ("investor", "投资人是一个自然人，不是禁止从事营利性活动的人（个人独资企业法第八条、第十六条）"),
        ("family", "以家庭共有财产出资的，已经明确（个人独资企业法第十八条）"),
    )


class Cooperative(forms.Checklist):
    points: ClassVar[Points] = (
        *COMMON,
        ("members", "成员五名以上，农民占百分之八十以上，身份有证明（农民专业合作社法第十二条、第二十条）"),
        ("minutes", "设立大会纪要、章程由全体设立人签名盖章（农民专业合作社法第十六条）"),
        ("people", "理事长、理事、经理和财务会计人员没有兼任监事（农民专业合作社法第三十三条）"),
    )


class LegalPerson(forms.Checklist):
    points: ClassVar[Points] = (
        *COMMON,
        ("people", "法定代表人的任职文件和身份证明（细则第二十七条）"),
    )


class Branch(forms.Checklist):
    points: ClassVar[Points] = (
        *COMMON,
        ("parent", "隶属企业存续，名称冠以隶属企业的名称（名称规定第十三条）"),
        ("people", "负责人的任职文件和身份证明（细则第三十条）"),
    )


class Foreign(forms.Checklist):
    points: ClassVar[Points] = (
        *COMMON,
        NOTARISED,
        ("list", "不属于外商投资准入负面清单禁止投资的领域，限制的符合条件（外商投资法第二十八条）"),
        ("recipient", "法律文件送达接受人已经备案（条例第九条）"),
        ("people", "法定代表人及主要人员具备任职资格（条例第十二条）"),
    )


class ForeignPartnership(forms.Checklist):
    points: ClassVar[Points] = (*Foreign.points[:-1], LIABILITY)


class ForeignBranch(forms.Checklist):
    points: ClassVar[Points] = (
        *COMMON,
        NOTARISED,
        ("approval", "附有中国主管机关的批准文件、外国公司章程和登记证书（公司法第二百四十四条）"),
        ("funds", "已指定代表人或者代理人，拨付经营资金（公司法第二百四十五条）"),
    )
