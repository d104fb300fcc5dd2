"""热点预警：核实 → 发布消费警示，或者转监督检查，或者说明不是热点。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.statistics.outbreak import actions, queries

OUTBREAK = register(
    Procedure(
        code="statistics.outbreak", version=1, label="投诉热点预警", start="look", series="警",
        facts=queries.facts,
        steps=steps(
            step(
                "look", "核实热点", "head",
                to("warn", "发布消费警示", tone="go", needs=["opinion"], effect=actions.issue_warning),
                to("inspect", "交办监督检查", needs=["opinion"], effect=actions.ask_inspection),
                to("dismiss", "不是热点", needs=["opinion"], tone="stop"),
                clocked=False,
            ),
        ),
    )
)  # fmt: skip
