from django.apps import AppConfig

VERBS = {
    "follow.started": "{actor}开始关注",
    "follow.stopped": "{actor}停止关注",
    "follow.feed_renewed": "{actor}更换了关注订阅的地址",
    "webhook.registered": "{actor}登记推送地址",
    "webhook.removed": "{actor}删除推送地址",
    "webhook.replayed": "{actor}要求从第 {after} 号之后重新推送",
    "webhook.enabled": "{actor}重新启用推送地址",
    "handover.sent_again": "{actor}重新推送 {subject} 的 {count} 条",
}


class ExchangeConfig(AppConfig):
    name = "hongdun.exchange"
    label = "exchange"
    verbose_name = "公开数据交换"

    def ready(self) -> None:
        from hongdun.audit import queries as audit
        from hongdun.base import health
        from hongdun.exchange.queries import handovers as queries
        from hongdun.registration import handovers

        audit.VERBS.update(VERBS)
        health.register("departments", warning=True)(queries.overdue)
        if queries.arrivals not in handovers.ARRIVALS:
            handovers.ARRIVALS.append(queries.arrivals)
