from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from hongdun.base.parts import Happening
from hongdun.base.scope import system_scope
from hongdun.cases import queries as case_queries
from hongdun.cases.models import Case, Task
from hongdun.cases.procedure import latest
from hongdun.parties import queries as parties
from hongdun.register.models import Entity
from hongdun.registration.kinds import KINDS
from hongdun.registration.models import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.registration.forms import Topic

# Filings that can be made on line: procedure code → its folder.
FILINGS = dict.fromkeys(KINDS, "establishment") | {
    "individual_establishment": "individual.establishment",
    "individual_change": "individual.change",
    "individual_cancellation": "individual.cancellation",
    "individual_simple_cancellation": "individual.simple_cancellation",
    "simple_cancellation": "cancellation.simple",
    "cancellation": "cancellation.ordinary",
    "change": "change",
    "recording": "recording",
    "correction": "correction",
    "decrease_notice": "decrease",
    "liquidation_notice": "liquidation",
    "name_reservation": "name_reservation",
    "licence_loss": "licence.loss",
    "licence_reissue": "licence.reissue",
    "licence_exchange": "licence.exchange",
    "licence_copies": "licence.copies",
    "licence_surrender": "licence.surrender",
}
# Roles of the steps after the decision: the register has been changed, only paper is still on its way.
AFTERWARDS = ("counter", "archivist")
# Beside the establishments.
GIVES = (
    "individual_establishment", "individual_change", "change", "licence_reissue", "licence_exchange", "licence_copies",
)  # fmt: skip
PROMISE = dict.fromkeys(KINDS, "登记机关当场或者自收到申请之日起 3 个工作日内作出决定，不收费。") | {
    "individual_establishment": "材料齐全的当场登记，最长 3 个工作日，不收费。",
}
ABOUT = {code: kind.about for code, kind in KINDS.items()} | {
    "individual_establishment": "自己开店、摆摊、做小生意，手机上几分钟填好。可以不起名字。不收费。",
    "individual_change": "店名、地址、经营范围、一起经营的家庭成员有变化的，办理变更。",
    "individual_simple_cancellation": "不做了，没有债务、欠税的：承诺后推送税务等部门，10 天没有异议就注销。",
    "individual_cancellation": "不做了，已取得清税证明的，办理注销。",
    "cancellation": "企业清算结束，取得清税证明的，办理注销。",
    "simple_cancellation": "企业没有债务、欠税的：全体投资人承诺，公示 20 天没有异议，再申请注销。",
    "change": "名称、住所、法定代表人、注册资本、股东、经营范围等有变化的，一次办理变更登记和备案。不收费。",
    "recording": "章程、董事监事高管、联络员、受益所有人等有变化的，办理备案；合乎规则的当场办结。不收费。",
    "correction": "登记簿上的记载和当时的申请材料不一致、登记错了的，申请更正。不收费。",
    "decrease_notice": "减少注册资本先公告 45 日，债权人可以要求清偿或者担保。公告当场发布。",
    "liquidation_notice": "决定解散的，先公告清算组名单、通知债权人申报债权。公告当场发布。",
    "licence_loss": "营业执照遗失、毁坏的，声明作废，提交后立即公告；然后可以补领。不收费。",
    "licence_reissue": "已经声明作废的，补领新的营业执照。不收费。",
    "licence_exchange": "营业执照破损、字迹不清、二维码不能识读的，交回旧的换新的。不收费。",
    "licence_copies": "副本不够用的，再领几份。不收费。",
    "licence_surrender": "不再需要的副本、变更后换下的旧执照、注销后的执照，交回登记机关。",
    "name_reservation": "先把名称留住：比对通过的当场保留 2 个月（须经批准的 1 年）。不收费。",
}
# How the hall of services shows them; what stands nowhere here comes under the last heading.
GROUPS = {
    "个体工商户": ("individual_",),
    "变更、备案和更正": ("change", "recording", "correction", "decrease_notice"),
    "营业执照": ("licence_",),
    "注销": ("liquidation_notice", "simple_cancellation", "cancellation"),
    "名称": ("name_",),
    "设立企业、合作社和分支机构": ("",),
}


def part(procedure_code: str, name: str) -> ModuleType:
    """A module of the filing's folder: `forms`, `actions` or `queries`."""
    return import_module(f"hongdun.registration.{FILINGS[procedure_code]}.{name}")


def topics(procedure_code: str, data: Mapping[str, Any] | None = None) -> dict[str, type[Topic]]:
    """The pages of a filing: `TOPICS` of its forms, or `topics(code)` where one folder serves several filings.

    Where the answers so far (`data`) decide what else is asked, the forms say so by `asked(code, data)`.
    """
    forms = part(procedure_code, "forms")
    if hasattr(forms, "asked"):
        asked: dict[str, type[Topic]] = forms.asked(procedure_code, data or {})
        return asked
    found: dict[str, type[Topic]] = forms.topics(procedure_code) if hasattr(forms, "topics") else forms.TOPICS
    return found


def unfinished(draft: Draft) -> list[tuple[str, str]]:
    """Topics that hold the application back, with their labels: not filled in, or typed and not saved."""
    pages = topics(draft.procedure_code, draft.data)
    return [
        (c, page.label)
        for c, page in pages.items()
        if c in draft.typed or (c not in draft.data and not page.optional)
    ]


