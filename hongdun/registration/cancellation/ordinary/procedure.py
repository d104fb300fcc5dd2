"""企业注销登记：清算结束之日起 30 日内申请，凭清算报告、清税证明注销（条例第三十一条、第三十二条，细则第四十六条）。"""

from hongdun.registration.cancellation.ordinary import actions, queries
from hongdun.registration.steps import registration

CANCELLATION = registration(
    code="cancellation",
    label="注销登记",
    law="cancellation",
    facts=queries.facts,
    enter=actions.cancel,
    licence=False,
    decision="准予注销登记",
    refusal="不予注销登记",
    checklist="hongdun.registration.cancellation.ordinary.forms.Checklist",
)
