"""投诉：分送 → 受理 → 交办 → 指派 → 征求意愿 → 调解 → 所长审核 → 办结（市场监督管理投诉举报处理办法第十三条至第二十六条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.consumer.complaint import actions, queries
from hongdun.consumer.routing import actions as routing
from hongdun.consumer.routing import steps as shared

FORMS = "hongdun.consumer.complaint.forms"

COMPLAINT = register(
    Procedure(
        code="consumer.complaint", version=1, label="投诉", start="route", series="投", clock="consumer_acceptance",
        law="consumer", routed=True, facts=queries.facts, words=queries.words,
        content="投诉内容", arrived="收到投诉", party="投诉人",
        steps=steps(
            step(
                "route", "分送", "clerk",
                shared.send(),
                to("keep", "本机关处理", "accept"),
                to("odr", "转企业先行和解", "odr", effect=actions.ask_merchant_first, clock="end"),
                shared.back(),
                form=shared.ROUTE,
            ),
            step(
                "odr", "企业先行和解", "clerk",
                to("settled", "已经和解", tone="go", effect=actions.settled_by_merchant),
                to("failed", "没有和解", "route", starts="consumer_acceptance"),
                limit="consumer_odr", clocked=False,
            ),
            step(
                "accept", "受理审查", "examiner",
                to("accept", "受理", "place", tone="go", effect=actions.accept, starts="consumer_mediation"),
                to("refuse", "不予受理", needs=["grounds"], tone="stop", effect=actions.refuse),
                to("prove", "要求提供身份证明", "prove", effect=actions.ask_proof),
                to("dispute", "处理权限有争议", "dispute", needs=["opinion"]),
                shared.back(),
                grounds="decline", form=f"{FORMS}.Acceptance",
            ),
            step(
                "prove", "等待身份证明", "examiner",
                to("proved", "已经提供", "accept", tone="go"),
                to("not_proved", "逾期没有提供", "accept", tone="stop"),
            ),
            shared.dispute(owned="accept"),
            shared.designate(owned="accept"),
            step(
                "place", "交办", "examiner",
                to("place", "交监管所", "assign", tone="go", moves=routing.down),
                to("own", "本机关承办", "assign"),
                form=shared.ROUTE,
            ),
            shared.assign(then="consent"),
            step(
                "consent", "征求双方意愿", "station",
                to("agreed", "双方同意调解", "arrange", tone="go", effect=actions.note_consent),
                to("terminate", "终止调解", "tell", needs=["grounds"], tone="stop", effect=actions.terminate, clock="end"),
                held_by="lead", grounds="terminate", form=f"{FORMS}.Consent",
            ),
            step(
                "arrange", "安排调解", "station",
                to("arrange", "通知双方", "mediate", tone="go", effect=actions.arrange),
                held_by="lead", form=f"{FORMS}.Session",
            ),
            step(
                "mediate", "调解", "station",
                to("agree", "达成协议", "record", tone="go", clock="end"),
                to("again", "另行安排调解", "arrange"),
                to("test", "委托检测鉴定", "test", needs=["opinion"], clock="defect"),
                to("recuse", "当事人申请回避", "recuse", needs=["opinion"], clock="defect"),
                to("terminate", "终止调解", "tell", needs=["grounds"], tone="stop", effect=actions.terminate, clock="end"),
                held_by="lead", grounds="terminate",
            ),
            shared.test(then="mediate"),
            step(
                "recuse", "决定是否回避", "head",
                to("recuse", "同意回避", "assign", needs=["opinion"], clock="resume"),
                to("stay", "驳回回避申请", "mediate", needs=["opinion"], clock="resume"),
            ),
            step(
                "record", "制作调解书", "station",
                to("statement", "制作调解书", "review", tone="go", effect=actions.state_agreement),
                to("note", "记录备查", "review", effect=actions.note_agreement),
                held_by="lead", form=f"{FORMS}.Agreement", clocked=False,
            ),
            step(
                "tell", "告知终止调解", "station",
                to("told", "已经告知双方", "review", tone="go", effect=actions.note_telling),
                held_by="lead", limit="consumer_termination_notice", form=f"{FORMS}.Telling", clocked=False,
            ),
            step(
                "review", "所长审核", "head",
                to("pass", "审核通过", "close", tone="go"),
                to("amend", "退回补正记录", "amend", needs=["opinion"], tone="stop"),
                clocked=False,
            ),
            step(
                "amend", "补正记录", "station",
                to("amended", "已经补正", "review", needs=["opinion"]), held_by="lead", clocked=False,
            ),
            step(
                "close", "办结", "approver",
                to("close", "办结", tone="go", effect=actions.close),
                to("back", "退回所长", "review", needs=["opinion"], tone="stop"),
                desk="bureau", clocked=False,
            ),
        ),
    )
)  # fmt: skip
