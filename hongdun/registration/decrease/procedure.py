"""减少注册资本公告：提交即发布，公告 45 日（公司法第二百二十四条、细则第三十六条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration.decrease import actions, queries

DECREASE = register(
    Procedure(
        code="decrease_notice",
        version=1,
        label="减少注册资本公告",
        start="publish",
        series="公告",
        law="decrease_notice",
        facts=queries.facts,
        steps=steps(
            step(
                "publish",
                "发布公告",
                "system",
                to("published", "已发布", tone="go", effect=actions.publish),
                clocked=False,
            )
        ),
    )
)
