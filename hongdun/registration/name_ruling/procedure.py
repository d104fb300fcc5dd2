"""名称争议裁决和停止使用：受理 → 裁决 → 限期变更名称 → 逾期的列入经营异常名录（名称规定第二十一条、第二十三条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration.name_ruling import actions, queries

RULING = register(
    Procedure(
        code="name_ruling",
        version=1,
        label="名称争议裁决",
        start="accept",
        series="名裁",
        facts=queries.facts,
        steps=steps(
            step(
                "accept", "受理", "examiner",
                to("accept", "予以受理", "decide", tone="go"),
                to("decline", "不予受理", needs=["opinion"], tone="stop"),
                duty="examine", clocked=False,
            ),
            step(
                "decide", "裁决", "approver",
                to("stop", "应当停止使用名称", "rename", needs=["opinion"], tone="stop", effect=actions.stop_name),
                to("dismiss", "驳回请求", needs=["opinion"]),
                to("settle", "调解达成协议", needs=["opinion"], tone="go"),
                duty="approve", limit="name_ruling", clocked=False,
            ),
            step(
                "rename", "限期变更名称", "examiner",
                to("renamed", "已办理名称变更", tone="go"),
                to("overdue", "逾期未变更", "list", tone="stop"),
                limit="name_forced_change", clocked=False,
            ),
            step(
                "list", "作出列入经营异常名录决定", "examiner",
                to("listed", "决定列入", needs=["opinion"], tone="stop", effect=actions.decide_listing),
                to("renamed", "已办理名称变更", tone="go"),
                limit="abnormal_listing", clocked=False,
            ),
        ),
    )
)  # fmt: skip
