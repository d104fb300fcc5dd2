from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "hongdun.law"
    label = "law"
    verbose_name = "法律依据与期限"
