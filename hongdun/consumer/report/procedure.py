"""举报：分送 → 交办 → 指派 → 核查 → 所长审核 → 决定是否立案（处理办法第二十八条至第三十七条，处罚程序规定第十八条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.consumer.complaint import queries
from hongdun.consumer.report import actions
from hongdun.consumer.routing import actions as routing
from hongdun.consumer.routing import steps as shared

REPORT = register(
    Procedure(
        code="consumer.report", version=1, label="举报", start="route", series="举", clock="consumer_verification",
        law="consumer", routed=True, facts=queries.facts, words=queries.words,
        content="举报内容", arrived="收到举报", party="举报人",
        steps=steps(
            step(
                "route", "分送", "clerk",
                shared.send(),
                to("keep", "本机关处理", "place"),
                to("elsewhere", "告知向有权机关举报", needs=["opinion"], tone="stop", effect=actions.point_elsewhere),
                shared.back(),
                form=shared.ROUTE,
            ),
            step(
                "place", "交办", "examiner",
                to("place", "交监管所", "assign", tone="go", moves=routing.down),
                to("own", "本机关承办", "assign"),
                to("join", "并入同一举报", needs=["opinion"], effect=actions.join),
                to("dispute", "处理权限有争议", "dispute", needs=["opinion"]),
                shared.back(),
                form="hongdun.consumer.report.forms.Placing",
            ),
            shared.dispute(owned="place"),
            shared.designate(owned="place"),
            shared.assign(then="verify"),
            step(
                "verify", "核查", "station",
                to("suspected", "建议立案", "review", needs=["opinion"], tone="go"),
                to("clear", "建议不予立案", "review", needs=["opinion"]),
                to("test", "委托检测鉴定", "test", needs=["opinion"], clock="defect"),
                held_by="lead",
            ),
            shared.test(then="verify"),
            step(
                "review", "所长审核", "head",
                to("pass", "审核通过", "decide", tone="go"),
                to("back", "退回核查", "verify", needs=["opinion"], tone="stop"),
            ),
            step(
                "decide", "决定是否立案", "approver",
                to("open", "予以立案", tone="go", needs=["opinion"], effect=actions.open_enforcement),
                to("drop", "不予立案", needs=["opinion"], tone="stop", effect=actions.drop),
                to("back", "退回所长", "review", needs=["opinion"]),
                desk="bureau", form="hongdun.consumer.report.forms.Decision",
            ),
        ),
    )
)  # fmt: skip
