from importlib import import_module

from django.apps import AppConfig

FOLDERS = ("complaint", "report", "enquiry", "afterwards")
VERBS = {
    "contact.received": "{actor}登记来件（{channel}）",
    "consumer.reporter_read": "{actor}查阅举报人信息，理由：{reason}",
    "consumer.rated": "投诉人评价：{rating} 分",
    "consumer.progress_seen": "凭编号和手机号查询办理进度",
    "consumer.urged": "{actor}催办：{reason}",
    "consumer.supervised": "{actor}督办：{reason}",
    "consumer.urge_answered": "{actor}回复催办督办：{reason}",
    "consumer.merchant_invited": "{actor}生成经营者答复链接",
    "consumer.merchant_answered": "经营者通过链接答复",
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
