"""名称申报：提交即比对，符合规定的当场保留（企业名称登记管理规定第十六条、第十八条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration.name_reservation import actions

RESERVATION = register(
    Procedure(
        code="name_reservation",
        version=1,
        label="名称申报",
        start="declare",
        series="名受",
        steps=steps(
            step(
                "declare", "申报", "clerk",
                to("reserve", "予以保留", tone="go", effect=actions.reserve),
                clocked=False, automatic=actions.decide,
            ),
        ),
    )
)  # fmt: skip
