from django.apps import AppConfig

VERBS = {
    "case.extended": "{actor}延长办理期限 {days} 个工作日，理由：{reason}",
    "case.recused": "{actor}登记回避，理由：{reason}",
    "case.transferred": "{actor}将案件移送机关 {to}，理由：{reason}",
    "case.routed_down": "{actor}将案件分送 {to}，意见：{reason}",
    "case.routed_back": "{actor}将案件退回 {to}，理由：{reason}",
    "case.counted_anew": "{actor}自 {on} 起重新计算办理期限，理由：{reason}",
    "case.not_found": "{actor}查看案件 {subject}，未找到或不在管辖范围内",
    "task.handed_over": "{actor}移交待办件，原因：{reason}",
    "procedure.laid_down": "{actor}设定“{what}”为“{to}”，自 {on} 起施行，依据：{reason}",
    "notice.issued": "{actor}制发文书 {subject}",
    "notice.sent": "系统发送通知 {subject}",
    "opinion.written": "{actor}制定意见模板“{title}”",
    "opinion.retired": "{actor}停用意见模板“{title}”",
    "work.exported": "{actor}导出待办 {count} 件",
}


class CasesConfig(AppConfig):
    name = "hongdun.cases"
    label = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        from hongdun.audit import queries as audit
        from hongdun.base import reference
        from hongdun.cases.opinions import actions

        audit.VERBS.update(VERBS)
        reference.LOADERS["意见模板"] = actions.load_standard
