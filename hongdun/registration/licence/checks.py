"""What officers tick while they decide about new sheets."""

from __future__ import annotations

from hongdun.registration.steps import forms as steps

SIGNED = ("documents", "申请书由有权的人签署，材料齐全（条例第十六条）")
NO_OTHER = ("changes", "登记事项与登记簿一致，没有应当先办理的变更登记（条例第二十四条）")


class Reissue(steps.Checklist):
    points = (SIGNED, ("void", "已经在公示系统声明作废（条例第三十七条第二款）"), NO_OTHER)


class Exchange(steps.Checklist):
    points = (
        SIGNED,
        ("old", "旧执照与登记簿记载的编号一致，领新执照时收回（条例第三十七条第三款）"),
        NO_OTHER,
    )


class Copies(steps.Checklist):
    points = (SIGNED, ("purpose", "用途合理，不是出租、出借营业执照（条例第三十七条第一款）"), NO_OTHER)
