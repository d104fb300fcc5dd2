from importlib import import_module

from django.apps import AppConfig

FOLDERS = ("complaint", "report", "enquiry")
VERBS = {
    "contact.received": "{actor}登记来件（{channel}）",
    "consumer.reporter_read": "{actor}查阅举报人信息，理由：{reason}",
    "consumer.rated": "投诉人评价：{rating} 分",
    "consumer.progress_seen": "凭编号和手机号查询办理进度",
    "document.printed": "{actor}打印文书 {subject}",
}


class ConsumerConfig(AppConfig):
    name = "hongdun.consumer"
    label = "consumer"
    verbose_name = "12315 投诉举报"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
        for folder in FOLDERS:
            import_module(f"hongdun.consumer.{folder}.procedure")  # registers itself
