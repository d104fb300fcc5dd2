"""What officers tick while they decide on a record filing."""

from __future__ import annotations

from hongdun.registration.steps import forms as steps

CHECKS = (
    ("documents", "申请书由有权的人签署，材料齐全（条例第十六条）"),
    ("resolution", "决议、决定与备案事项一致（条例第二十九条）"),
    ("charter", "章程、合伙协议修改的条款与登记事项没有抵触（公司法第四十六条）"),
    ("officers", "董事、监事、高级管理人员没有不得任职的情形（公司法第一百七十八条）"),
)


class Checklist(steps.Checklist):
    points = CHECKS
