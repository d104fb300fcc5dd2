"""The fields of a name in a filing: checked against the law and the register, warnings answered by an undertaking."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look
from hongdun.documents import fonts
from hongdun.documents.errors import MissingGlyphs
from hongdun.lib import names, text, uscc
from hongdun.register import queries as register
from hongdun.registration.wording import LINKS, UNDERTAKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.register.queries import Check, Finding, Naming


def check_printable(value: str) -> str:
    """Say at once what would stop the licence at the printer months later."""
    try:
        fonts.require(value)
    except MissingGlyphs as problem:
        raise forms.ValidationError(str(problem)) from problem
    return value


def told(found: Check | None) -> list[dict[str, str]]:
    """The warnings that the applicant saw, for the file."""
    warnings = found.warnings if found else []
    return [{"explanation": each.explanation, "article": each.article} for each in warnings]


def group_field() -> forms.CharField:
    return forms.CharField(
        label="企业集团名称", max_length=100, required=False,
        help_text="组建企业集团的控股企业填写，例如：广西鑫源数字科技集团（企业名称登记管理规定第十四条）",
    )  # fmt: skip


class NameFields(GovForm):
    """Subclasses say by `naming` what is known of the one who wants the name."""

    name = forms.CharField(
        label="名称",
        max_length=100,
        help_text="由行政区划、字号、行业、组织形式组成，例如：广西鑫源数字科技有限公司",
    )
    trade = forms.CharField(
        label="字号", max_length=60, required=False, help_text="系统按名称拆分；拆得不对时请改在这里"
    )
    industry = forms.CharField(label="行业或者经营特点", max_length=60, required=False)
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check: Check | None = None

    @abstractmethod
    def naming(self, data: Mapping[str, Any]) -> Naming:
        """Authority, links, split and own reservations, by what this page says and what is known beside it."""

    def stays(self, name: str) -> bool:  # noqa: ARG002 - subclasses look at it
        """Whether the name is borne already and only stays: rules of today don't take it away."""
        return False

    def excuses(self, finding: Finding) -> bool:  # noqa: ARG002 - subclasses look at it
        """Whether what usually speaks against a name doesn't for this applicant."""
        return False

    def clean_name(self) -> str:
        return check_printable(text.normalise_name(str(self.cleaned_data["name"])))

    def clean_link_code(self) -> str:
        code, link = str(self.cleaned_data.get("link_code") or ""), self.cleaned_data.get("link")
        if not link:
            return ""
        if not code:
            raise forms.ValidationError(
                f"已选“{LINKS[link]}”，请填写该企业的统一社会信用代码；没有关系的请选“没有”。"
            )
        try:
            return str(uscc.parse(code))
        except uscc.UsccError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("name") or self.errors:
            return data
        self._split(data)
        if self.stays(data["name"]):
            return data
        self.check = register.check_name(data["name"], self.naming(data))
        self.check.blocking = [each for each in self.check.blocking if not self.excuses(each)]
        for finding in self.check.blocking:
            self.add_error("name", f"{finding.explanation}（{finding.article}）。")
        if self.check.free and self.check.warnings and not data.get("undertaking"):
            count = len(self.check.warnings)
            self.add_error(
                "undertaking", f"名称有 {count} 处近似提示，列在旁边。看过后请勾选承诺，或者换一个字号。"
            )
        return data

    def _split(self, data: dict[str, Any]) -> None:
        """Keep where the applicant moved the split; of another name than before it is made anew."""
        parts = names.parse(data["name"])
        typed = (data.get("trade") or "", data.get("industry") or "")
        moved = names.moved(parts, trade=typed[0], industry=typed[1])
        if moved is None and typed[0] and "".join(typed) in data["name"]:
            self.add_error("trade", f"字号和行业连起来应当是“{parts.trade}{parts.industry}”，请调整。")
        data["trade"], data["industry"] = (moved or parts).trade, (moved or parts).industry

    def _check_group(self, data: Mapping[str, Any]) -> None:
        """A group's name agrees with that of its controlling enterprise (企业名称登记管理规定 art. 14)."""
        wanted = f"{names.parse(data['name']).place}{data['trade']}{data['industry']}集团"
        if data.get("group") and data["group"] != wanted:
            self.add_error(
                "group",
                f"企业集团名称应当与控股企业名称的行政区划、字号、行业一致，即“{wanted}”（企业名称登记管理规定第十四条）。",
            )
        elif "集团" in data["name"] and not data.get("group"):
            self.add_error(
                "group",
                f"名称使用“集团”字样的是企业集团的控股企业，请填写集团名称“{wanted}”（企业名称登记管理规定第十四条）。",
            )

    @property
    def found(self) -> Check | None:
        """What to show beside the form: of what was sent, else of what was saved."""
        name = str(self.initial.get("name") or "")
        if self.check is None and not self.is_bound and name and not self.stays(name):
            self.check = register.check_name(self.initial["name"], self.naming(self.initial))
        return self.check