def services() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Every filing that can be made on line under its heading: code, label, what it is."""
    rest, found = dict(ABOUT), []
    for heading, beginnings in GROUPS.items():
        own = [code for code in rest if code.startswith(beginnings)]
        found.append((heading, [(code, label(code), rest.pop(code)) for code in own]))
    return [found[-1], *found[:-1]]


def label(procedure_code: str) -> str:
    return latest(procedure_code).label


def person_of(actor: Actor) -> UUID:
    """An applicant always has a person; officers and jobs don't file."""
    if actor.person is None:
        raise PermissionDenied("请先登录。")
    return actor.person


def reservations(applicant: UUID | None) -> frozenset[UUID]:
    """Cases by which this applicant declared names."""
    if applicant is None:
        return frozenset()
    declared = Case.objects.filter(procedure_code="name_reservation", person=applicant)
    return frozenset(declared.values_list("id", flat=True))


def noted_reservations(applicant: UUID | None) -> dict[str, Any]:
    """For the data of a case: the officer who enters the name may not see the cases by which it was reserved."""
    return {"reservations": sorted(map(str, reservations(applicant)))}


def open_drafts(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(person=person_of(actor), clerk=None, sent__isnull=True).order_by("-updated")


def labelled(drafts: Iterable[Draft]) -> list[tuple[Draft, str]]:
    return [(each, label(each.procedure_code)) for each in drafts]


def draft_of(actor: Actor, draft_id: UUID) -> Draft | None:
    """An applicant's own, or one that this officer enters for somebody."""
    mine = {"clerk": actor.person} if actor.kind == "officer" else {"person": person_of(actor), "clerk": None}
    return Draft.objects.filter(pk=draft_id, **mine).first()


def entered_drafts(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(clerk=actor.person, sent__isnull=True).order_by("-updated")


def own_cases(actor: Actor, words: str = "") -> QuerySet[Case]:
    """`words`: of its title, or its number."""
    found = Case.objects.of_applicant(actor).filter(procedure_code__in=FILINGS).order_by("-opened")
    return found.filter(Q(title__contains=words) | Q(number__contains=words)) if words else found


def own_case(actor: Actor, number: str) -> Case | None:
    return own_cases(actor).filter(number=number).first()


def filed_with(number: str, phone: str) -> Case | None:
    """The filing of this number, if its applicant or agent left this telephone number."""
    hashed = parties.phone_hash(phone)
    if not hashed:
        return None
    with system_scope("查询办理进度"):
        case = Case.objects.filter(number=number.strip(), procedure_code__in=FILINGS).first()
        known = case is not None and any(each.phone_hash == hashed for each in parties.to_be_told(case.id))
    return case if known else None


def states(cases: Sequence[Case]) -> list[tuple[Case, str, str]]:
    """Each case with how it stands in plain words and the colour of the tag."""
    waiting = dict(Task.objects.waiting().filter(case__in=cases).values_list("case_id", "role"))
    return [(case, *_state(case, waits_for=waiting.get(case.id, ""))) for case in cases]


def _state(case: Case, *, waits_for: str) -> tuple[str, str]:
    if waits_for == "applicant":
        return "等您补正", "yellow"
    if waits_for in AFTERWARDS and not case.closed:
        return "准予登记", "green"
    ends = {"withdrawn": ("已撤回", "grey"), "refuse": (_refusal(case), "red")}
    return ends.get(case.outcome, ("已办结", "green")) if case.closed else ("办理中", "blue")


def _refusal(case: Case) -> str:
    """`不予登记`, `不予备案`, `不予保留`: as the procedure says it."""
    outcomes = (step.outcomes.get("refuse") for step in case.procedure.steps.values())
    return next((outcome.label for outcome in outcomes if outcome), "不予登记")


def progress(case: Case) -> list[Happening]:
    """What happened so far, in the applicant's words; the officers' names and opinions stay inside."""
    plain = part(case.procedure_code, "queries").PLAIN
    found = [Happening(case.opened, "收到您的申请")]
    for task in case_queries.timeline(case):
        step = case.procedure.steps[task.step]
        if task.done is None:
            title = "等您补正" if task.role == "applicant" else f"正在{step.label}"
            found.append(Happening(task.opened, title, tone="now"))
        elif task.outcome != "stopped":
            found.append(Happening(task.done, step.label, text=plain[task.step, task.outcome]))
    if case.closed and case.outcome == "withdrawn":
        found.append(Happening(case.closed, "您撤回了申请"))
    return found


def gives_licence(case: Case) -> bool:
    """Whether sheets come out of it when it is granted; a change that the licence doesn't show brings none."""
    return case.procedure_code in (*KINDS, *GIVES) and case.data.get("reissued") != []


def registered(case: Case) -> Entity | None:
    return Entity.objects.filter(pk=case.entity).first() if case.entity else None


def filed(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the applicant asked for, by topic, as the case keeps it."""
    shown: Any = part(case.procedure_code, "queries").answers
    pages = topics(case.procedure_code, case.data)
    found = ((page.label, shown(code, case.data)) for code, page in pages.items() if code in case.data)
    return [(heading, rows) for heading, rows in found if rows]


def answers(draft: Draft) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every topic with its label and its answers in words, for checking before sending."""
    shown: Any = part(draft.procedure_code, "queries").answers
    pages = topics(draft.procedure_code, draft.data)
    return [(code, page.label, shown(code, draft.data)) for code, page in pages.items()]
