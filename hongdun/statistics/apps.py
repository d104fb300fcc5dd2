from importlib import import_module

from django.apps import AppConfig

VERBS = {
    "statistics.exported": "{actor}导出{subject}",
    "statistics.dispatched": "{actor}在指挥台分送 {subject}",
}


class StatisticsConfig(AppConfig):
    name = "hongdun.statistics"
    label = "statistics"
    verbose_name = "指挥和统计"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
        import_module("hongdun.statistics.outbreak.procedure")  # registers itself
