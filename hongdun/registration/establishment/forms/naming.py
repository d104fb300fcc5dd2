"""The name of a company: checked against the law and the register, warnings answered by an undertaking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look
from hongdun.lib import names, text, uscc
from hongdun.lib.entitytypes import TYPES
from hongdun.register import queries as register
from hongdun.registration.establishment.forms.topics import check_printable
from hongdun.registration.establishment.queries import LINKS, UNDERTAKING, naming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.register.queries import Check

KINDS = ("1130", "1151", "1153", "1190")


class Name(GovForm):
    """`data` is the whole draft: its authority and shareholders tell with whom the name may be alike."""

    name = forms.CharField(
        label="公司名称",
        max_length=100,
        help_text="由行政区划、字号、行业、组织形式组成，例如：广西鑫源数字科技有限公司",
    )
    trade = forms.CharField(
        label="字号", max_length=60, required=False, help_text="系统按名称拆分；拆得不对时请改在这里"
    )
    industry = forms.CharField(label="行业或者经营特点", max_length=60, required=False)
    type = forms.ChoiceField(
        label="公司类型", choices=[(code, TYPES[code].label) for code in KINDS], widget=forms.RadioSelect,
    )  # fmt: skip
    link = forms.ChoiceField(
        label="与名称相同或者近似的企业有没有关系", required=False, widget=forms.RadioSelect,
        choices=[("", "没有"), *LINKS.items()],
        help_text="有投资关系，或者受让名称的，字号可以相同（企业名称登记管理规定第十七条）",
    )  # fmt: skip
    link_code = forms.CharField(label="该企业的统一社会信用代码", max_length=22, required=False)
    undertaking = forms.BooleanField(label=UNDERTAKING, required=False, help_text="有近似提示时须勾选")
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(example="广西鑫源数字科技有限公司", autocomplete="off"),
        "trade": Look(width=10, autocomplete="off"),
        "industry": Look(width=20, autocomplete="off"),
        "link_code": Look(width=20, autocomplete="off"),
    }

    def __init__(self, *args: Any, draft: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.check: Check | None = None

    def clean_name(self) -> str:
        name = text.normalise_name(str(self.cleaned_data["name"]))
        if not name.endswith(("有限公司", "有限责任公司")):
            raise forms.ValidationError(
                "有限责任公司的名称须以“有限公司”或“有限责任公司”结尾（公司法第七条）。"
            )
        return check_printable(name)

    def clean_link_code(self) -> str:
        code = str(self.cleaned_data.get("link_code") or "")
        if not self.cleaned_data.get("link"):
            return ""
        try:
            return str(uscc.parse(code))
        except uscc.UsccError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("name") or self.errors:
            return data
        self._split(data)
        self.check = register.check_name(data["name"], naming({**self.draft, "name": data}))
        for finding in self.check.blocking:
            self.add_error("name", f"{finding.explanation}（{finding.article}）。")
        if self.check.free and self.check.warnings and not data.get("undertaking"):
            self.add_error(
                "undertaking",
                f"名称有 {len(self.check.warnings)} 处近似提示，列在旁边。看过后请勾选承诺，或者换一个字号。",
            )
        return data

    def _split(self, data: dict[str, Any]) -> None:
        """Keep where the applicant moved the split; of another name than before it is made anew."""
        parts = names.parse(data["name"])
        moved = names.moved(parts, trade=data.get("trade") or "", industry=data.get("industry") or "")
        if (
            moved is None
            and data.get("trade")
            and data["trade"] + (data.get("industry") or "") in data["name"]
        ):
            self.add_error("trade", f"字号和行业连起来应当是“{parts.trade}{parts.industry}”，请调整。")
        parts = moved or parts
        data["trade"], data["industry"] = parts.trade, parts.industry

    @property
    def found(self) -> Check | None:
        """What to show beside the form: of what was sent, else of what was saved."""
        if self.check is None and not self.is_bound and self.initial.get("name"):
            self.check = register.check_name(
                self.initial["name"], naming({**self.draft, "name": self.initial})
            )
        return self.check
