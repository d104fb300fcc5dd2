"""咨询和建议：答复；本机关答复不了的，转下级单位答复。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.consumer.complaint import queries
from hongdun.consumer.enquiry import actions
from hongdun.consumer.routing import actions as routing

ROUTE = "hongdun.consumer.routing.forms.Route"

CONSULTATION = register(
    Procedure(
        code="consumer.consultation", version=1, label="咨询", start="answer", series="咨", routed=True,
        facts=queries.facts, words=queries.words, content="咨询内容", arrived="收到咨询", party="咨询人",
        steps=steps(
            step(
                "answer", "答复咨询", "clerk",
                to("answer", "已经答复", tone="go", needs=["opinion"], effect=actions.keep_answer),
                to("send", "分送下级", "answer", moves=routing.down),
                to("back", "退回分送单位", "answer", needs=["opinion"], moves=routing.back, tone="stop"),
                form=ROUTE, clocked=False,
            ),
        ),
    )
)  # fmt: skip

SUGGESTION = register(
    Procedure(
        code="consumer.suggestion", version=1, label="建议", start="consider", series="建", routed=True,
        facts=queries.facts, words=queries.words, content="建议内容", arrived="收到建议", party="建议人",
        steps=steps(
            step(
                "consider", "研究建议", "clerk",
                to("adopt", "予以采纳", tone="go", needs=["opinion"], effect=actions.keep_answer),
                to("note", "留作参考", needs=["opinion"], effect=actions.keep_answer),
                to("send", "分送下级", "consider", moves=routing.down),
                form=ROUTE, clocked=False,
            ),
        ),
    )
)  # fmt: skip
