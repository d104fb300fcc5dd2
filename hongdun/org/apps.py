from django.apps import AppConfig

VERBS = {
    "absence.set": "{actor}登记{who} {first} 至 {last} 不在岗，由{deputy}代理，原因：{reason}",
    "absence.ended": "{actor}提前结束{who}的不在岗登记",
    "case.shared": "{actor}请协办机关共同办理，理由：{reason}",
    "case.share_ended": "{actor}结束共同办理",
    "officer.added": "{actor}新增工作人员",
    "officer.factor_reset": "{actor}重置了动态验证码，理由：{reason}",
    "officer.unlocked": "{actor}解除了登录锁定",
    "officer.password_changed": "{actor}修改了自己的口令",
    "officer.signed_in": "{actor}登录",
    "officer.signed_out": "{actor}退出",
    "officer.took_post": "{actor}切换了岗位",
    "post.added": "{actor}新增岗位",
    "post.ended": "{actor}结束岗位，理由：{reason}",
    "sign_in.failed": "登录未成功",
    "sign_in.locked": "多次登录未成功，暂时锁定",
}


class OrgConfig(AppConfig):
    name = "hongdun.org"
    label = "org"
    verbose_name = "机构与岗位"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
