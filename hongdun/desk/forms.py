"""The filters of the work list: they live in the address, and nonsense in it is simply ignored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms

from hongdun.base.forms import GovForm, Look
from hongdun.cases.procedure import REGISTERED
from hongdun.desk.queries import Cursor, Wanted
from hongdun.lib import organs
from hongdun.lib.text import normalise_name
from hongdun.org.models import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Task

STATES = {
    Role.CLERK.value: "待受理",
    Role.EXAMINER.value: "待审查",
    Role.APPROVER.value: "待核准",
    Role.COUNTER.value: "待发照",
    Role.ARCHIVIST.value: "待归档",
    Role.HEAD.value: "待负责人决定",
    Role.STATION.value: "待监管所办理",
    "applicant": "待申请人补正",
}
LIGHTS = {
    "red": "红灯：已逾期",
    "yellow": "黄灯：两个工作日内到期",
    "green": "绿灯：未到期",
    "none": "不计时限",
}
ASSIGNEES = [("", "全部"), ("me", "指定给我的"), ("none", "未指定的")]


class Filters(GovForm):
    q = forms.CharField(label="关键字", required=False, max_length=60)
    procedure = forms.ChoiceField(label="业务类型", required=False)
    where = forms.ChoiceField(label="承办单位", required=False)
    assignee = forms.ChoiceField(label="经办人", required=False, choices=ASSIGNEES)
    state = forms.MultipleChoiceField(label="状态", required=False, widget=forms.CheckboxSelectMultiple)
    light = forms.MultipleChoiceField(
        label="时限", required=False, widget=forms.CheckboxSelectMultiple, choices=list(LIGHTS.items())
    )
    sort = forms.ChoiceField(
        label="排序", required=False, choices=[("", "时限近的在前"), ("newest", "新到的在前")]
    )
    looks: ClassVar[Mapping[str, Look]] = {"state": Look(small=True), "light": Look(small=True)}

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor
        labels = sorted({p.code: p.label for p in REGISTERED.values()}.items(), key=lambda each: each[1])
        self._choices("procedure", [("", "全部"), *labels])
        station = actor.organ is not None and organs.level(actor.organ) == organs.STATION
        own = [("", "本单位")] if station else [("", "本单位"), ("below", "本单位及下级")]
        self._choices("where", own)
        shown = {} if self.data.get("where") == "below" else {*actor.roles, "applicant"}
        if actor.deputises:
            choices = [*ASSIGNEES[:2], ("absent", "代办的（同事不在岗）"), *ASSIGNEES[2:]]
            self._choices("assignee", choices)
        self._choices(
            "state", [(role, words) for role, words in STATES.items() if not shown or role in shown]
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices

    def wanted(self) -> Wanted:
        """Fields that are wrong count as not given: an old bookmark still opens."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            q=given.get("q", "").strip(),
            procedure=given.get("procedure", ""),
            below=given.get("where") == "below",
            roles=frozenset(given.get("state", [])),
            lights=frozenset(given.get("light", [])),
            assignee=given.get("assignee", ""),
            newest=given.get("sort") == "newest",
        )


def cursor(given: Mapping[str, str]) -> Cursor | None:
    """The place that `after` or `before` in the address names; None for the first page or a spoiled one."""
    for name in ("after", "before"):
        if text := given.get(name, ""):
            due, _, key = text.partition("_")
            try:
                return Cursor(date.fromisoformat(due) if due else None, UUID(key), back=name == "before")
            except ValueError:
                return None
    return None


def place(task: Task) -> str:
    return f"{task.due or ''}_{task.pk}"


class PersonForm(GovForm):
    name = forms.CharField(
        label="姓名", min_length=2, max_length=60, help_text="全名，或者其中连着的两个字以上"
    )
    reason = forms.CharField(
        label="查询理由",
        min_length=4,
        max_length=200,
        help_text="例如：核查〔2026〕15号举报。查了谁、为什么查会留下记录。",
    )

    def clean_name(self) -> str:
        return normalise_name(str(self.cleaned_data["name"]))
