from django.apps import AppConfig

VERBS = {
    "follow.started": "{actor}开始关注",
    "follow.stopped": "{actor}停止关注",
    "follow.feed_renewed": "{actor}更换了关注订阅的地址",
    "webhook.registered": "{actor}登记推送地址",
    "webhook.removed": "{actor}删除推送地址",
    "webhook.replayed": "{actor}要求从第 {after} 号之后重新推送",
    "webhook.enabled": "{actor}重新启用推送地址",
}


class ExchangeConfig(AppConfig):
    name = "hongdun.exchange"
    label = "exchange"
    verbose_name = "公开数据交换"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
