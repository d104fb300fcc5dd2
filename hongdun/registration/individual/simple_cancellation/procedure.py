"""个体工商户简易注销：不公示，推送税务等有关部门，10 日内没有异议的直接注销（条例第三十三条第三款）。"""

from hongdun.cases.procedure import step, to
from hongdun.registration.individual.cancellation import actions
from hongdun.registration.individual.simple_cancellation import queries, screening
from hongdun.registration.individual.steps import DESK, shop_filing
from hongdun.registration.screening.registry import Screened

OBJECTIONS = step(
    "objections", "等待有关部门的异议", DESK,
    to("none", "期满无异议，准予注销", "archive", tone="go", effect=actions.cancel_unopposed),
    to("objected", "有关部门提出异议", needs=["opinion"], tone="stop", effect=actions.refuse_opposed),
    limit="simple_cancellation_individual", clocked=False,
)  # fmt: skip
SIMPLE = shop_filing(
    code="individual_simple_cancellation",
    label="个体工商户简易注销登记",
    law="simple_cancellation",
    facts=queries.facts,
    enter=actions.push,
    decision="推送有关部门",
    refusal="不予注销登记",
    heading="审查并推送",
    screened=Screened(screening.facts, actions.push, None),
    automatic="自动推送有关部门",
    then=OBJECTIONS.code,
    more=(OBJECTIONS,),
)
