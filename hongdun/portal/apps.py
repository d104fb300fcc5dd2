from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "hongdun.portal"
    label = "portal"
    verbose_name = "公众网站"
