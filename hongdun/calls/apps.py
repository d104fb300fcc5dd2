from django.apps import AppConfig

VERBS = {
    "call.recording_played": "{actor}收听了通话录音",
    "call.recording_deleted": "{actor}删除了到期的通话录音",
    "call.monitored": "{actor}对通话{mode}",
    "call.number_shown": "{actor}查看了来电号码",
    "call.linked": "{actor}把通话与案件关联",
    "seat.changed": "{actor}把坐席状态改为{state}",
}


class CallsConfig(AppConfig):
    name = "hongdun.calls"
    label = "calls"
    verbose_name = "电话平台"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
