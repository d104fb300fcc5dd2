from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "hongdun.base"
    label = "base"
    verbose_name = "基础"
