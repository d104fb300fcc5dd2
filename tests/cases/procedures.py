"""Small procedures that show each trait of the engine; registered for the tests only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.cases.procedure import REGISTERED, Procedure, register, step, steps, to

if TYPE_CHECKING:
    from hongdun.cases.models import Case

CLOCK = "registration_decision"

PAIR = Procedure(
    "test_pair", 1, "测试登记", "examine", steps(
        step("examine", "审查", "examiner",
             to("agree", "同意登记", "approve", tone="go"),
             to("defect", "退回补正", "correct", tone="stop", needs=("items",), clock="defect"),
             duty="examine"),
        step("correct", "补正", "applicant",
             to("resubmit", "重新提交", "examine", clock="resume"), clocked=False),
        step("approve", "核准", "approver",
             to("register", "予以登记", "issue", tone="go", clock="end"),
             to("refuse", "不予登记", tone="stop", needs=("grounds", "opinion"), clock="end", stops=True),
             to("back", "退回审查", "examine", needs=("opinion",)),
             duty="approve"),
        step("issue", "发照", "counter", to("issued", "发给执照", tone="go"), clocked=False),
    ),
    clock=CLOCK, law="establishment", series="试", withdrawable=frozenset({"examine", "correct"}),
)  # fmt: skip

REVIEWS = ("name", "papers")
JOIN = Procedure(
    "test_join", 1, "并联测试", "receive", steps(
        step("receive", "受理", "clerk", to("accept", "受理", *REVIEWS), duty="accept"),
        step("name", "名称核查", "examiner", to("fit", "符合", "decide"), to("unfit", "不符合", "decide")),
        step("papers", "材料审查", "examiner", to("fit", "齐全", "decide"), to("unfit", "不齐", "decide")),
        step("decide", "核准", "approver",
             to("yes", "予以登记", tone="go"), to("again", "重新核查", *REVIEWS), awaits=REVIEWS),
    ),
    series="并",
)  # fmt: skip


def _weigh(case: Case) -> tuple[str, list[str]]:
    return ("pass", ["材料齐全"]) if case.data.get("complete") else ("hand", ["缺少材料，转人工"])


AUTOMATIC = Procedure(
    "test_automatic", 1, "秒批测试", "weigh", steps(
        step("weigh", "自动审查", "examiner",
             to("pass", "自动通过", tone="go"), to("hand", "转人工", "examine"), automatic=_weigh),
        step("examine", "审查", "examiner", to("yes", "同意", tone="go"), duty="examine"),
    ),
    series="秒",
)  # fmt: skip

EACH = Procedure(
    "test_each", 1, "多件测试", "receive", steps(
        step("receive", "受理", "clerk", to("accept", "受理", "check")),
        step("check", "逐项核对", "examiner",
             to("right", "无误", "decide"), each="papers", skip="right"),
        step("decide", "核准", "approver", to("yes", "同意", tone="go"), awaits=("check",)),
    ),
    series="多",
)  # fmt: skip

ALL = (PAIR, JOIN, AUTOMATIC, EACH)


def register_all() -> None:
    for procedure in ALL:
        if (procedure.code, procedure.version) not in REGISTERED:
            register(procedure)
