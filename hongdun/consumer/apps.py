from importlib import import_module

from django.apps import AppConfig

FOLDERS = ("complaint", "report", "enquiry", "afterwards")
VERBS = {
    "contact.received": "{actor}登记来件（{channel}）",
    "consumer.reporter_read": "{actor}查阅举报人信息，理由：{reason}",
    "document.printed": "{actor}打印“{subject}”",
    "consumer.rated": "投诉人评价：{rating} 分",
    "consumer.progress_seen": "凭编号和手机号查询办理进度",
    "consumer.urged": "{actor}催办：{reason}",
    "consumer.supervised": "{actor}督办：{reason}",
    "consumer.urge_answered": "{actor}回复催办督办：{reason}",
    "consumer.merchant_invited": "{actor}生成经营者答复链接",
    "consumer.merchant_answered": "经营者通过链接答复",
    "consumer.consent": "投诉人答复是否同意调解：{stance}",
    "consumer.reach_kept": "{actor}设置提醒方式",
    "consumer.published": "投诉将于 {on} 公示",
    "consumer.objected": "经营者对公示提出异议",
    "consumer.withheld": "{actor}停止公示（{ground}）：{reason}",
    "consumer.shown_again": "{actor}恢复公示：{reason}",
    "odr.joined": "{actor}登记在线消费纠纷解决企业 {subject}",
    "odr.left": "{actor}登记 {subject} 退出在线消费纠纷解决：{reason}",
    "merchant.seat_granted": "{actor}确认经营者账号：{name}",
    "merchant.seat_ended": "{actor}停用经营者账号：{name}",
    "consumer.laid_aside": "{actor}不予登记来件：{reason}",
    "hotline.arrived": "12345 工单 {number} 到达",
    "hotline.signed": "{actor}签收 12345 工单 {number}",
    "hotline.returned": "{actor}退回 12345 工单 {number}：{reason}",
    "hotline.answered": "{actor}答复 12345 工单 {number}",
    "hotline.prolonged": "12345 把工单 {number} 的期限改为 {due}",
    "hotline.judged": "12345 回访满意度：{rating} 分",
}


class ConsumerConfig(AppConfig):
    name = "hongdun.consumer"
    label = "consumer"
    verbose_name = "12315 投诉举报"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
        import_module("hongdun.consumer.channels.models")
        import_module("hongdun.consumer.publicity.models")
        self._show_complaints()
        for folder in FOLDERS:
            import_module(f"hongdun.consumer.{folder}.procedure")  # registers itself

    @staticmethod
    def _show_complaints() -> None:
        """A section on the public page of each merchant."""
        from hongdun.base import sections
        from hongdun.consumer.queries import standing

        sections.add(
            sections.Section(
                "complaints",
                "消费投诉",
                "consumer/standing.html",
                70,
                standing.section,
                standing.CHANGES_WITH,
            )
        )
