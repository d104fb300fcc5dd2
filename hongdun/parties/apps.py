from django.apps import AppConfig

VERBS = {
    "account.registered": "{actor}注册了账号",
    "account.signed_in": "{actor}登录",
    "account.signed_out": "{actor}退出",
    "api_key.made": "{actor}建立了接口密钥",
    "api_key.rolled": "{actor}更换了接口密钥",
    "api_key.revoked": "{actor}停用了接口密钥",
    "api_key.quota_set": "{actor}调整了接口密钥的额度",
    "person.involved": "{actor}登记了当事人",
}


class PartiesConfig(AppConfig):
    name = "hongdun.parties"
    label = "parties"
    verbose_name = "当事人"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
