"""What each decision on a complaint brings about: the papers of both sides, the record, the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.cases import queries as case_queries
from hongdun.consumer.actions import beside, papers, publishing, skills
from hongdun.consumer.complaint import agreement
from hongdun.consumer.models import Matter
from hongdun.consumer.queries import standing
from hongdun.documents.notices import Item
from hongdun.documents.words import written_date
from hongdun.law import queries as law

if TYPE_CHECKING:
    from decimal import Decimal

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case

OTHER_ROUTES = (
    "您可以依照《中华人民共和国消费者权益保护法》第三十九条，与经营者协商和解，请求消费者协会或者依法成立的其他调解组织调解，"
    "根据与经营者达成的仲裁协议提请仲裁机构仲裁，或者向人民法院提起诉讼。"
)


def ask_merchant_first(case: Case, *, actor: Actor, **_: object) -> None:
    """A merchant of the online dispute resolution answers first, if the complainant wants it so."""
    if case.entity is None or standing.member(case.entity) is None:
        raise cases.Refused(
            "被投诉人不在在线消费纠纷解决企业名单上，不能转企业先行和解：请分送，或者先在“在线消费纠纷解决企业”中登记。"
        )
    last = law.due(
        "consumer_odr", clock.today(), on=max(case.received, law.rule("consumer_odr").valid_from)
    ).date
    papers.to_complainant(
        case, kind="odr_notice", title="在线消费纠纷解决告知书", actor=actor,
        paragraphs=(
            (f"您对“{case.title}”的投诉（编号：{case.number}），已按您的意愿转由该企业先行与您协商，"
            f"企业应当在{written_date(last)}前答复。协商不成的，我局继续依法处理。"),
        ),
    )  # fmt: skip


def settled_by_merchant(case: Case, *, actor: Actor, **_: object) -> None:
    Matter.objects.filter(pk=case.pk).update(result="odr_settled")
    publishing.publish(case, actor=actor)


def accept(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Form 5, in the seven working days (art. 15)."""
    _classify(case, decision)
    papers.to_complainant(
        case, kind="acceptance", title="投诉受理决定书", actor=actor, contact=_contact(decision),
        paragraphs=(
            (f"您于{written_date(case.received)}对“{case.title}”提出的投诉（编号：{case.number}）收悉。"
            f"经审查，符合{_cite('consumer_acceptance', case)}规定的受理条件，我局决定予以受理。"),
            "我局将在征得双方同意后组织调解。",
        ),
    )  # fmt: skip


