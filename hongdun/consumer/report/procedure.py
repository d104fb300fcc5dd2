"""举报：分送 → 交办 → 指派 → 核查 → 所长审核 → 决定是否立案（处理办法第二十八条至第三十七条，处罚程序规定第十八条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.consumer.complaint import queries
from hongdun.consumer.report import actions
from hongdun.consumer.routing import actions as routing

ROUTE = "hongdun.consumer.routing.forms.Route"

REPORT = register(
    Procedure(
        code="consumer.report", version=1, label="举报", start="route", series="举", clock="consumer_verification",
        law="consumer", routed=True, facts=queries.facts, words=queries.words,
        content="举报内容", arrived="收到举报", party="举报人",
        steps=steps(
            step(
                "route", "分送", "clerk",
                to("send", "分送下级", "route", tone="go", effect=routing.give_dispatch_notice, moves=routing.down),
                to("keep", "本机关处理", "place"),
                to("elsewhere", "告知向有权机关举报", needs=["opinion"], tone="stop", effect=actions.point_elsewhere),
                to("back", "退回分送单位", "route", needs=["opinion"], moves=routing.back, tone="stop"),
                form=ROUTE,
            ),
            step(
                "place", "交办", "examiner",
                to("place", "交监管所", "assign", tone="go", moves=routing.down),
                to("own", "本机关承办", "assign"),
                to("join", "并入同一举报", needs=["opinion"], effect=actions.join),
                to("dispute", "处理权限有争议", "dispute", needs=["opinion"]),
                to("back", "退回分送单位", "route", needs=["opinion"], moves=routing.back, tone="stop"),
                form="hongdun.consumer.report.forms.Placing",
            ),
            step(
                "dispute", "协商处理权限", "examiner",
                to("own", "协商由本机关处理", "place"),
                to("back", "协商退回分送单位", "route", needs=["opinion"], moves=routing.back),
                to("raise", "报请上级指定", "designate", needs=["opinion"], moves=routing.up),
                limit="consumer_dispute",
            ),
            step(
                "designate", "指定处理机关", "clerk",
                to("designate", "指定", "place", tone="go", needs=["opinion"], moves=routing.down),
                to("own", "由本机关处理", "place", needs=["opinion"]),
                form=ROUTE,
            ),
            step(
                "assign", "指派承办人", "head",
                to("assign", "指派", "verify", tone="go", effect=routing.assign),
                to("back", "退回交办单位", "place", needs=["opinion"], moves=routing.back, tone="stop"),
                form="hongdun.consumer.routing.forms.Assign",
            ),
            step(
                "verify", "核查", "station",
                to("suspected", "建议立案", "review", needs=["opinion"], tone="go"),
                to("clear", "建议不予立案", "review", needs=["opinion"]),
                to("test", "委托检测鉴定", "test", needs=["opinion"], clock="defect"),
                held_by="lead",
            ),
            step(
                "test", "检测鉴定", "station",
                to("tested", "结果已出", "verify", needs=["opinion"], clock="resume"), held_by="lead",
            ),
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
