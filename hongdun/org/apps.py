from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "hongdun.org"
    label = "org"
    verbose_name = "机构与岗位"
