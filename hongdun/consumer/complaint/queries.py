from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from hongdun.consumer.models import Kind, Matter
from hongdun.consumer.queries import factors, standing, wording
from hongdun.register.models import Entity

if TYPE_CHECKING:
    from hongdun.cases.models import Case, Notice


def facts(case: Case) -> dict[str, Any]:
    """What the officer needs to know of the matter; a reporter is not in it."""
    matter = Matter.objects.get(pk=case.pk)
    shop = case.data["merchant"]
    return {
        "matter": matter,
        "entity": Entity.objects.filter(pk=case.entity).first() if case.entity else None,
        "urgency": wording.urgency(matter),
        "linked": linked(matter),
        "answers": list(case.answers.order_by("-at")),
        "factors": factors.of(case, matter) if not case.closed else [],
        "has_reporter": matter.kind == Kind.REPORT,
        "rows": [
            (label, value)
            for label, value in (
                ("渠道", wording.channel(matter)),
                ("被投诉（举报）人", shop["name"]),
                ("经营地址", shop["address"]),
                ("商家电话", shop["phone"]),
                ("平台", case.data.get("platform_name", "")),
                ("类别", wording.classes(matter)),
                ("品牌", matter.brand),
                ("涉及金额", f"{matter.amount:,} 元" if matter.amount is not None else ""),
                ("购买日期", case.data.get("bought", "")),
                ("代表人", "、".join(case.data.get("representatives", []))),
                ("委托事项、权限和期限", case.data.get("agent_powers", "")),
                ("在线消费纠纷解决", _odr(matter)),
                ("诉求", wording.claims(matter)),
                ("事实和理由", case.data["text"]),
            )
            if value
        ],
    }


def _odr(matter: Matter) -> str:
    found = standing.member(matter.entity) if matter.entity and matter.kind == Kind.COMPLAINT else None
    return f"{found.since} 起参加，投诉人愿意的可以先由企业答复；{found.contact}" if found else ""


def linked(matter: Matter) -> list[Matter]:
    """The other cases that came of the same contact."""
    return list(Matter.objects.filter(contact=matter.contact_id).exclude(pk=matter.pk).select_related("case"))


def words(notice: Notice) -> str:
    """Nothing of the content and no name: telephones and mailboxes are read by others too."""
    case = notice.case
    return (
        f"您的{case.procedure.label}（{case.number}）有新的通知：{notice.title}。"
        f"请凭编号和手机号查看：{settings.BASE_URL}/12315/progress/"
    )
