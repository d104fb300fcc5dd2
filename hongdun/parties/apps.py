from django.apps import AppConfig

VERBS = {
    "account.registered": "{actor}注册了账号",
    "account.signed_in": "{actor}登录",
    "account.signed_out": "{actor}退出",
    "person.involved": "{actor}登记了当事人",
}


class PartiesConfig(AppConfig):
    name = "hongdun.parties"
    label = "parties"
    verbose_name = "当事人"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
