"""热点预警：核实 → 督办、起草消费警示，或者说明不是热点。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.statistics.outbreak import actions, queries

OUTBREAK = register(
    Procedure(
        code="statistics.outbreak", version=1, label="投诉热点预警", start="look", series="警",
        facts=queries.facts,
        steps=steps(
            step(
                "look", "核实热点", "head",
                to("act", "督办并起草消费警示", "follow", tone="go", needs=["opinion"], effect=actions.supervise_and_warn),
                to("supervise", "督办", "follow", needs=["opinion"], effect=actions.supervise),
                to("warn", "起草消费警示", needs=["opinion"], effect=actions.draft_warning),
                to(actions.DISMISSED, "不是热点", needs=["opinion"], tone="stop"),
                form="hongdun.statistics.outbreak.forms.Supervision", clocked=False,
            ),
            step(
                "follow", "跟踪督办", "head",
                to("again", "再次督办", "follow", needs=["opinion"], effect=actions.supervise),
                to("end", "督办结束", needs=["opinion"], tone="go"),
                form="hongdun.statistics.outbreak.forms.Supervision", clocked=False,
            ),
        ),
    )
)  # fmt: skip
