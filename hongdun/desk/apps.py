from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hongdun.desk"
    label = "desk"
    verbose_name = "工作台"
