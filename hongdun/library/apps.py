from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "hongdun.library"
    label = "library"
    verbose_name = "知识库"

    def ready(self) -> None:
        from hongdun.base import reference
        from hongdun.library import actions

        reference.LOADERS["解答"] = actions.load_answers
