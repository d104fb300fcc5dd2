"""缴回营业执照：网上申报或者窗口收取，核对编号后注明缴回（条例第三十七条第三款、细则第二十三条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration.licence.surrender import actions, queries

SURRENDER = register(
    Procedure(
        code="licence_surrender", version=1, label="缴回营业执照", start="receive", series="登受", law="licence",
        facts=queries.facts, withdrawable=frozenset({"receive"}),
        steps=steps(
            step(
                "receive", "收回执照", "counter",
                to("received", "已收到，编号相符", tone="go", effect=actions.receive),
                to("not_received", "没有收到，终止", needs=["opinion"], tone="stop"),
                clocked=False,
            )
        ),
    )
)  # fmt: skip
