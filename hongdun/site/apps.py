from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hongdun.site"
    label = "site"
    verbose_name = "红盾"
