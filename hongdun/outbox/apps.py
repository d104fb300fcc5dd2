from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "hongdun.outbox"
    label = "outbox"
    verbose_name = "消息"

    def ready(self) -> None:
        """Whoever handles messages or jobs registers by being imported."""
        autodiscover_modules("handlers")
