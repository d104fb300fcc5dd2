from django.apps import AppConfig

VERBS = {
    "document.uploaded": "{actor}上传了材料",
    "document.attached": "{actor}提交了材料",
    "document.kept": "{actor}保存了打印文件",
    "document.issued": "{actor}出具了文书 {number}",
    "document.isolated": "查出病毒，材料已隔离",
    "document.read": "{actor}查看了材料或文书",
    "document.discarded": "{actor}撤下了尚未提交的材料",
}


class DocumentsConfig(AppConfig):
    name = "hongdun.documents"
    label = "documents"
    verbose_name = "文书与材料"

    def ready(self) -> None:
        from hongdun.audit import queries as audit

        audit.VERBS.update(VERBS)
