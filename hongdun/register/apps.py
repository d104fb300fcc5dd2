from django.apps import AppConfig

VERBS = {
    "register.established": "{actor}登记设立 {uscc}",
    "register.changed": "{actor}变更登记",
    "register.moved": "{actor}办理登记机关变更，原登记机关 {left}",
    "register.corrected": "{actor}更正登记，理由：{reason}",
    "register.annulled": "{actor}撤销登记，理由：{reason}",
    "register.status_changed": "{actor}变更登记状态",
    "register.name_reserved": "{actor}保留名称 {name}",
    "register.name_released": "{actor}放弃保留的名称",
    "register.name_stopped": "{actor}停止使用名称 {name}，以代码代替",
    "register.imported": "{actor}导入登记数据",
    "register.licence_issued": "{actor}核发营业执照 {serial}",
    "register.licence_ended": "{actor}作废营业执照 {serial}，理由：{reason}",
}


class RegisterConfig(AppConfig):
    name = "hongdun.register"
    label = "register"
    verbose_name = "登记簿"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
