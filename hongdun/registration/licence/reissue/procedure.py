"""补领营业执照：作废声明公告后补领（条例第三十七条第二款）。"""

from hongdun.registration.licence.reissue import actions, queries
from hongdun.registration.steps import registration

REISSUE = registration(
    code="licence_reissue",
    label="补领营业执照",
    law="licence",
    facts=queries.facts,
    enter=actions.decide,
    receive_again=actions.receive_again,
    decision="准予核发",
    refusal="不予核发",
    checklist="hongdun.registration.licence.checks.Reissue",
)
