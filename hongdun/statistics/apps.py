from importlib import import_module

from django.apps import AppConfig

VERBS = {
    "statistics.exported": "{actor}导出{subject}",
    "statistics.duty": "{actor}安排值班：{subject}",
    "statistics.off_duty": "{actor}取消值班：{subject}",
    "statistics.told": "{actor}下发指令：{subject}",
    "statistics.read": "{actor}签收指令",
    "statistics.event_begun": "{actor}启动重大活动保障：{subject}",
    "statistics.event_ended": "{actor}结束重大活动保障：{subject}",
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
