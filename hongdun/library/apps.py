from django.apps import AppConfig

VERBS = {
    "library.handed_in": "{actor}把《{subject}》送审",
    "library.sent_back": "{actor}把《{subject}》退回修改：{reason}",
    "library.issued": "{actor}发布《{subject}》",
    "library.withdrawn": "{actor}撤回《{subject}》：{reason}",
}


class LibraryConfig(AppConfig):
    name = "hongdun.library"
    label = "library"
    verbose_name = "知识库"

    def ready(self) -> None:
        from hongdun.audit import queries as audit
        from hongdun.base import reference
        from hongdun.library import actions

        audit.VERBS.update(VERBS)
        reference.LOADERS["解答"] = actions.load_answers
