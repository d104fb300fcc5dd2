"""办结以后：由他人回访；举报奖励的申请和决定（处理办法第二十六条、第三十六条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.consumer.afterwards import actions, queries

REVISIT = register(
    Procedure(
        code="consumer.revisit", version=1, label="回访", start="call", series="访", routed=True, facts=queries.facts,
        content="回访事项", arrived="抽取回访", party="投诉人",
        steps=steps(
            step(
                "call", "电话回访", "clerk",
                to("confirm", "确认办结", tone="go"),
                to("reopen", "重新办理", needs=["opinion"], tone="stop", effect=actions.reopen),
                to("unreached", "联系不上", needs=["opinion"]),
                clocked=False,
            ),
        ),
    )
)  # fmt: skip

REWARD = register(
    Procedure(
        code="consumer.reward", version=1, label="举报奖励", start="assess", series="奖", routed=True, facts=queries.facts,
        content="奖励申请", arrived="收到奖励申请", party="举报人",
        steps=steps(
            step(
                "assess", "审核奖励申请", "examiner",
                to("propose", "建议奖励", "grant", needs=["opinion"], tone="go"),
                to("oppose", "建议不予奖励", "grant", needs=["opinion"]),
                duty="examine", clocked=False, form="hongdun.consumer.afterwards.forms.Reward",
            ),
            step(
                "grant", "决定奖励", "approver",
                to("grant", "给予奖励", tone="go", needs=["opinion"]),
                to("deny", "不予奖励", needs=["opinion"], tone="stop"),
                to("back", "退回审核", "assess", needs=["opinion"]),
                duty="approve", clocked=False,
            ),
        ),
    )
)  # fmt: skip
