from importlib import import_module

from django.apps import AppConfig

# Each registers itself on import.
PROCEDURES = (
    "establishment",
    "change",
    "recording",
    "correction",
    "decrease",
    "liquidation",
    "individual.establishment",
    "individual.change",
    "individual.cancellation",
    "individual.simple_cancellation",
    "cancellation.simple",
    "cancellation.ordinary",
    "name_reservation",
    "name_ruling",
    "licence.loss",
    "licence.reissue",
    "licence.exchange",
    "licence.copies",
    "licence.surrender",
    "screening",
)
VERBS = {
    "registration.handed_over": "向{department}推送：{fields}（{article}）",
    "registration.handed_in": "{actor}录入 {received} 收到的纸质申请 {reason}",
    "bar.entered": "{actor}登记任职限制：{ground}，自 {since}，文书：{reason}",
    "bar.lifted": "{actor}解除任职限制，原因：{reason}",
    "ticket.called": "{actor}在{window}叫号",
    "signature.asked": "{actor}发出签署链接",
    "signature.voided": "申请有改动，先前的签署或者链接作废",
    "signature.not_recognised": "签署链接上的身份没有核对通过",
    "signature.signed": "{actor}签署了申请",
    "signature.declined": "{actor}拒绝签署",
    "liquidation.published": "清算组和债权人公告发布",
    "decrease.published": "减少注册资本公告发布",
    "licence.void_published": "公告营业执照作废",
    "licence.way_chosen": "{actor}选择领照方式",
    "licence.delivery": "发照状态变为 {state}",
    "licence.run_begun": "{actor}开始批量制照 {count} 件",
    "licence.run_finished": "批量制照完成",
    "licence.run_released": "{actor}把没有制成的 {count} 件退回待制",
    "blank.received": "{actor}入库空白执照 {count} 张",
    "blank.sent": "{actor}调出空白执照 {count} 张",
    "blank.arrived": "{actor}确认收到调拨的空白执照 {count} 张",
    "blank.taken_back": "{actor}撤回调拨的空白执照 {count} 张",
    "blank.spoilt": "{actor}作废空白执照，原因：{reason}",
    "notice.published": "发布登记公示",
    "screening.switched": "{actor}设定自动审核，自 {valid_from} 起施行，依据：{reason}",
    "screening.laid_down": "{actor}制定自动审核的条件，自 {valid_from} 起施行，依据：{reason}",
}


class RegistrationConfig(AppConfig):
    name = "hongdun.registration"
    label = "registration"
    verbose_name = "登记注册"

    def ready(self) -> None:
        from hongdun.audit import queries as audit
        from hongdun.base import reference
        from hongdun.cases.queries import BESIDE
        from hongdun.registration.screening import released

        for filing in PROCEDURES:
            import_module(f"hongdun.registration.{filing}.procedure")
        audit.VERBS.update(VERBS)
        BESIDE.add("screening")
        reference.LOADERS["自动审核条件"] = released.load
        self._show_announcements()

    @staticmethod
    def _show_announcements() -> None:
        """A section on the public page of each entity."""
        from hongdun.base.sections import Section, add
        from hongdun.registration import announcements

        add(
            Section(
                "announcements", "公告和公示", "registration/announced.html", 65,
                announcements.section, announcements.CHANGES_WITH,
            )
        )  # fmt: skip
