from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "hongdun.outbox"
    label = "outbox"
    verbose_name = "消息"
