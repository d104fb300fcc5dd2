"""备案：合乎规则的当场办结；其余受理 → 审查 → 核准 → 归档。不换发执照（条例第九条、第二十九条）。"""

from hongdun.registration.change import queries, screening
from hongdun.registration.recording import actions
from hongdun.registration.screening.registry import Screened
from hongdun.registration.steps import registration

RECORDING = registration(
    code="recording",
    label="备案",
    law="recordal",
    facts=queries.facts,
    enter=actions.enter_in_register,
    receive_again=actions.receive_again,
    licence=False,
    decision="准予备案",
    refusal="不予备案",
    checklist="hongdun.registration.recording.checks.Checklist",
    screened=Screened(screening.facts, actions.enter_in_register, None),
)
