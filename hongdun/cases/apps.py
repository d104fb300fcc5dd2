from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "hongdun.cases"
    label = "cases"
    verbose_name = "案件"
