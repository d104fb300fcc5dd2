from django.apps import AppConfig

VERBS = {
    "call.recording_deleted": "{actor}删除了到期的通话录音",
    "call.monitored": "{actor}对通话{mode}",
    "call.callback_given_up": "{actor}决定不再回电",
    "call.linked": "{actor}把通话与案件关联",
    "call.setting_changed": "{actor}设置了电话平台的{what}",
    "call.setting_withdrawn": "{actor}删除了电话平台的{what}",
}


class CallsConfig(AppConfig):
    name = "hongdun.calls"
    label = "calls"
    verbose_name = "电话平台"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
