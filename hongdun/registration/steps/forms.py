"""What officers tick and note while they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKS = (
    ("name", "名称符合规定，没有相同名称（名称规定第六条、第十七条）"),
    ("domicile", "住所证明与申报一致（细则第二十五条）"),
    ("scope", "经营范围用语规范，许可项目已分列（细则第十三条）"),
    ("capital", "注册资本、出资期限符合公司法第四十七条"),
    ("people", "法定代表人及主要人员具备任职资格（条例第十二条）"),
    ("documents", "材料齐全，签字盖章完整（条例第十六条、细则第二十六条）"),
)


class Checklist(GovForm):
    """Subclasses say by `points` what an examiner looks at."""

    points: ClassVar[tuple[tuple[str, str], ...]] = CHECKS
    checks = forms.MultipleChoiceField(
        label="审查要点", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="逐项核对后勾选；未勾选的会列入一次性告知供选择",
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {"checks": Look(small=True)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["checks"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = self.points


class Delivery(GovForm):
    delivery = forms.ChoiceField(
        label="发照方式", widget=forms.RadioSelect, initial="counter",
        choices=[("counter", "窗口领取"), ("post", "邮寄送达"), ("electronic", "只领电子执照")],
    )  # fmt: skip
    receiver = forms.CharField(label="领取人", max_length=60, required=False)
    looks: ClassVar[Mapping[str, Look]] = {"delivery": Look(inline=True), "receiver": Look(width=10)}
