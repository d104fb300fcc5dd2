"""Steps that complaints and reports have alike: whose matter it is (art. 33, 41), and the wait for a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.cases.procedure import step, to
from hongdun.consumer.routing import actions

if TYPE_CHECKING:
    from hongdun.cases.procedure import Outcome, Step

ROUTE = "hongdun.consumer.routing.forms.Route"
ASSIGN = "hongdun.consumer.routing.forms.Assign"


def send() -> Outcome:
    return to("send", "分送下级", "route", tone="go", effect=actions.give_dispatch_notice, moves=actions.down)


def back() -> Outcome:
    return to("back", "退回分送单位", "route", needs=["opinion"], moves=actions.back, tone="stop")


def dispute(*, owned: str) -> Step:
    """Seven working days to agree, then the common superior; `owned`: where it goes on if it is ours."""
    return step(
        "dispute", "协商处理权限", "examiner",
        to("own", "协商由本机关处理", owned),
        to("back", "协商退回分送单位", "route", needs=["opinion"], moves=actions.back),
        to("raise", "报请上级指定", "designate", needs=["opinion"], moves=actions.up),
        limit="consumer_dispute",
    )  # fmt: skip


def designate(*, owned: str) -> Step:
    return step(
        "designate", "指定处理机关", "clerk",
        to("designate", "指定", owned, tone="go", needs=["opinion"], moves=actions.down),
        to("own", "由本机关处理", owned, needs=["opinion"]),
        form=ROUTE,
    )  # fmt: skip


def assign(*, then: str) -> Step:
    return step(
        "assign", "指派承办人", "head",
        to("assign", "指派", then, tone="go", effect=actions.assign),
        to("back", "退回交办单位", "place", needs=["opinion"], moves=actions.back, tone="stop"),
        form=ASSIGN,
    )  # fmt: skip


def test(*, then: str) -> Step:
    """Its time doesn't count (art. 22; 处罚程序规定 art. 18)."""
    return step(
        "test", "检测鉴定", "station",
        to("tested", "结果已出", then, needs=["opinion"], clock="resume"), held_by="lead",
    )  # fmt: skip
