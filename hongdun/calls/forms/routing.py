"""Lines, menu, hours, queues, skills and prompts, each as one form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.clock import today
from hongdun.base.fields import CodeField, DateField
from hongdun.base.forms import GovModelForm, Look
from hongdun.calls.models import Choice, Hours, Line, Operator, Prompt, Queue, Skill
from hongdun.calls.switch import prompts
from hongdun.lib import wav

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.calls.actions.laying_down import Laid

DAYS = [("True", "工作日（含调休上班的日子）"), ("False", "休息日和节假日")]
LARGEST = 2 * wav.LONGEST_SECONDS * wav.RATE + 10_000


class OrganForm(GovModelForm):
    """A row of one bureau; a row that exists stays where it is."""

    organ = forms.TypedChoiceField(label="机关", coerce=int)

    def __init__(self, *args: Any, bureaus: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:  # noqa: SLF001 - Django's documented way to ask
            choice = self.fields["organ"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [("", "请选择"), *bureaus]
        else:
            del self.fields["organ"]

    def save_to(self) -> Laid:
        """The row as it is to be, not saved yet."""
        row: Laid = self.instance
        return row


class LineForm(OrganForm):
    number = CodeField(label="接入号码", max_length=20, help_text="运营商送来的被叫号码，例如 077112315")

    class Meta:
        model = Line
        fields = ("organ", "number")

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if not number.removeprefix("+").isdecimal():
            raise forms.ValidationError("接入号码只能是数字，例如 077112315")
        return number


class ChoiceForm(OrganForm):
    digit = forms.ChoiceField(label="按键", choices=[(digit, digit) for digit in "1234567890"])

    class Meta:
        model = Choice
        fields = ("organ", "digit", "label", "skill", "priority")
        labels: ClassVar[dict[str, str]] = {"label": "语音里怎样说"}

    looks: ClassVar[Mapping[str, Look]] = {"label": Look(width=20, example="食品问题")}


class HoursForm(OrganForm):
    workday = forms.TypedChoiceField(label="哪些日子", choices=DAYS, coerce=lambda value: value == "True")
    opens = forms.TimeField(label="开始", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label="结束", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    valid_from = DateField(label="起始日期", initial=today)
    valid_to = DateField(
        label="截止日期", required=False, help_text="与起始日期相同时，只管这一天，并优先于其他服务时间"
    )
    closed = forms.BooleanField(label="全天不接听（只用于某一天）", required=False)

    class Meta:
        model = Hours
        fields = ("organ", "workday", "opens", "closes", "valid_from", "valid_to", "closed")

    looks: ClassVar[Mapping[str, Look]] = {"opens": Look(width=10), "closes": Look(width=10)}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if given.get("opens") and given.get("closes") and given["opens"] >= given["closes"]:
            self.add_error("closes", "结束时间须晚于开始时间，例如 08:30 至 18:00")
        if first and last and last < first:
            self.add_error("valid_to", "截止日期不能早于起始日期")
        if given.get("closed") and first != last:
            self.add_error("closed", "全天不接听只用于某一天：请把截止日期填成与起始日期相同")
        return given


class QueueForm(OrganForm):
    overflow_after = forms.IntegerField(
        label="等待多少秒后由外市帮助接听",
        min_value=0,
        max_value=3600,
        help_text="0 表示不分先后，同时派给外市空闲坐席",
    )

    class Meta:
        model = Queue
        fields = ("organ", "skill", "overflow_after")

    looks: ClassVar[Mapping[str, Look]] = {"overflow_after": Look(width=4, suffix="秒")}


class OperatorForm(OrganForm):
    skills = forms.MultipleChoiceField(
        label="会办的业务", choices=Skill.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "至少选一项；不再接听电话的人，请在人员岗位里结束其岗位"},
    )  # fmt: skip

    class Meta:
        model = Operator
        fields = ("organ", "skills")


class PromptForm(OrganForm):
    code = forms.ChoiceField(label="提示语")
    text = forms.CharField(
        label="内容", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="没有录音时由机器朗读；数字请写成汉字，例如“请按一”",
    )  # fmt: skip
    file = forms.FileField(
        label="真人录音", required=False, help_text="8000 Hz、单声道、16 位的 WAV，最长 60 秒"
    )
    machine = forms.BooleanField(label="不用录音，改由机器朗读", required=False)

    class Meta:
        model = Prompt
        fields = ("organ", "code", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = self.fields["code"]
        assert isinstance(codes, forms.ChoiceField)
        codes.choices = [(code, f"{code}：{text[:18]}") for code, text in prompts.said().items()]
        if self.instance.sound is None:
            del self.fields["machine"]

    def clean_file(self) -> bytes | None:
        file = self.cleaned_data["file"]
        if not file:
            return None
        if file.size > LARGEST:
            raise forms.ValidationError(f"文件有 {file.size // 1000} kB，太大了。{wav.MEND}")
        data: bytes = file.read()
        try:
            wav.check(data)
        except wav.NoPrompt as error:
            raise forms.ValidationError(str(error)) from error
        return data

    def save_to(self) -> Laid:
        if self.cleaned_data["file"]:
            self.instance.sound = self.cleaned_data["file"]
        elif self.cleaned_data.get("machine"):
            self.instance.sound = None
        row: Prompt = self.instance
        return row
