"""办结以后：由他人回访（处理办法第二十六条）；举报奖励的申请、决定和领取（举报奖励暂行办法）。"""

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
                to("propose", "建议奖励", "grant", needs=["opinion"], tone="go", effect=actions.propose),
                to("oppose", "建议不予奖励", "grant", needs=["opinion"]),
                duty="examine", clocked=False, form="hongdun.consumer.afterwards.forms.Reward",
            ),
            step(
                "grant", "决定奖励", "approver",
                to("grant", "给予奖励", "collect", tone="go", needs=["opinion"], effect=actions.grant),
                to("deny", "不予奖励", needs=["opinion"], tone="stop", effect=actions.deny),
                to("back", "退回审核", "assess", needs=["opinion"]),
                duty="approve", clocked=False,
            ),
            step(
                "collect", "等待领取奖励", "clerk",
                to("paid", "已经发放", tone="go", effect=actions.pay),
                to("prolong", "延长领取期限", "late", needs=["opinion"], effect=actions.prolong),
                to("lapsed", "逾期未领，视为放弃", needs=["opinion"], tone="stop", effect=actions.lapse),
                limit="consumer_reward_claim", form="hongdun.consumer.afterwards.forms.Payment",
            ),
            step(
                "late", "延期领取奖励", "clerk",
                to("paid", "已经发放", tone="go", effect=actions.pay),
                to("lapsed", "逾期未领，视为放弃", needs=["opinion"], tone="stop", effect=actions.lapse),
                limit="consumer_reward_late", form="hongdun.consumer.afterwards.forms.Payment",
            ),
        ),
    )
)  # fmt: skip
