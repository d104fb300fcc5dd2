from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "hongdun.portal"
    label = "portal"
    verbose_name = "公众网站"

    def ready(self) -> None:
        from hongdun.portal.queries import codelists

        codelists.publish_all()
