"""What officers tick while they decide on a correction."""

from __future__ import annotations

from hongdun.registration.steps import forms as steps

CHECKS = (
    ("mistake", "登记簿的记载与登记时的申请材料或者其他证据不一致（企业信息公示暂行条例第十二条）"),
    ("no_change", "是登记错误，不是后来发生的变化（后来的变化应当办理变更登记，条例第二十四条）"),
    ("proof", "证据来源可靠，能够证明正确的内容和起止日期"),
    ("dispute", "没有利害关系人就此提起诉讼、仲裁（细则第十九条）"),
)


class Checklist(steps.Checklist):
    points = CHECKS
