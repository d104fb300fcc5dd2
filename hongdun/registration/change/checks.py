"""What officers tick while they decide on a change, and what they note when the new licence is handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms

from hongdun.base.forms import Look
from hongdun.registration.steps import forms as steps

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKS = (
    ("documents", "申请书由有权的人签署，材料齐全（细则第三十二条、第三十三条）"),
    ("resolution", "决议、决定与变更事项一致，涉及章程的已提交修改后的章程（公司法第三十五条）"),
    ("name", "新名称符合规定，没有相同名称（名称规定第六条、第十七条）"),
    ("domicile", "新住所有使用文件，属于本机关辖区（条例第二十七条、细则第三十五条）"),
    ("representative", "新任法定代表人具备任职资格（条例第十二条）"),
    ("capital", "注册资本和出资符合规定，减资的公告期已届满（细则第三十六条）"),
    ("scope", "经营范围用语规范，须经批准的在批准文件有效期内（条例第二十六条）"),
)


class Checklist(steps.Checklist):
    points = CHECKS


class Replacement(steps.Delivery):
    old_sheets = forms.ChoiceField(
        label="旧执照", widget=forms.RadioSelect, initial="handed_in",
        choices=[
            ("handed_in", "正、副本已缴回"), ("void", "没有缴回，公告作废（细则第二十三条）"), ("later", "还没有交，留待处理"),
        ],
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {**steps.Delivery.looks, "old_sheets": Look(inline=True)}
