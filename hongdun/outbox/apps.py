from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "hongdun.outbox"
    label = "outbox"
    verbose_name = "消息"

    def ready(self) -> None:
        """Whoever handles messages or jobs registers by being imported."""
        from hongdun.base import health
        from hongdun.outbox import queries

        autodiscover_modules("handlers")
        health.register("rounds", warning=True)(queries.silent)
        health.register("messages", warning=True)(queries.set_aside)