def refuse(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Form 6: the ground and the other routes (art. 15 §2)."""
    chosen = [g for g in case_queries.grounds(case, kind="decline") if g.code in decision.grounds]
    _classify(case, decision)
    Matter.objects.filter(pk=case.pk).update(result="refused")
    papers.to_complainant(
        case, kind="refusal", title="投诉不予受理决定书", actor=actor, contact=_contact(decision),
        items=[Item(g.text, g.citation) for g in chosen], closing=(OTHER_ROUTES,),
        paragraphs=(
            (f"您于{written_date(case.received)}对“{case.title}”提出的投诉（编号：{case.number}）收悉。"
            "经审查，有下列情形，我局决定不予受理："),
        ),
    )  # fmt: skip


def ask_proof(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Form 4: proof of identity by a day, and what follows without it (art. 10 §3)."""
    last = decision.data.get("prove_by")
    if not last:
        raise cases.Incomplete("请填写提供身份证明材料的截止日期。", field="prove_by")
    papers.to_complainant(
        case, kind="identity_request", title="限期提供身份证明材料通知书", actor=actor, contact=_contact(decision),
        paragraphs=(
            f"为核实投诉人身份，请您于{written_date(last)}前向我局提供本人身份证明材料（投诉编号：{case.number}）。",
            "拒绝配合核实身份的，我局将依法不予受理。",
        ),
    )  # fmt: skip


def note_consent(_case: Case, *, decision: Decision, **_: object) -> None:
    """Mediation needs both sides' consent, and so does entrusting it to others (art. 18, 19)."""
    if not (decision.data.get("complainant_agrees") and decision.data.get("merchant_agrees")):
        raise cases.Incomplete(
            "双方都同意才能调解：请勾选双方的意愿；一方不同意的，选“终止调解”并勾选依据。",
            field="merchant_agrees",
        )
    if decision.data.get("entrusted_to") and not decision.data.get("both_agree_to_entrust"):
        raise cases.Incomplete("委托调解须双方同意：请勾选双方同意委托。", field="both_agree_to_entrust")


def arrange(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Form 7 to both sides where they meet: time, place, mediator, and till when to ask for recusal (art. 20, 21)."""
    given = decision.data
    if given.get("way") != "site":
        return
    if not (given.get("at") and given.get("place")):
        raise cases.Incomplete("现场调解须提前告知时间和地点，请填写。", field="place")
    body = (
        (
            f"关于“{case.title}”消费者权益争议一案（编号：{case.number}），我局定于{given['at']}在{given['place']}进行调解，"
            f"调解人员：{given['mediator']}。请携带与争议有关的材料准时参加。"
        ),
        f"对调解人员申请回避的，请在收到本通知之日起{given['recusal_days']}日内提出。",
    )
    papers.to_complainant(case, kind="mediation_notice", title="调解通知书", actor=actor, paragraphs=body)
    papers.to_merchant(
        case, kind="mediation_notice_merchant", title="调解通知书", actor=actor, paragraphs=body
    )


def terminate(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Form 8 to both sides, with the ground and the remedy (art. 23, 25)."""
    chosen = [g for g in case_queries.grounds(case, kind="terminate") if g.code in decision.grounds]
    items = [Item(g.text, g.citation) for g in chosen]
    withdrawn = any(code.startswith("end_withdrawn") for code in decision.grounds)
    Matter.objects.filter(pk=case.pk).update(result="withdrawn" if withdrawn else "terminated")
    body = (f"关于“{case.title}”消费者权益争议一案（编号：{case.number}），有下列情形，我局决定终止调解：",)
    papers.to_complainant(
        case, kind="termination", title="终止调解决定书", actor=actor, paragraphs=body, items=items, closing=(OTHER_ROUTES,)
    )  # fmt: skip
    papers.to_merchant(
        case, kind="termination_merchant", title="终止调解决定书", actor=actor, paragraphs=body, items=items
    )


def state_agreement(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Form 9: the statement, sealed, in three copies for the signatures (art. 24)."""
    _settled(case, decision)
    agreement.statement(case, text=decision.data["agreement"], session=case.data, actor=actor)


def note_agreement(case: Case, *, actor: Actor, decision: Decision) -> None:
    """No statement where it was performed at once, both waive it, or they didn't meet: a kept record (art. 24 §2)."""
    if not decision.data.get("why_no_statement"):
        raise cases.Incomplete("不制作调解书的，请选择原因。", field="why_no_statement")
    _settled(case, decision)
    agreement.record(
        case, text=decision.data["agreement"], why=decision.data["why_no_statement"], actor=actor
    )


def _settled(case: Case, decision: Decision) -> None:
    if case.data.get("representatives") and not decision.data.get("represented_agree"):
        raise cases.Incomplete(
            "代表人达成协议须经被代表的投诉人同意（第十二条）：请征得同意后勾选。", field="represented_agree"
        )
    recovered: Decimal | None = decision.data.get("recovered")
    Matter.objects.filter(pk=case.pk).update(result="settled", recovered=recovered)


def note_telling(_case: Case, *, decision: Decision, **_: object) -> None:
    if not (decision.data.get("complainant_told") and decision.data.get("merchant_told")):
        raise cases.Incomplete("请填写告知双方的方式。", field="merchant_told")


def close(case: Case, *, actor: Actor, **_: object) -> None:
    """Closed in the bureau's name; the record is complete, or it isn't closed."""
    if not Matter.objects.filter(pk=case.pk).exclude(result="").exists():
        raise cases.Refused("还没有处理结果，不能办结。请退回所长补正。")
    _tell_result(case, actor=actor)
    publishing.publish(case, actor=actor)
    skills.count(case)
    beside.call_back_if_drawn(case, actor=actor)


def _tell_result(case: Case, *, actor: Actor) -> None:
    """Who was refused or whose mediation ended has a paper that says so; who settled hears that it is closed."""
    matter = Matter.objects.get(pk=case.pk)
    if matter.result != "settled":
        return
    saved = f"，挽回经济损失 {matter.recovered} 元" if matter.recovered else ""
    papers.to_complainant(
        case, kind="closing", title="投诉办结告知书", actor=actor,
        paragraphs=(
            (f"您于{written_date(case.received)}对“{case.title}”提出的投诉（编号：{case.number}），经调解，双方达成协议{saved}，"
            "现予办结。"),
            "请在查询进度的网页上评价这次办理；对方不履行协议的，可以依法向人民法院提起诉讼。",
        ),
    )  # fmt: skip


def _classify(case: Case, decision: Decision) -> None:
    chosen = {name: decision.data.get(name) for name in ("object_class", "problem_class")}
    if given := {name: code for name, code in chosen.items() if code}:
        Matter.objects.filter(pk=case.pk).update(**given)


def _contact(decision: Decision) -> str:
    return str(decision.data.get("contact") or "")


def _cite(rule: str, case: Case) -> str:
    return law.rule(rule, on=case.received).citation
