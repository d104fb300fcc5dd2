"""名称申报：提交即按规则比对，符合全部条件的当场保留，其余的由登记机关审查（企业名称登记管理规定第十六条至第十八条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration.name_reservation import actions, queries, screening
from hongdun.registration.screening.facts import with_screening
from hongdun.registration.screening.registry import FILINGS, Screened

FILINGS["name_reservation"] = Screened(screening.facts, actions.reserve, None, decides=("declare", "reserve"))

RESERVATION = register(
    Procedure(
        code="name_reservation",
        version=1,
        label="名称申报",
        start="declare",
        series="名受",
        facts=with_screening(queries.facts),
        withdrawable=frozenset({"examine"}),
        steps=steps(
            step(
                "declare", "申报", "system",
                to("reserve", "予以保留", tone="go", effect=actions.reserve),
                to("people", "转人工审查", "examine"),
                clocked=False, automatic=actions.decide,
            ),
            step(
                "examine", "审查", "examiner",
                to("reserve", "予以保留", tone="go", effect=actions.reserve),
                to("refuse", "不予保留", needs=["opinion"], tone="stop", effect=actions.refuse),
                limit="registration_decision", clocked=False,
            ),
        ),
    )
)  # fmt: skip
