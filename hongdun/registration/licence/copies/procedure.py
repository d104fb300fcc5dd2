"""增领营业执照副本：按业务需要增加副本（条例第二十二条）。"""

from hongdun.registration.licence.copies import actions, queries
from hongdun.registration.steps import registration

COPIES = registration(
    code="licence_copies",
    label="增领营业执照副本",
    law="licence",
    facts=queries.facts,
    enter=actions.decide,
    receive_again=actions.receive_again,
    decision="准予核发",
    refusal="不予核发",
    checklist="hongdun.registration.licence.checks.Copies",
)
