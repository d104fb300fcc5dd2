"""营业执照作废声明：提交即公告（条例第三十七条第二款）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration.licence.loss import actions, queries

LOSS = register(
    Procedure(
        code="licence_loss", version=1, label="营业执照作废声明", start="publish", series="公告", law="licence",
        facts=queries.facts,
        steps=steps(
            step(
                "publish", "公告作废", "system",
                to("published", "已公告", tone="go", effect=actions.publish),
                clocked=False,
            )
        ),
    )
)  # fmt: skip
